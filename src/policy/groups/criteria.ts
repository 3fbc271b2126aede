import type { Criterion, CriterionOperator } from '../definition.ts'
import { policyLimits } from '../limits.ts'
import { parseAddressValue } from './address.ts'
import { LinearRegex } from './regex.ts'
import { hasWildcard, matchesWildcard } from '../../lib/wildcard.ts'

/** What criteria are held against: values by key. A key that is not there is as one without a value. */
export type Attributes = ReadonlyMap<string, string>

/** What is wrong with one criterion: `part` is `key`, `op` or `value`. */
export interface CriterionProblem {
  index: number
  part: 'key' | 'op' | 'value'
  problem: string
  nextStep: string
}

type Test = (value: string) => boolean

interface KeyTests {
  key: string
  tests: Test[]
  /** All are negative: then all have to hold, otherwise any. */
  allHold: boolean
}

/** A literal value without which nothing can be a member: what groups are looked up by. */
interface Anchor {
  key: string
  value: string
}

const negative = new Set<CriterionOperator>(['!=', '!regex'])
const operators = new Set<string>(['=', '!=', 'contains', 'prefix', 'regex', '!regex'])
const keyPattern = /^[/a-zA-Z0-9]+[/.:a-zA-Z0-9_-]*$/

/**
 * Criteria of a group but those by address. The same key several times is any of them, or all where all are negative;
 * different keys are all of them.
 */
export class CompiledCriteria {
  readonly anchor: Anchor | undefined
  readonly #keys: readonly KeyTests[]

  constructor(criteria: readonly Criterion[]) {
    const byKey = Map.groupBy(criteria, ({ key }) => canonicalKey(key))
    this.#keys = [...byKey].map(([key, list]) => ({
      key,
      tests: list.map(testOf),
      allHold: list.every(({ op }) => negative.has(op)),
    }))
    this.anchor = anchorOf(byKey)
  }

  matches(attributes: Attributes): boolean {
    for (const { key, tests, allHold } of this.#keys) {
      const value = attributes.get(key) ?? ''
      const holds = allHold ? tests.every((test) => test(value)) : tests.some((test) => test(value))
      if (!holds) return false
    }
    return this.#keys.length > 0
  }
}

/** NeuVector's `domain` is the namespace. */
export function canonicalKey(key: string): string {
  return key === 'namespace' ? 'domain' : key
}

function anchorOf(byKey: ReadonlyMap<string, readonly Criterion[]>): Anchor | undefined {
  for (const [key, [criterion, ...others]] of byKey) {
    const { op, value } = criterion
    if (others.length === 0 && op === '=' && value !== '' && !hasWildcard(value)) return { key, value }
  }
  return undefined
}

function testOf({ op, value }: Criterion): Test {
  const isEqual = equalTest(value)
  switch (op) {
    case '=':
      return isEqual
    case '!=':
      return (text) => !isEqual(text)
    case 'contains':
      return (text) => text !== '' && text.includes(value)
    case 'prefix':
      return (text) => text !== '' && text.startsWith(value)
    case 'regex':
    case '!regex':
      return regexTest(value, op === 'regex')
  }
}

/** An empty value is that of a key that is not there; a wildcard asks for one that is. */
function equalTest(value: string): Test {
  if (!hasWildcard(value)) return (text) => text === value
  return (text) => text !== '' && matchesWildcard(value, text)
}

function regexTest(source: string, wanted: boolean): Test {
  const regex = LinearRegex.compile(source)
  // What does not compile is told by `criteriaProblems`; here it matches nothing, of either sign.
  if ('problem' in regex) return () => false
  return (text) => (text === '' ? !wanted : regex.matches(text) === wanted)
}

/** What NeuVector would refuse, or what cannot be matched. */
export function criteriaProblems(criteria: readonly Criterion[]): CriterionProblem[] {
  const problems = criteria.flatMap((criterion, index) =>
    criterionProblems(criterion).map((problem) => ({ index, ...problem })),
  )
  const mixed = criteria.findIndex(({ key }) => (key === 'address') !== (criteria[0].key === 'address'))
  if (mixed > 0)
    problems.push({
      index: mixed,
      part: 'key',
      problem: 'address and other keys are mixed',
      nextStep: 'Make two groups of it.',
    })
  if (criteria.length > policyLimits.criteriaPerGroup)
    problems.push({
      index: policyLimits.criteriaPerGroup,
      part: 'key',
      problem: `there are more than ${policyLimits.criteriaPerGroup} criteria`,
      nextStep: 'Use wildcards, or make several groups of it.',
    })
  return problems
}

function criterionProblems({ key, op, value }: Criterion): Omit<CriterionProblem, 'index'>[] {
  if (!keyPattern.test(key))
    return [{ part: 'key', problem: `${JSON.stringify(key)} cannot be a key`, nextStep: keyAdvice }]
  if (!operators.has(op))
    return [{ part: 'op', problem: `${JSON.stringify(op)} is no operator`, nextStep: operatorAdvice }]
  const problem = key === 'address' ? addressProblem(op, value) : valueProblem(op, value)
  if (problem === undefined) return []
  const [what, nextStep] = problem
  return [{ part: what.startsWith('op ') ? 'op' : 'value', problem: what, nextStep }]
}

const keyAdvice = 'Use image, node, container, service, domain, address, ns:<label> or the name of a label.'
const operatorAdvice = 'Use =, !=, contains, prefix, regex or !regex.'

function addressProblem(op: string, value: string): [problem: string, nextStep: string] | undefined {
  if (op !== '=') return ['op of an address has to be =', 'Write op: "=".']
  if (parseAddressValue(value) !== undefined) return undefined
  return [
    `${JSON.stringify(value)} is no address`,
    'Write an IP, a CIDR, first-last, a DNS name, *.two.labels or vh:<host>.',
  ]
}

function valueProblem(op: string, value: string): [problem: string, nextStep: string] | undefined {
  if (value.length > policyLimits.textLength)
    return [`it is longer than ${policyLimits.textLength} characters`, 'Shorten it.']
  if (op === '=' || op === '!=') {
    const isMixed = hasWildcard(value) && /[$^]/.test(value)
    return isMixed ? ['^ and $ stand beside a wildcard', 'Use op: regex for an expression.'] : undefined
  }
  if (value === '') return [`${op} has no value`, 'Give one; only = and != may have none.']
  if (op === 'contains' || op === 'prefix') return undefined
  const regex = LinearRegex.compile(value)
  return 'problem' in regex
    ? [`the expression has ${regex.problem}`, 'Write it in the syntax of RE2.']
    : undefined
}
