import type { AttackRule } from '../attack.ts'
import type { AttackSink, ValueView } from '../detector.ts'
import { limits } from '../limits.ts'
import { SqlLexer, type SqlTokenKind } from './lexer.ts'
import { callKinds, catalogueNames, comparisonOperators, comparisonWords, statementVerbs } from './words.ts'

function rule(id: string, points: number, what: string, level: AttackRule['level'] = 1): AttackRule {
  return { class: 'sql-injection', id: `sql.statement-${id}`, points, level, what }
}

export const rules = {
  tautology: rule(
    'tautology',
    5,
    'OR with a condition on constants: whoever writes a statement would leave it out',
  ),
  union: rule('union', 5, 'a query for nothing, or for what the database is, added to another'),
  leftover: rule('leftover', 5, 'a quote in the comment at its end: what was cut off'),
  command: rule('command', 5, 'runs commands of the database server or reads and writes its files'),
  waiting: rule('waiting', 5, 'waits'),
  error: rule('error', 3, 'a call that puts what is stored into an error message'),
  catalogue: rule('catalogue', 2, 'names tables that describe the database'),
  stacked: rule('stacked', 2, 'several statements in one'),
}

interface Token {
  kind: SqlTokenKind
  text: string
}

/**
 * A statement as the database received it: nobody has to guess where a value stands. What code that builds statements writes
 * itself, `WHERE 1=1 AND …` among it, is nothing; what only an injection leaves behind is told.
 */
export class SqlStatementDetector {
  readonly #lexer = new SqlLexer()
  /** The latest four tokens, the last one at the end. */
  #tail: Token[] = []
  #hasStatement = false
  #isBehindUnion = false

  judge(view: ValueView, sink: AttackSink): void {
    this.#lexer.begin(view.lower, 0)
    this.#tail = []
    this.#hasStatement = this.#isBehindUnion = false
    for (let i = 0; i < limits.sqlTokens; i++) {
      const kind = this.#lexer.next()
      this.#token({ kind, text: this.#lexer.text }, sink)
      if (kind === 'comment' && this.#lexer.text.includes("'")) sink.report(rules.leftover)
      if (kind === 'end' || kind === 'comment') return
    }
  }

  #token(token: Token, sink: AttackSink): void {
    const last = this.#tail.at(-1)
    if (this.#tail.length === 4) this.#judgeCondition(this.#tail, token, sink)
    else if (this.#tail.length > 1) this.#judgeBare(this.#tail, token, sink)
    this.#judgeUnion(token, sink)
    if (token.kind === 'word') this.#word(token.text, last, sink)
    if (this.#tail.length === 4) this.#tail.shift()
    this.#tail.push(token)
  }

  /** `OR 1 = 1`, with what follows. */
  #judgeCondition(tail: readonly Token[], next: Token, sink: AttackSink): void {
    const [connective, left, operator, right] = tail
    const compares =
      (operator.kind === 'operator' && comparisonOperators.has(operator.text)) ||
      (operator.kind === 'word' && comparisonWords.has(operator.text))
    const isOver = next.kind !== 'operator' && next.kind !== 'dot' && next.kind !== 'open'
    if (isOr(connective) && isConstant(left) && compares && isConstant(right) && isOver)
      sink.report(rules.tautology)
    else this.#judgeBare(tail, next, sink)
  }

  /** `OR 1`, `OR true`. */
  #judgeBare(tail: readonly Token[], next: Token, sink: AttackSink): void {
    const connective = tail[tail.length - 2]
    const constant = tail[tail.length - 1]
    const isOver = next.kind === 'end' || next.kind === 'comment' || next.kind === 'close'
    if (isOr(connective) && constant.kind === 'number' && isOver) sink.report(rules.tautology)
  }

  /** `UNION SELECT NULL`, `UNION ALL SELECT version()`. */
  #judgeUnion(token: Token, sink: AttackSink): void {
    const isBehind = this.#said(1) === 'select' && (this.#said(2) === 'union' || this.#said(3) === 'union')
    if (isBehind) this.#isBehindUnion = true
    if (!this.#isBehindUnion) return
    if (token.kind === 'word' && (catalogueNames.has(token.text) || callKinds.get(token.text) === 'inform'))
      sink.report(rules.union)
    if (isBehind && token.text === 'null') sink.report(rules.union)
  }

  /** What the token so many before the one at hand says. */
  #said(before: number): string | undefined {
    return this.#tail[this.#tail.length - before]?.text
  }

  #word(word: string, last: Token | undefined, sink: AttackSink): void {
    if (last?.kind === 'semicolon' && this.#hasStatement && statementVerbs.has(word))
      sink.report(rules.stacked)
    if (statementVerbs.has(word)) this.#hasStatement = true
    if (catalogueNames.has(word) && word !== 'dual') sink.report(rules.catalogue)
    if (word === 'program' && (last?.text === 'from' || last?.text === 'to')) sink.report(rules.command)
    if (word === 'outfile' || word === 'dumpfile') sink.report(rules.command)
    if (last?.text === 'waitfor' && word === 'delay') sink.report(rules.waiting)
    this.#call(word, last, sink)
  }

  #call(word: string, last: Token | undefined, sink: AttackSink): void {
    const name = last?.kind === 'dot' ? `${this.#tail.at(-2)?.text ?? ''}.${word}` : word
    const kind = callKinds.get(name) ?? callKinds.get(word)
    const isProcedure = word.startsWith('xp_') || word.startsWith('sp_oa')
    if (isProcedure) sink.report(rules.command)
    if (kind === undefined || !this.#lexer.isBefore('(')) return
    if (kind === 'file' || kind === 'command') sink.report(rules.command)
    else if (kind === 'time' && waits.has(name)) sink.report(rules.waiting)
    else if (kind === 'error' && name !== 'exp') sink.report(rules.error)
  }
}

/** Calls for nothing but waiting. */
const waits = new Set([
  'sleep',
  'benchmark',
  'pg_sleep',
  'pg_sleep_for',
  'pg_sleep_until',
  'dbms_lock.sleep',
  'dbms_session.sleep',
])

function isOr({ kind, text }: Token): boolean {
  return text === 'or' && kind === 'word'
}

function isConstant({ kind }: Token): boolean {
  return kind === 'number' || kind === 'string'
}
