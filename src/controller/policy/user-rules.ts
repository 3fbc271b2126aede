import type { PolicyDefinition, PolicyProblem, RuleDefinition } from '../../policy/definition.ts'
import { policyProblems } from '../../policy/policy-problems.ts'
import { isProcessorGroup } from '../../policy/processors.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'
import { PolicyChangeError } from './policy-error.ts'

/** A rule as somebody gives it: what it says, without its place in the policy. */
export type GivenRule = Pick<
  RuleDefinition,
  'from' | 'to' | 'action' | 'applications' | 'ports' | 'priority' | 'requirements'
>

/** What is to become of single rules, all of it or nothing. */
export interface RuleEdits {
  add?: readonly GivenRule[]
  /** What rules of users say from now on, by id. */
  replace?: readonly (GivenRule & { id: string })[]
  /** Ids of users' rules. */
  remove?: readonly string[]
  /** Ids of learned rules that become users': they are asked before what is learned, and stay when that is forgotten. */
  promote?: readonly string[]
}

/** The version that edits make, and who makes it. */
export interface EditSource {
  number: number
  author: string
}

/** Of ids of users' rules. */
export const userIdPrefix = 'user/'

/**
 * Users' rules after edits. A new one has the number of its version in its id, so that no two ever have the same.
 *
 * @param learned rules that may be promoted
 * @throws PolicyChangeError `POLICY_NO_RULE` where an id is none of theirs
 */
export function editRules(
  rules: readonly RuleDefinition[],
  { add = [], replace = [], remove = [], promote = [] }: RuleEdits,
  { source, learned }: { source: EditSource; learned: readonly RuleDefinition[] },
): RuleDefinition[] {
  const edited = new Map(rules.map((rule) => [rule.id, rule]))
  for (const id of remove) if (!edited.delete(id)) throw noRule(id)
  for (const { id, ...given } of replace) {
    if (!edited.has(id)) throw noRule(id)
    edited.set(id, userRule(id, given, source))
  }
  const known = new Map(learned.map((rule) => [rule.id, rule]))
  const promoted = promote.map((id) => known.get(id) ?? missing(id))
  for (const [i, given] of [...add, ...promoted].entries()) {
    const id = `${userIdPrefix}${source.number}.${i + 1}`
    edited.set(id, userRule(id, given, source))
  }
  return [...edited.values()]
}

function userRule(
  id: string,
  { from, to, action, applications, ports, priority, requirements }: GivenRule,
  { number, author }: EditSource,
): RuleDefinition {
  const said = { from, to, action, applications, ports, priority }
  const asked = requirements === undefined ? {} : { requirements }
  return { id, tier: 'user', ...said, ...asked, source: `version ${number} by ${author}` }
}

/** What is wrong with users' rules in the policy that they are to be part of. */
function userRuleProblems(definition: PolicyDefinition): { rule: RuleDefinition; problem: PolicyProblem }[] {
  const rules = new Map(definition.rules.filter(({ tier }) => tier === 'user').map((rule) => [rule.id, rule]))
  const found = policyProblems(definition).flatMap((problem) => {
    const rule = problem.subject.kind === 'rule' ? rules.get(problem.subject.name) : undefined
    return rule === undefined ? [] : [{ rule, problem }]
  })
  return [...found, ...[...rules.values()].flatMap(denialProblems)]
}

/** What no file could say of a rule that denies either. */
function denialProblems(rule: RuleDefinition): { rule: RuleDefinition; problem: PolicyProblem }[] {
  const { action, to, requirements } = rule
  const found = (part: string, problem: string, nextStep: string) => ({
    rule,
    problem: { subject: { kind: 'rule', name: rule.id } as const, part, problem, nextStep },
  })
  if (action === 'allow') return []
  return [
    ...(requirements === undefined
      ? []
      : [found('requirements', 'a rule that denies asks for nothing', 'Leave that out, or allow it.')]),
    ...(isProcessorGroup(to)
      ? [found('to', 'a processor cannot be denied', 'Name a group of its addresses.')]
      : []),
  ]
}

/**
 * @param before users' rules that were there: what became wrong with them by other changes keeps nobody from new ones
 * @throws PolicyChangeError `POLICY_INVALID` where a rule cannot be
 */
export function requireRight(definition: PolicyDefinition, before: readonly RuleDefinition[]): void {
  const known = new Set(before)
  const problems = userRuleProblems(definition)
    .filter(({ rule }) => !known.has(rule))
    .map(asFileProblem)
  if (problems.length === 0) return
  const [{ subject, problem, nextStep }] = problems
  throw new PolicyChangeError('POLICY_INVALID', `${subject}: ${problem}`, nextStep, problems)
}

/** Rules that have lost a group by what else changed: they hold for nobody, which their author should know. */
export function lostRules(definition: PolicyDefinition): FileProblem[] {
  return userRuleProblems(definition).map((each) => ({
    ...asFileProblem(each),
    severity: 'warning' as const,
  }))
}

function asFileProblem({ rule, problem }: { rule: RuleDefinition; problem: PolicyProblem }): FileProblem {
  return {
    severity: 'error',
    place: problem.part,
    document: null,
    subject: `Rule ${rule.from} → ${rule.to}`,
    problem: problem.problem,
    nextStep: problem.nextStep,
  }
}

/** `allow nv.web.clinic → nv.api.clinic: HTTP, any port, encrypted`. */
export function ruleText({ action, from, to, applications, ports, requirements }: RuleDefinition): string {
  const spoken = applications.length === 0 ? 'any application' : applications.join(', ')
  const where = ports === '' || ports === 'any' ? 'any port' : ports
  const { encryption, personalData } = requirements ?? {}
  const parts = [spoken, where]
  if (encryption !== undefined) parts.push(`encrypted ${encryption.minimumTlsVersion ?? ''}`.trim())
  if (personalData !== undefined)
    parts.push(
      'allowed' in personalData
        ? `only ${personalData.allowed.join(', ') || 'no personal data'}`
        : `no ${personalData.forbidden.join(', ')}`,
    )
  return `${action} ${from} → ${to}: ${parts.join(', ')}`
}

function missing(id: string): never {
  throw noRule(id)
}

function noRule(id: string): PolicyChangeError {
  return new PolicyChangeError(
    'POLICY_NO_RULE',
    `There is no rule ${JSON.stringify(id)} that this could be done with.`,
    'Rules of files are changed in their files. See pavise policy rules for those that there are.',
  )
}
