import type { ProcessorDefinition } from '../model/processor.ts'
import type { GroupDefinition, PolicyDefinition, PolicyProblem, RuleDefinition } from './definition.ts'
import { parseAddressValue } from './groups/address.ts'
import { builtInKind, canHaveMode, isLearnedName } from './groups/builtin.ts'
import { canonicalKey, criteriaProblems } from './groups/criteria.ts'
import { policyLimits } from './limits.ts'
import { processorGroupName } from './processors.ts'
import { applicationNumber, applicationUnknown } from './rules/applications.ts'
import { parsePorts } from './rules/ports.ts'

type Found = Omit<PolicyProblem, 'subject'>

const namePattern = /^[a-zA-Z0-9]+[.:a-zA-Z0-9_-]*$/

/** Everything in a policy that cannot be, or cannot be meant. None: `Policy` takes it as it is written. */
export function policyProblems(policy: PolicyDefinition): PolicyProblem[] {
  const { groups, rules, processors } = policy
  const names = new Set([
    ...groups.map(({ name }) => name),
    ...processors.map(({ name }) => processorGroupName(name)),
  ])
  return [
    ...groups.flatMap((group) => of('group', group.name, groupProblems(group))),
    ...rules.flatMap((rule) => of('rule', rule.id, ruleProblems(rule, names))),
    ...processors.flatMap((each) => of('processor', each.name, processorProblems(each, names))),
    ...duplicates(
      'group',
      groups.map(({ name }) => name),
    ),
    ...duplicates(
      'rule',
      rules.map(({ id }) => id),
    ),
    ...duplicates(
      'processor',
      processors.map(({ name }) => name),
    ),
    ...countProblems(policy),
  ]
}

function of(kind: PolicyProblem['subject']['kind'], name: string, found: Found[]): PolicyProblem[] {
  return found.map((problem) => ({ subject: { kind, name }, ...problem }))
}

function duplicates(kind: PolicyProblem['subject']['kind'], names: readonly string[]): PolicyProblem[] {
  const seen = new Set<string>()
  const twice = names.filter((name) => seen.has(name) || !seen.add(name))
  return twice.flatMap((name) =>
    of(kind, name, [
      { part: 'name', problem: 'there is another of this name', nextStep: 'Give it another name.' },
    ]),
  )
}

function countProblems({ groups, rules }: PolicyDefinition): PolicyProblem[] {
  const [group] = groups.slice(policyLimits.groups)
  const [rule] = rules.slice(policyLimits.rules)
  const found = (most: number): Found[] => [
    {
      part: 'name',
      problem: `it is more than ${most} of them`,
      nextStep: 'Leave out those that are not needed.',
    },
  ]
  return [
    ...(group === undefined ? [] : of('group', group.name, found(policyLimits.groups))),
    ...(rule === undefined ? [] : of('rule', rule.id, found(policyLimits.rules))),
  ]
}

function groupProblems({ name, criteria, mode }: GroupDefinition): Found[] {
  const found: Found[] = []
  if (!namePattern.test(name))
    found.push({
      part: 'name',
      problem: `${JSON.stringify(name)} cannot be a group's name`,
      nextStep: 'Begin with a letter or digit; then letters, digits and . : _ - may follow.',
    })
  if (mode !== undefined && !canHaveMode(name))
    found.push({
      part: 'mode',
      problem: `${name} cannot have a mode`,
      nextStep: 'Leave it out; only nodes and nv.<service>.<namespace> have one.',
    })
  found.push(
    ...criteriaProblems(criteria).map(({ index, part, problem, nextStep }) => ({
      part: `criteria.${index}.${part}`,
      problem,
      nextStep,
    })),
  )
  return [...found, ...criteriaOfKind(name, criteria)]
}

/** What NeuVector asks of the criteria of built-in, learned and other groups. */
function criteriaOfKind(name: string, criteria: GroupDefinition['criteria']): Found[] {
  const kind = builtInKind(name)
  if (kind === 'workload') {
    const [first, ...others] = criteria
    const isRight =
      first === undefined ||
      (others.length === 0 && first.key === 'container' && first.op === '=' && first.value === '*')
    return isRight ? [] : [wrongCriteria(`${name} is all containers`, 'Write container = * or nothing.')]
  }
  if (kind !== undefined)
    return criteria.length === 0 ? [] : [wrongCriteria(`${name} is built in`, 'Leave its criteria out.')]
  if (isLearnedName(name)) return learnedProblems(name, criteria)
  return criteria.length > 0
    ? []
    : [
        wrongCriteria(
          `${name} has no criteria`,
          'Give it some, or refer to a group that has them by name_referral.',
        ),
      ]
}

function learnedProblems(name: string, criteria: GroupDefinition['criteria']): Found[] {
  if (name.startsWith('nv.ip.')) return []
  const wrong = criteria.findIndex(
    ({ key, op }) => op !== '=' || !['service', 'domain'].includes(canonicalKey(key)),
  )
  if (wrong >= 0)
    return [
      {
        part: `criteria.${wrong}`,
        problem: `${name} is learned: it has only service and domain, with =`,
        nextStep: 'Leave the others out, or make a group of another name.',
      },
    ]
  if (criteria.length === 0) return []
  const service = criteria.findIndex(({ key }) => key === 'service')
  if (service < 0)
    return [
      wrongCriteria(`${name} is learned: its criteria lack its service`, `Add service = ${name.slice(3)}.`),
    ]
  if (criteria[service].value.replace(/[/?%& ]/g, ':') === name.slice(3)) return []
  return [
    {
      part: `criteria.${service}.value`,
      problem: `its service is not that of the name, ${name.slice(3)}`,
      nextStep: 'Make both the same.',
    },
  ]
}

function wrongCriteria(problem: string, nextStep: string): Found {
  return { part: 'criteria', problem, nextStep }
}

function ruleProblems(rule: RuleDefinition, groups: ReadonlySet<string>): Found[] {
  const found: Found[] = []
  for (const part of ['from', 'to'] as const) {
    const name = rule[part]
    const isKnown = groups.has(name) || builtInKind(name) !== undefined || isLearnedName(name)
    if (!isKnown)
      found.push({
        part,
        problem: `there is no group ${JSON.stringify(name)}`,
        nextStep: 'Define it, or correct the name.',
      })
  }
  const ports = parsePorts(rule.ports)
  if (typeof ports === 'string')
    found.push({
      part: 'ports',
      problem: ports,
      nextStep: 'Write tcp/80, udp/53-60, icmp, 8080 (TCP) or any, by commas.',
    })
  const unknown = rule.applications.filter(isUnknownApplication)
  if (unknown.length > 0)
    found.push({
      part: 'applications',
      problem: `${unknown.map((name) => JSON.stringify(name)).join(', ')} is no application`,
      nextStep: 'Use a name of the table in src/policy/readme.md, or leave it out and name the port.',
    })
  const { priority } = rule
  if (!Number.isInteger(priority) || priority < 0 || priority > policyLimits.priority)
    found.push({
      part: 'priority',
      problem: 'it is out of bounds',
      nextStep: 'Write 0 to 100; higher is asked first.',
    })
  return found
}

function isUnknownApplication(name: string): boolean {
  return name.toLowerCase() !== 'any' && applicationNumber(name) === applicationUnknown
}

function processorProblems({ addresses, groups }: ProcessorDefinition, names: ReadonlySet<string>): Found[] {
  const found: Found[] = []
  for (const [i, value] of addresses.entries()) {
    if (parseAddressValue(value) === undefined)
      found.push({
        part: `addresses.${i}`,
        problem: `${JSON.stringify(value)} is no address`,
        nextStep: 'Write an IP, a CIDR, first-last, a DNS name, *.two.labels or vh:<host>.',
      })
  }
  for (const [i, name] of groups.entries()) {
    if (!names.has(name) && !isLearnedName(name))
      found.push({
        part: `groups.${i}`,
        problem: `there is no group ${JSON.stringify(name)}`,
        nextStep: 'Define it, or correct the name.',
      })
  }
  return found
}
