import type { AttackRule } from '../attack.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Trait } from '../traits.ts'
import { SqlFact } from './facts.ts'
import { type FragmentStart, SqlFragment } from './fragment.ts'
import { SqlLexer } from './lexer.ts'
import { countWords } from './prose.ts'
import { sqlRules } from './rules.ts'

/** Without any of these a value is an expression of one word at most. */
const TRAITS =
  Trait.singleQuote |
  Trait.doubleQuote |
  Trait.backtick |
  Trait.parenthesis |
  Trait.semicolon |
  Trait.blank |
  Trait.pipe |
  Trait.ampersand |
  Trait.lineBreak |
  Trait.star |
  Trait.hash |
  Trait.equals |
  Trait.at |
  Trait.control

const QUOTES = [
  ["'", Trait.singleQuote],
  ['"', Trait.doubleQuote],
  ['`', Trait.backtick],
] as const

const CONDITIONS =
  SqlFact.constantCondition | SqlFact.computedCondition | SqlFact.columnCondition | SqlFact.bareConstant

/**
 * SQL injection: reads a value as SQL from each place that it may be put at (as a number or a name stands, within each kind
 * of quotes), and asks whether it could be read from there and what it would do.
 */
class SqlDetector implements ValueDetector {
  readonly traits = TRAITS
  readonly #lexer = new SqlLexer()
  readonly #fragment = new SqlFragment(this.#lexer)

  judge(view: ValueView, sink: AttackSink): void {
    this.#read(view, 0, 'value', sink)
    for (const [quote, trait] of QUOTES) {
      if ((view.traits & trait) === 0) continue
      const at = view.lower.indexOf(quote)
      if (at >= 0) this.#read(view, at + 1, 'behind', sink)
    }
  }

  #read(view: ValueView, from: number, start: FragmentStart, sink: AttackSink): void {
    this.#lexer.begin(view.lower, from)
    this.#fragment.read(start)
    const fragment = this.#fragment
    if (fragment.facts === 0) return
    const reading = new Reading(view.lower, from, start, fragment)
    for (const rule of start === 'value' ? rulesOfValue(reading) : rulesBehindQuote(reading))
      sink.report(reading.readsLikeProse ? sqlRules.talk : rule)
    if (!fragment.isRead) return
    if (fragment.has(SqlFact.catalogue)) sink.report(sqlRules.catalogue)
    if (this.#lexer.inlineComments > 0) sink.report(sqlRules.obfuscation)
  }
}

/** A fragment with what stands around it. */
class Reading {
  readonly fragment: SqlFragment
  readonly #lower: string
  readonly #from: number
  readonly #start: FragmentStart

  constructor(lower: string, from: number, start: FragmentStart, fragment: SqlFragment) {
    this.#lower = lower
    this.#from = from
    this.#start = start
    this.fragment = fragment
  }

  has(facts: number): boolean {
    return this.fragment.has(facts)
  }

  /** Something is there but words, or it would be hard to tell from prose. */
  get isMarked(): boolean {
    return this.fragment.marks > 0
  }

  /** What stands before the quote is nothing, or one word. */
  get hasShortPrefix(): boolean {
    return countWords(this.#lower, 0, this.#from, 2) < 2
  }

  get isEmptyAround(): boolean {
    return this.#from <= 1 && this.fragment.trailer.trim() === ''
  }

  /** Many words before the quote, and many words in what would be cut off: somebody writes about SQL. */
  get readsLikeProse(): boolean {
    const { trailer } = this.fragment
    if (countWords(trailer, 0, trailer.length, 3) >= 3) return true
    return this.#start === 'behind' && countWords(this.#lower, 0, this.#from, 6) >= 6
  }
}

/** The value stands where a number or a name does. */
function rulesOfValue(reading: Reading): AttackRule[] {
  const { fragment } = reading
  const rules: AttackRule[] = []
  if (reading.has(SqlFact.union) && (reading.isMarked || reading.has(SqlFact.truncated)))
    rules.push(sqlRules.union)
  if (!fragment.isRead) return rules
  const isSure = reading.isMarked && !fragment.isCommonVerb
  if (reading.has(SqlFact.statement)) rules.push(isSure ? sqlRules.statement : sqlRules.plain)
  if (reading.has(SqlFact.stacked))
    rules.push(isSure && fragment.marks > 1 ? sqlRules.stacked : sqlRules.plain)
  const isJoined = reading.has(SqlFact.concatenation) && reading.has(SqlFact.constantCondition)
  if (isJoined || reading.has(SqlFact.connective | SqlFact.clause))
    rules.push(...conditionRules(reading, false))
  if (reading.has(SqlFact.closesContext) && reading.has(SqlFact.truncated)) rules.push(sqlRules.truncation)
  rules.push(...commonRules(reading))
  return rules
}

/** The value stands in quotes, and closes them. */
function rulesBehindQuote(reading: Reading): AttackRule[] {
  const { fragment } = reading
  const rules: AttackRule[] = []
  if (reading.has(SqlFact.union)) rules.push(sqlRules.union)
  if (!fragment.isRead) return rules
  if (reading.has(SqlFact.stacked)) rules.push(sqlRules.stacked)
  rules.push(...conditionRules(reading, true))
  if (reading.has(SqlFact.truncated)) rules.push(sqlRules.truncation)
  if (reading.has(SqlFact.concatenation) && !reading.has(CONDITIONS) && reading.hasShortPrefix)
    rules.push(sqlRules.concatenation)
  else if (reading.has(SqlFact.operator) && reading.isEmptyAround) rules.push(sqlRules.concatenation)
  rules.push(...commonRules(reading))
  return rules
}

/** AND, OR or WHERE and what stands behind it. */
function conditionRules(reading: Reading, isQuoted: boolean): AttackRule[] {
  if (reading.has(SqlFact.constantCondition)) return [sqlRules.tautology]
  if (reading.has(SqlFact.computedCondition)) return [sqlRules.probe]
  const isCutOff = reading.has(SqlFact.truncated)
  if (reading.has(SqlFact.columnCondition)) return [isQuoted || isCutOff ? sqlRules.condition : sqlRules.weak]
  if (reading.has(SqlFact.bareConstant))
    return [isQuoted || isCutOff ? sqlRules.bareCondition : sqlRules.weak]
  if (reading.has(SqlFact.bareCall | SqlFact.bareString)) return [sqlRules.weak]
  return []
}

function commonRules(reading: Reading): AttackRule[] {
  const rules: AttackRule[] = []
  if (reading.has(SqlFact.constantArgument)) rules.push(sqlRules.tautology)
  if (reading.has(SqlFact.timeCall)) rules.push(sqlRules.timing)
  if (reading.has(SqlFact.errorCall)) rules.push(sqlRules.error)
  if (reading.has(SqlFact.fileCall | SqlFact.outfile)) rules.push(sqlRules.file)
  if (reading.has(SqlFact.commandCall)) rules.push(sqlRules.command)
  if (reading.has(SqlFact.subquery) && reading.isMarked) rules.push(sqlRules.subquery)
  if (reading.has(SqlFact.orderByNumber)) rules.push(sqlRules.columns)
  if (reading.has(SqlFact.procedure)) rules.push(sqlRules.clause)
  return rules
}

export const sqlDetector: ValueDetector = new SqlDetector()
