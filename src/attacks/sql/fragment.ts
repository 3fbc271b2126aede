import { limits } from '../limits.ts'
import { Condition, Operand } from './condition.ts'
import { callFacts, SqlFact } from './facts.ts'
import { type Closer, FrameStack } from './frame-stack.ts'
import type { SqlLexer } from './lexer.ts'
import { StatementReader } from './statement-reader.ts'
import {
  arithmeticWords,
  type CallKind,
  callKinds,
  catalogueNames,
  clauseFillers,
  clauseWords,
  comparisonFillers,
  comparisonOperators,
  comparisonWords,
  computedWords,
  conditionClauses,
  connectives,
  constantWords,
  fragmentWords,
  prefixWords,
  setWords,
  statementVerbs,
  trailingWords,
} from './words.ts'

const State = { operand: 0, after: 1, statement: 2, lenient: 3, typeName: 4 } as const
type State = (typeof State)[keyof typeof State]

/** Where reading begins: at an operand, behind one, or at either. */
export type FragmentStart = 'value' | 'behind'

/**
 * Says whether a text would be read as SQL from where it is put, and what it would do there. One pass over the tokens with a
 * stack: it looks for what an expression, a query or a statement may go on with, and stops at what none can.
 */
export class SqlFragment {
  /** Bits of `SqlFact`. */
  facts = 0
  /** It could be read to its end. */
  isRead = false
  /** Tokens that are no words: prose has few of them. */
  marks = 0
  /** Words of the comment that cuts off the rest, or of the string left open at the end. */
  trailer = ''
  readonly #lexer: SqlLexer
  readonly #statement: StatementReader
  readonly #condition = new Condition()
  readonly #frames = new FrameStack()
  #tokens = 0
  #state: State = State.operand
  #isSelect = false
  #lastWord = ''
  #previous = ''
  #hasAlias = false
  #clause = ''
  /** UNION was read, and SELECT has to follow. */
  #isUnion = false
  /** BETWEEN was read: the next AND belongs to it. */
  #isBetween = false

  constructor(lexer: SqlLexer) {
    this.#lexer = lexer
    this.#statement = new StatementReader(lexer)
  }

  /** Reads from where the lexer stands. */
  read(start: FragmentStart): void {
    this.#reset()
    this.#lexer.next()
    if (start === 'behind') this.#behind(Operand.string)
    else if (this.#beginsStatement()) this.#state = State.statement
    else if (this.#beginsBehind()) this.#state = State.after
    while (this.#tokens++ < limits.sqlTokens) {
      if (this.#isAtEnd()) return this.#end()
      if (!this.#step()) return
      this.#previous = this.#lexer.kind
      this.#lexer.next()
    }
    // A longer one than any that means well: what was seen so far counts.
    this.isRead = true
  }

  /** The last statement begins with a word that sentences begin with, too. */
  get isCommonVerb(): boolean {
    return this.#statement.isCommon
  }

  has(facts: number): boolean {
    return (this.facts & facts) !== 0
  }

  #reset(): void {
    this.facts = this.marks = this.#tokens = this.#frames.depth = 0
    this.isRead = this.#isSelect = this.#hasAlias = this.#isUnion = this.#isBetween = false
    this.trailer = this.#lastWord = this.#previous = this.#clause = ''
    this.#state = State.operand
    this.#condition.reset()
    this.#statement.reset()
  }

  #beginsStatement(): boolean {
    const { kind, text } = this.#lexer
    if (kind !== 'word' || !statementVerbs.has(text)) return false
    return !callKinds.has(text) || !this.#lexer.isBefore('(')
  }

  /** A value that goes on with what stands before it. */
  #beginsBehind(): boolean {
    const { kind, text } = this.#lexer
    if (kind === 'close' || kind === 'semicolon' || kind === 'comment') return true
    if (kind === 'operator') return text === '||' || text === '&&'
    return kind === 'word' && (connectives.has(text) || clauseWords.has(text) || setWords.has(text))
  }

  #isAtEnd(): boolean {
    return this.#lexer.kind === 'end' || this.#lexer.kind === 'comment'
  }

  #end(): void {
    if (this.#lexer.kind === 'comment') {
      this.facts |= SqlFact.truncated
      this.trailer = this.#lexer.text
    }
    if (this.#state === State.after || this.#state === State.typeName) {
      this.#endCondition()
      this.isRead = true
    } else if (this.#state === State.statement) this.isRead = true
    else if (this.#state === State.lenient) this.isRead = this.#statement.isWhole
    // What is read as a comment here may be more of the expression to another language, such as XPath.
    else this.isRead = this.#lexer.kind === 'comment' && this.has(SqlFact.connective)
  }

  #step(): boolean {
    if (this.#lexer.kind !== 'word') this.marks++
    switch (this.#state) {
      case State.operand:
        return this.#readOperand()
      case State.after:
        return this.#readAfter()
      case State.statement:
        return this.#readStatement()
      case State.lenient:
        return this.#readLenient()
      case State.typeName:
        this.#state = State.after
        return this.#lexer.kind === 'word' || this.#lexer.kind === 'name'
    }
  }

  #behind(operand: Operand): boolean {
    this.#condition.add(operand)
    this.#state = State.after
    this.#hasAlias = false
    return true
  }

  #readOperand(): boolean {
    const { kind, text } = this.#lexer
    switch (kind) {
      case 'number':
        return this.#behind(Operand.constant)
      case 'string':
        if (this.#lexer.isOpen) this.#leftOpen()
        return this.#behind(Operand.string)
      case 'name':
        this.#lastWord = text
        return this.#behind(Operand.column)
      case 'variable':
        return this.#behind(text.startsWith('@@') ? Operand.computed : Operand.column)
      case 'open':
        return this.#push('close', false)
      case 'close':
        // `f()`
        return this.#previous === 'open' && this.#pop('close')
      case 'operator':
        return this.#unary(text)
      case 'word':
        return this.#operandWord(text)
      default:
        return false
    }
  }

  #leftOpen(): void {
    this.trailer = this.#lexer.text
  }

  #unary(text: string): boolean {
    if (text === '*') return this.#behind(Operand.column)
    return text === '-' || text === '+' || text === '!' || text === '~' || text === '?'
  }

  #operandWord(word: string): boolean {
    if (word === 'select') return this.#select()
    if (this.#isUnion) return word === 'all' || word === 'distinct'
    if (!fragmentWords.has(word)) return this.#name(word)
    if (word === 'case') return this.#push('end', false)
    if (word === 'waitfor') return this.#waitFor()
    if (word === 'begin' && this.#previous === 'open') return this.#block()
    if (this.#clause !== '' && clauseFillers.has(word)) return this.#fillClause(word)
    if (this.#condition.isComparing && comparisonFillers.has(word)) return true
    if (constantWords.has(word)) return this.#behind(Operand.constant)
    if (word === 'top' && this.#isSelect) return true
    if (conditionClauses.has(word) && this.#frames.isInCase) return this.#beginCondition()
    if (this.#lexer.isBefore('(')) return this.#name(word)
    if (prefixWords.has(word) && !this.#lexer.isDone) return true
    if (computedWords.has(word)) {
      this.facts |= SqlFact.informCall
      return this.#behind(Operand.computed)
    }
    if (connectives.has(word) || clauseWords.has(word)) return false
    return this.#name(word)
  }

  #name(word: string): boolean {
    this.#lastWord = word
    if (catalogueNames.has(word)) this.facts |= SqlFact.catalogue
    return this.#behind(Operand.column)
  }

  #select(): boolean {
    if (this.#isUnion) this.facts |= SqlFact.union
    else if (this.#frames.depth > 0) this.facts |= SqlFact.subquery
    this.#isUnion = false
    this.#isSelect = true
    this.#condition.reset()
    this.#clause = 'select'
    return this.#expectOperand()
  }

  #readAfter(): boolean {
    const { kind, text } = this.#lexer
    switch (kind) {
      case 'operator':
        return this.#binary(text)
      case 'word':
        return this.#afterWord(text)
      case 'comma':
        this.#endCondition()
        return this.#expectOperand()
      case 'open':
        return this.#openAfter()
      case 'close':
        return this.#pop('close')
      case 'semicolon':
        this.#endStatement()
        return true
      case 'dot':
        return this.#qualified()
      case 'string':
        // Strings next to each other are one, and one may be an alias.
        if (this.#lexer.isOpen) this.#leftOpen()
        return this.#previous === 'string' || this.#previous === 'word'
      case 'name':
        return this.#alias()
      case 'number':
        // `1.e`, `2limit` and other numbers that run into what is next.
        return false
      default:
        return false
    }
  }

  #binary(text: string): boolean {
    if (text === '!' || text === '~' || text === '?') return false
    this.facts |= SqlFact.operator
    this.#state = State.operand
    if (text === '::') this.#state = State.typeName
    else if (text === '&&') return this.#connect()
    else if (text === '||') this.#concatenate()
    else if (comparisonOperators.has(text)) this.#compare()
    return true
  }

  /** In MySQL OR, in the others a concatenation: what is behind it counts as either. */
  #concatenate(): void {
    this.facts |= SqlFact.concatenation
    const { operand, isComparing } = this.#condition
    if (operand <= Operand.string && !isComparing && this.#frames.depth === 0) this.#condition.isWanted = true
  }

  #compare(): void {
    this.facts |= this.#condition.compare(this.#frames.depth > 0)
  }

  #expectOperand(): boolean {
    this.#isBetween = false
    this.#state = State.operand
    return true
  }

  #connect(): boolean {
    this.#endCondition()
    this.facts |= SqlFact.connective
    return this.#beginCondition()
  }

  #beginCondition(): boolean {
    this.#endCondition()
    this.#condition.isWanted = true
    return this.#expectOperand()
  }

  #afterWord(word: string): boolean {
    if (!fragmentWords.has(word)) return this.#alias()
    if (this.#isBetween && word === 'and') return this.#expectOperand()
    if (connectives.has(word)) return this.#connect()
    if (comparisonWords.has(word)) return this.#compareWord(word)
    if (arithmeticWords.has(word)) {
      this.#state = State.operand
      return true
    }
    if (setWords.has(word)) return this.#union()
    if (word === 'as') return this.#as()
    if (word === 'end') return this.#pop('end')
    if (word === 'waitfor') return this.#waitFor()
    if (clauseWords.has(word)) return this.#beginClause(word)
    if (trailingWords.has(word)) return this.#isSelect || this.#clause !== '' || this.#frames.depth > 0
    return this.#alias()
  }

  #compareWord(word: string): boolean {
    if (word === 'isnull' || word === 'notnull') {
      this.#compare()
      return this.#behind(Operand.constant)
    }
    if (word === 'in' && !this.#lexer.isBefore('(')) return this.#searchMode()
    if (word !== 'escape') this.#compare()
    this.#expectOperand()
    this.#isBetween = word === 'between'
    return true
  }

  /** `IN BOOLEAN MODE` of MySQL's MATCH … AGAINST: what a value is in there. */
  #searchMode(): boolean {
    this.#lexer.next()
    const isMode = this.#lexer.text === 'boolean' || this.#lexer.text === 'natural'
    if (this.#lexer.text === 'natural') this.#lexer.next()
    this.#lexer.next()
    return isMode && this.#lexer.text === 'mode'
  }

  /** SQL Server takes a next statement without a semicolon. */
  #waitFor(): boolean {
    this.#endCondition()
    this.#lexer.next()
    if (this.#lexer.text !== 'delay' && this.#lexer.text !== 'time') return false
    this.facts |= SqlFact.timeCall
    return this.#expectOperand()
  }

  /** PL/SQL, in the place of a value. */
  #block(): boolean {
    this.facts |= SqlFact.stacked
    this.#statement.beginBlock()
    this.#state = State.lenient
    return true
  }

  #union(): boolean {
    this.#endCondition()
    this.#isUnion = true
    return this.#expectOperand()
  }

  #as(): boolean {
    this.#lexer.next()
    const { kind, text } = this.#lexer
    if (kind !== 'word' && kind !== 'name' && kind !== 'string') return false
    return !connectives.has(text)
  }

  #alias(): boolean {
    if (this.#hasAlias || (!this.#isSelect && this.#previous !== 'close')) return false
    this.#hasAlias = true
    return true
  }

  #beginClause(word: string): boolean {
    this.#endCondition()
    this.#clause = word
    this.#state = State.operand
    if (conditionClauses.has(word)) this.#condition.isWanted = true
    if (word === 'procedure') this.facts |= SqlFact.procedure
    this.facts |= SqlFact.clause
    return true
  }

  #fillClause(word: string): boolean {
    if (word === 'select') return this.#select()
    if (word === 'outfile' || word === 'dumpfile') this.facts |= SqlFact.outfile
    if (word === 'by' && (this.#clause === 'order' || this.#clause === 'group')) this.#clause = 'by'
    return true
  }

  /** A call, the columns of a table, or a query that is put behind a value. */
  #openAfter(): boolean {
    if (this.#previous === 'word' || this.#previous === 'name') {
      const kind = callKinds.get(this.#lastWord)
      this.#condition.operand = Operand.computed
      return this.#push('close', true, kind)
    }
    return this.#push('close', false)
  }

  #qualified(): boolean {
    if (this.#previous !== 'word' && this.#previous !== 'name') return false
    const owner = this.#lastWord
    this.#lexer.next()
    if (this.#lexer.kind === 'dot') this.#lexer.next()
    const { kind, text } = this.#lexer
    if (kind === 'operator') return text === '*'
    if (kind !== 'word' && kind !== 'name') return false
    const whole = `${owner}.${text}`.slice(0, limits.sqlNameCharacters)
    this.#lastWord = callKinds.has(whole) ? whole : text
    if (catalogueNames.has(text)) this.facts |= SqlFact.catalogue
    return true
  }

  #push(closer: Closer, isCall: boolean, kind?: CallKind): boolean {
    if (!this.#frames.push(closer, { isCall, isSelect: this.#isSelect }, this.#condition)) return false
    if (kind !== undefined) this.facts |= callFacts[kind]
    this.#isSelect = false
    this.#state = State.operand
    this.#clause = ''
    return true
  }

  #pop(closer: Closer): boolean {
    const inner = this.#condition.operand
    this.#endCondition()
    if (this.#frames.depth === 0) return closer === 'close' && this.#closeContext()
    const frame = this.#frames.pop(closer, this.#condition)
    if (frame === undefined) return false
    const isComputed = this.#isSelect || frame.isCall || closer === 'end'
    this.#isSelect = frame.isSelect
    this.#clause = ''
    return this.#behind(isComputed ? Operand.computed : inner === Operand.none ? Operand.constant : inner)
  }

  /** A parenthesis that stood before the value. */
  #closeContext(): boolean {
    this.facts |= SqlFact.closesContext
    this.#state = State.after
    return true
  }

  #endCondition(): void {
    if (this.#clause === 'by' && this.#condition.operand === Operand.constant)
      this.facts |= SqlFact.orderByNumber
    this.facts |= this.#condition.end(this.#frames.depth > 0)
    if (this.#frames.depth === 0 || this.#isSelect) this.#condition.isWanted = false
  }

  #endStatement(): void {
    this.#endCondition()
    this.#frames.depth = 0
    this.#isSelect = false
    this.#clause = ''
    this.#state = State.statement
  }

  #readStatement(): boolean {
    const { kind, text } = this.#lexer
    if (kind === 'semicolon') return true
    if (kind === 'open') return this.#push('close', false)
    const isFirst = this.#tokens === 1
    if (kind === 'word' && !isFirst && text !== 'if' && callKinds.has(text) && this.#lexer.isBefore('('))
      return this.#stackedCall(text)
    const verb = kind === 'word' ? statementVerbs.get(text) : undefined
    if (verb === undefined) return false
    const fact = isFirst ? SqlFact.statement : SqlFact.stacked
    if (text === 'select') {
      this.facts |= fact
      return this.#select()
    }
    if (!this.#statement.begin(verb)) return false
    this.facts |= fact
    if (this.#lexer.text === 'delay') this.facts |= SqlFact.timeCall
    this.#state = State.lenient
    return true
  }

  /** `;iif(…)`: a statement for nobody, but tried all the same. */
  #stackedCall(name: string): boolean {
    this.facts |= SqlFact.stacked
    this.#statement.reset()
    return this.#name(name)
  }

  /** Statements but SELECT: anything but prose. */
  #readLenient(): boolean {
    if (this.#lexer.kind === 'string' && this.#lexer.isOpen) this.#leftOpen()
    const told = this.#statement.read()
    if (told > 0) this.facts |= told
    return told >= 0
  }
}
