/* What STIX 2.1 (OASIS Standard, 10 June 2021) asks of the objects that we make, in our own words: sections 2, 3, 4, 5, 6, 7. */

export interface StixThing {
  type: string
  id: string
  [property: string]: unknown
}

interface Rule {
  required: readonly string[]
  /** Besides those, and besides the common ones. */
  optional: readonly string[]
}

/** Section 3.2. */
const common = ['type', 'spec_version', 'id', 'created', 'modified']
const commonOptional = ['created_by_ref', 'labels', 'external_references', 'object_marking_refs']

const rules: Readonly<Record<string, Rule>> = {
  'attack-pattern': { required: [...common, 'name'], optional: ['description', 'kill_chain_phases'] },
  identity: { required: [...common, 'name'], optional: ['identity_class', 'description'] },
  incident: { required: [...common, 'name'], optional: ['description'] },
  indicator: {
    required: [...common, 'pattern', 'pattern_type', 'valid_from'],
    optional: ['name', 'description', 'indicator_types'],
  },
  note: { required: [...common, 'content', 'object_refs'], optional: ['abstract'] },
  'observed-data': {
    required: [...common, 'first_observed', 'last_observed', 'number_observed', 'object_refs'],
    optional: [],
  },
  report: { required: [...common, 'name', 'published', 'object_refs'], optional: ['report_types'] },
  relationship: {
    required: [...common, 'relationship_type', 'source_ref', 'target_ref'],
    optional: ['description'],
  },
  'marking-definition': {
    required: ['type', 'spec_version', 'id', 'created', 'definition_type', 'definition'],
    optional: ['name'],
  },
  'domain-name': { required: ['type', 'spec_version', 'id', 'value'], optional: [] },
  'ipv4-addr': { required: ['type', 'spec_version', 'id', 'value'], optional: [] },
  'ipv6-addr': { required: ['type', 'spec_version', 'id', 'value'], optional: [] },
}

/** Sections 4.7.2 and 3.7: which ends the relationships have that we make; `related-to` has any. */
const relationships: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  indicates: {
    indicator: ['attack-pattern', 'campaign', 'infrastructure', 'malware', 'threat-actor', 'tool'],
  },
}

const identifier =
  /^[a-z][a-z0-9-]+[a-z0-9]--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
const times = new Set(['created', 'modified', 'first_observed', 'last_observed', 'valid_from', 'published'])
const killChains = new Set([
  'reconnaissance',
  'delivery',
  'exploitation',
  'command-and-control',
  'actions-on-objectives',
])
const pattern = /^\[(?:ipv4|ipv6)-addr:value = '[0-9a-f.:]+'\]$/

/** All that is wrong with the objects of a bundle. */
export function stixProblems(objects: readonly StixThing[]): string[] {
  const byId = new Map(objects.map((object) => [object.id, object]))
  const twice = objects.length === byId.size ? [] : ['an id is there twice']
  return [
    ...twice,
    ...objects.flatMap((object) => problemsOf(object, byId).map((what) => `${object.id}: ${what}`)),
  ]
}

function problemsOf(object: StixThing, byId: ReadonlyMap<string, StixThing>): string[] {
  const rule = rules[object.type]
  if (rule === undefined) return [`no type ${object.type}`]
  const known = new Set([...rule.required, ...rule.optional, ...(isObservable(object) ? [] : commonOptional)])
  return [
    ...(identifier.test(object.id) && object.id.startsWith(`${object.type}--`) ? [] : ['its id']),
    ...(object['spec_version'] === '2.1' ? [] : ['its spec_version']),
    ...rule.required.filter((name) => object[name] === undefined).map((name) => `lacks ${name}`),
    ...Object.keys(object)
      .filter((name) => !known.has(name))
      .map((name) => `has ${name}`),
    ...Object.entries(object).flatMap(([name, value]) => valueProblems(name, value)),
    ...refsOf(object)
      .filter((ref) => !byId.has(ref))
      .map((ref) => `refers to ${ref}`),
    ...orderProblems(object),
    ...relationProblems(object, byId),
  ]
}

function isObservable({ type }: StixThing): boolean {
  return ['domain-name', 'ipv4-addr', 'ipv6-addr'].includes(type)
}

/** Sections 2.10, 3.1: times in UTC; no list is empty; no property is null. */
function valueProblems(name: string, value: unknown): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [`${name} is empty`]
  if (times.has(name)) return timestamp.test(value as string) ? [] : [`${name} is no time`]
  if (name === 'pattern') return pattern.test(value as string) ? [] : ['its pattern']
  if (name !== 'kill_chain_phases') return []
  const phases = value as { kill_chain_name: string; phase_name: string }[]
  const isRight = phases.every(
    ({ kill_chain_name: chain, phase_name: phase }) =>
      chain === 'lockheed-martin-cyber-kill-chain' && killChains.has(phase),
  )
  return isRight ? [] : ['its kill chain']
}

function orderProblems({
  created,
  modified,
  first_observed: first,
  last_observed: last,
  ...object
}: StixThing): string[] {
  const count = object['number_observed'] as number | undefined
  return [
    ...(modified !== undefined && (modified as string) < (created as string)
      ? ['modified before created']
      : []),
    ...(last !== undefined && (last as string) < (first as string) ? ['last before first'] : []),
    ...(count !== undefined && !(count >= 1 && count <= 999_999_999) ? ['number_observed'] : []),
  ]
}

function relationProblems(object: StixThing, byId: ReadonlyMap<string, StixThing>): string[] {
  if (object.type !== 'relationship') return []
  const kind = object['relationship_type'] as string
  if (kind === 'related-to') return []
  const [source, target] = ['source_ref', 'target_ref'].map(
    (name) => byId.get(object[name] as string)?.type ?? '',
  )
  const targets = relationships[kind]?.[source] ?? []
  return targets.includes(target) ? [] : [`${source} ${kind} ${target}`]
}

function refsOf(object: StixThing): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    name.endsWith('_refs') ? (value as string[]) : name.endsWith('_ref') ? [value as string] : [],
  )
}
