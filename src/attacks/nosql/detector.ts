import type { AttackRule } from '../attack.ts'
import { isBlank } from '../characters.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'

function rule(id: string, points: number, what: string, level: AttackRule['level'] = 1): AttackRule {
  return { class: 'nosql-injection', id: `nosql.${id}`, points, level, what }
}

export const rules = {
  operator: rule('operator', 5, 'an operator of a document database in the name of a field'),
  code: rule('code', 5, 'code that a document database would run'),
  object: rule('object', 5, 'a condition of a document database in the place of a value'),
  breakOut: rule('break-out', 5, 'ends a string of JavaScript and goes on with a condition'),
}

/** Operators of MongoDB's queries that let a condition hold, or run code (its manual, "Query and Projection Operators"). */
const operators = new Set(
  (
    '$ne $eq $gt $gte $lt $lte $in $nin $not $nor $or $and $exists $regex $where $expr $function $accumulator $all $elemmatch ' +
    '$size $mod $type $jsonschema $text $lookup $func $comment $rand $natural'
  ).split(' '),
)

/** Of these the operators that run what they are given. */
const running = new Set(['$where', '$function', '$accumulator', '$func'])

/** Characters behind a quote by which it is told. */
const breakOutLength = 160

/** What a document database's own shell calls. */
const calls = [
  'this.password',
  'this.username',
  'db.getcollection',
  'db.collection',
  'db.stats(',
  'db.version(',
  '.findone(',
  '.insertone(',
  'mapreduce',
]

/** Operators in names of parameters and keys, conditions in values, and strings of JavaScript that are broken out of. */
export const nosqlDetector: ValueDetector = {
  traits: Trait.dollar | Trait.singleQuote | Trait.doubleQuote | Trait.parenthesis,
  judge(view, sink) {
    if (view.role === 'name') judgeName(view.lower, sink)
    else if (view.role === 'value') judgeValue(view, sink)
  },
}

/** `user[$ne]`, `$where`, `user.$gt`. */
function judgeName(lower: string, sink: AttackSink): void {
  for (let at = lower.indexOf('$'); at >= 0; at = lower.indexOf('$', at + 1)) {
    const before = lower[at - 1] ?? '['
    if (before === '[' || before === '.') reportOperator(operatorAt(lower, at), sink)
  }
}

function judgeValue({ lower, traits }: ValueView, sink: AttackSink): void {
  if ((traits & Trait.dollar) !== 0 && (traits & Trait.colon) !== 0)
    judgeObject(lower, (traits & Trait.brace) !== 0, sink)
  if ((traits & (Trait.singleQuote | Trait.doubleQuote)) !== 0) judgeBreakOut(lower, sink)
  if ((traits & Trait.parenthesis) !== 0 || lower.includes('this.')) judgeCalls(lower, sink)
}

/** `{"$ne": 1}`, `{$gt: ''}`: an operator as a key; `, $where: '…'`, where the value is put into an object. */
function judgeObject(lower: string, hasBraces: boolean, sink: AttackSink): void {
  for (let at = lower.indexOf('$'); at >= 0; at = lower.indexOf('$', at + 1)) {
    const operator = operatorAt(lower, at)
    if (!operators.has(operator) || (!hasBraces && !running.has(operator))) continue
    let end = at + operator.length
    if (lower[end] === '"' || lower[end] === "'") end++
    while (isBlank(lower.charCodeAt(end))) end++
    if (lower[end] === ':') sink.report(running.has(operator) ? rules.code : rules.object)
  }
}

/** The longest word from a `$` on that an operator could be. */
function operatorAt(lower: string, at: number): string {
  let end = at + 1
  while (end - at < 16 && lower.charCodeAt(end) >= 0x61 && lower.charCodeAt(end) <= 0x7a) end++
  return lower.slice(at, end)
}

function reportOperator(operator: string, sink: AttackSink): void {
  if (operators.has(operator)) sink.report(running.has(operator) ? rules.code : rules.operator)
}

/** `' || 1==1 //`, `'; return true; var a='`, `' && this.a != '`: what only JavaScript would go on with. */
function judgeBreakOut(lower: string, sink: AttackSink): void {
  const at = firstQuote(lower)
  let next = at + 1
  while (isBlank(lower.charCodeAt(next))) next++
  const rest = lower.slice(next, next + breakOutLength)
  const isJoined = rest.startsWith('||') || rest.startsWith('&&')
  const isStatement =
    rest.startsWith(';') && (rest.includes('return') || rest.includes('while(') || rest.includes('sleep('))
  const acts = rest.includes('==') || rest.includes('this.') || rest.includes('true') || isStatement
  if ((isJoined || isStatement) && acts && !new Talk(lower).isProse) sink.report(rules.breakOut)
}

function firstQuote(lower: string): number {
  const single = lower.indexOf("'")
  const double = lower.indexOf('"')
  return single < 0 ? double : double < 0 ? single : Math.min(single, double)
}

function judgeCalls(lower: string, sink: AttackSink): void {
  for (const call of calls) {
    if (!lower.includes(call)) continue
    if (!new Talk(lower).isProse) sink.report(rules.code)
    return
  }
}
