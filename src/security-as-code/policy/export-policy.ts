import type { GroupModes, LearnedPolicy } from '../../policy/composition.ts'
import type {
  GroupDefinition,
  PolicyDefinition,
  ProcessRule,
  Requirements,
  RuleDefinition,
} from '../../policy/definition.ts'
import { builtInKind, canHaveMode, isLearnedName } from '../../policy/groups/builtin.ts'
import { isProcessorGroup, processorGroupName } from '../../policy/processors.ts'
import { objectKey } from './placed-object.ts'
import type { EgressRuleObject, NetworkRule, PolicyObject, SecurityRuleObject, Selector } from './schemas.ts'

/** What a policy that runs is written from. */
export interface ExportSource {
  /** As they were applied. */
  objects: readonly PolicyObject[]
  /** Made one by one, asked after those of the objects. */
  rules: readonly RuleDefinition[]
  /** Given by hand or by promotion, by group: written as the target's. */
  modes: Readonly<Record<string, GroupModes>>
  /** Empty to leave out what was learned. */
  learned: LearnedPolicy
  /** Of the whole policy, for the criteria of groups. */
  groups: PolicyDefinition['groups']
}

/**
 * A policy as objects that apply elsewhere unchanged, here and in NeuVector: what was applied, with the modes that hold now, then users'
 * rules, then what was learned, so that they are asked in that order there, too. In files all are of one tier: a priority that a user
 * gave counts among those of the objects.
 */
export function exportPolicy({ objects, rules, modes, learned, groups }: ExportSource): PolicyObject[] {
  const targets = targetsOf(objects)
  const users = writeRules(rules, new RuleWriter(groups, { taken: objects, suffix: 'user' }))
  const declared = [...objects, ...users]
  const others = Object.keys(modes).filter((name) => canHaveMode(name) && !targetsOf(declared).has(name))
  const writer = new RuleWriter(groups, { taken: declared, suffix: 'learned' })
  for (const rule of learned.rules) writer.add(rule)
  for (const { name, profile } of learned.groups) writer.addPrograms(name, profile?.processes ?? [])
  for (const name of others) writer.object(name)
  return [
    ...objects.map((object) => withModes(object, modes)),
    ...users.map((each) => withModes(each, modes, targets)),
    ...writer.objects.map((each) => withModes(each, modes, targetsOf(declared))),
  ]
}

function targetsOf(objects: readonly PolicyObject[]): Set<string> {
  return new Set(
    objects.flatMap((object) => ('target' in object.spec ? [object.spec.target.selector.name] : [])),
  )
}

/** What asks for encryption or categories, or names a processor, is of our kind, the rest as NeuVector has it. */
function writeRules(rules: readonly RuleDefinition[], writer: RuleWriter): PolicyObject[] {
  const isOurs = ({ to, requirements }: RuleDefinition) => requirements !== undefined || isProcessorGroup(to)
  for (const rule of rules) if (!isOurs(rule)) writer.add(rule)
  return [...rules.filter(isOurs).map(egressRuleOf), ...writer.objects]
}

function egressRuleOf({ id, from, to, requirements = {}, ...rule }: RuleDefinition): EgressRuleObject {
  const { encryption, personalData } = requirements
  const { applications, ports, priority } = rule
  const processor = isProcessorGroup(to) ? to.slice(processorGroupName('').length) : null
  const spec: EgressRuleObject['spec'] = {
    from,
    ...(processor === null ? { toGroup: to } : { toProcessor: processor }),
    ...(applications.length > 0 && { applications: [...applications] }),
    ...(ports !== '' && { ports }),
    priority,
    ...(encryption && { encryption: { required: true, ...encryption } }),
    ...(personalData && { personalData: categoriesOf(personalData) }),
  }
  const name = id.toLowerCase().replaceAll('/', '-')
  return { apiVersion: 'pavise.dev/v1', kind: 'EgressRule', metadata: { name }, spec }
}

function categoriesOf(asked: NonNullable<Requirements['personalData']>) {
  return 'allowed' in asked ? { allowed: [...asked.allowed] } : { forbidden: [...asked.forbidden] }
}

/** @param declared groups whose mode is said by another object */
function withModes<Written extends PolicyObject>(
  object: Written,
  modes: ExportSource['modes'],
  declared: ReadonlySet<string> = new Set(),
): Written {
  if (!('target' in object.spec)) return object
  const { target, process_profile: profile } = object.spec
  const { name } = target.selector
  const given = declared.has(name) ? undefined : modes[name]
  if (given === undefined) return object
  return {
    ...object,
    spec: {
      ...object.spec,
      target:
        given.network === undefined ? target : { policymode: given.network.mode, selector: target.selector },
      ...(given.profile === undefined ? {} : { process_profile: { ...profile, mode: given.profile.mode } }),
    },
  }
}

/** Rules as one object for each group, as NeuVector exports them. */
class RuleWriter {
  readonly #groups: ReadonlyMap<string, GroupDefinition>
  readonly #taken: ReadonlySet<string>
  readonly #suffix: string
  readonly #objects = new Map<string, SecurityRuleObject>()

  /** @param named objects that are there already, and what ends the name of one that is of a group of theirs */
  constructor(
    groups: readonly GroupDefinition[],
    { taken, suffix }: { taken: readonly PolicyObject[]; suffix: string },
  ) {
    this.#groups = new Map(groups.map((group) => [group.name, group]))
    this.#taken = new Set(taken.map(objectKey))
    this.#suffix = suffix
  }

  get objects(): SecurityRuleObject[] {
    return [...this.#objects.values()]
  }

  /** A rule is written where it begins, or, where that is no group of workloads, where it ends. */
  add(rule: RuleDefinition): void {
    const isOutgoing = isLearnedName(rule.from)
    const { spec } = this.object(isOutgoing ? rule.from : rule.to)
    const [direction, peer] = isOutgoing ? (['egress', rule.to] as const) : (['ingress', rule.from] as const)
    const list = (spec[direction] ??= [])
    list.push(this.#rule(rule, peer, `${peer}-${direction}-${list.length}`))
  }

  addPrograms(group: string, programs: readonly ProcessRule[]): void {
    if (programs.length === 0) return
    this.object(group).spec.process = programs.map(({ action, name, path }) => ({ action, name, path }))
  }

  object(group: string): SecurityRuleObject {
    const known = this.#objects.get(group)
    if (known !== undefined) return known
    const made = this.#make(group)
    this.#objects.set(group, made)
    return made
  }

  #rule({ action, applications, ports, priority }: RuleDefinition, peer: string, name: string): NetworkRule {
    return {
      action,
      name,
      selector: this.#selector(peer),
      applications: applications.length === 0 ? ['any'] : [...applications],
      ports: ports === '' ? 'any' : ports,
      priority,
    }
  }

  #make(group: string): SecurityRuleObject {
    const namespace = isLearnedName(group) ? namespaceOf(group) : undefined
    const named = (name: string): SecurityRuleObject => ({
      apiVersion: 'neuvector.com/v1',
      kind: namespace === undefined ? 'NvClusterSecurityRule' : 'NvSecurityRule',
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      spec: { target: { selector: this.#selector(group) } },
    })
    const object = named(group)
    return this.#taken.has(objectKey(object)) ? named(`${group}.${this.#suffix}`) : object
  }

  #selector(name: string): Selector {
    const criteria = this.#criteriaOf(name)
    return { name, ...(criteria.length === 0 ? {} : { criteria }) }
  }

  #criteriaOf(name: string): { key: string; op: string; value: string }[] {
    if (builtInKind(name) === 'workload') return [{ key: 'container', op: '=', value: '*' }]
    if (builtInKind(name) !== undefined) return []
    if (!isLearnedName(name)) return (this.#groups.get(name)?.criteria ?? []).map((each) => ({ ...each }))
    return [
      { key: 'service', op: '=', value: name.slice(3) },
      { key: 'domain', op: '=', value: namespaceOf(name) },
    ]
  }
}

/** What follows the last dot of `nv.<service>.<namespace>`: neither Kubernetes nor Compose allow one in it. */
function namespaceOf(group: string): string {
  return group.slice(group.lastIndexOf('.') + 1)
}
