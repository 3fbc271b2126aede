import { isIP } from 'node:net'
import { type BreachCase, type Recipient, timeOf } from '../privacy/case.ts'
import { severityOf } from '../privacy/severity.ts'
import { nameUuid, stableUuid } from './stable-uuid.ts'

/** An entry of the ledger about a case, as who gets the bundle can ask for it. */
export interface CaseEvidence {
  index: number
  /** RFC 3339. */
  time: string
  actor: string
  what: string
  /** SHA-256 of the entry's header: its leaf in the tree (RFC 9162), hexadecimal. */
  leaf: string
}

/** Under which what is observed is named, so that everybody gives it the same id: STIX 2.1 section 2.9. */
const observables = '00abedb4-aa42-466c-9c01-fed23315a9b7'

/** Lines of what was seen of a technique. */
const stepsDescribed = 20

interface StixObject {
  type: string
  id: string
  spec_version: '2.1'
  [property: string]: unknown
}

/** TLP:AMBER of STIX 2.1 section 7.2.1.4: for the recipient and who there needs it. The id is the standard's. */
const amber = 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82'
const amberMarking: StixObject = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: amber,
  created: '2017-01-20T00:00:00.000Z',
  definition_type: 'tlp',
  name: 'TLP:AMBER',
  definition: { tlp: 'amber' },
}

/** A step of an intruder that was seen, and the record that says so. */
export interface CaseStep {
  /** RFC 3339. */
  at: string
  text: string
  /** Of the kill chain, and by MITRE ATT&CK. */
  intrusion: { stage: string; technique: string }
}

/** What a bundle is made of. */
export interface StixSource {
  breach: BreachCase
  evidence: readonly CaseEvidence[]
  /** In order. */
  steps: readonly CaseStep[]
  /** When it is made, ms since 1970. */
  made: number
}

/** Properties that all of our objects have. */
type Common = Omit<StixObject, 'type' | 'id'> & { spec_version: '2.1' }

/**
 * A case as a bundle of STIX 2.1 for a CSIRT: what happened and by which techniques, where it came from, where data went, and a report
 * that names the evidence by its hashes. No personal data and no value that was found: categories and numbers. The same case gives the same bytes.
 */
export function caseStix({ breach, evidence, steps, made }: StixSource): object {
  const at = new Date(made).toISOString()
  const common: Common = {
    spec_version: '2.1' as const,
    created: breach.openedAt,
    // Section 3.6: never before it was created, whatever a clock says.
    modified: at < breach.openedAt ? breach.openedAt : at,
    object_marking_refs: [amber],
  }
  const author: StixObject = {
    ...common,
    ...{
      type: 'identity',
      id: idOf('identity', breach.id, 'author'),
      name: 'Pavise',
      identity_class: 'system',
    },
  }
  const by: Common = { ...common, created_by_ref: author.id }
  const incident: StixObject = {
    ...{ ...by, type: 'incident', id: idOf('incident', breach.id), name: breach.title },
    ...(breach.description !== '' && { description: breach.description }),
    external_references: [{ source_name: 'pavise', external_id: breach.id }],
  }
  const external = (breach.scope?.recipients ?? []).filter(({ isExternal }) => isExternal)
  const observed = external.map((recipient) => observedData(recipient, breach, by))
  const ends = external.map(({ name }) => observable(name))
  const patterns = attackPatterns(breach.id, steps, by)
  const indicators = (breach.addresses ?? []).map((address) => indicatorOf(address, breach, by))
  const relations = [
    ...patterns.map(({ id }) => relation({ from: incident.id, to: id, kind: 'related-to' }, by)),
    ...observed.map(({ id }) => relation({ from: incident.id, to: id, kind: 'related-to' }, by)),
    ...indicators.flatMap(({ id }) => [
      relation({ from: id, to: incident.id, kind: 'related-to' }, by),
      ...patterns.map((pattern) => relation({ from: id, to: pattern.id, kind: 'indicates' }, by)),
    ]),
  ]
  const notes = [...breachNotes(breach), ...reachNotes(breach), evidenceNote(evidence)].map((text, i) => ({
    ...{ ...by, type: 'note', id: idOf('note', breach.id, `${i}`), ...text, object_refs: [incident.id] },
  }))
  const named = [incident, ...patterns, ...indicators, ...observed, ...notes, ...relations]
  const report: StixObject = {
    ...{ ...by, type: 'report', id: idOf('report', breach.id), name: `${breach.id}: ${breach.title}` },
    ...{ report_types: ['observed-data'], published: at, object_refs: named.map(({ id }) => id) },
  }
  return {
    type: 'bundle',
    id: idOf('bundle', breach.id, at),
    objects: [amberMarking, author, ...distinct(ends), ...distinct(named), report],
  }
}

/** Techniques of an intruder, each once: what of them was seen in which stage of the kill chain. */
function attackPatterns(id: string, steps: readonly CaseStep[], by: Common): StixObject[] {
  const byTechnique = Map.groupBy(steps, ({ intrusion }) => intrusion.technique)
  return Array.from(byTechnique, ([technique, seen]) => ({
    ...{ ...by, type: 'attack-pattern', id: idOf('attack-pattern', id, technique), name: technique },
    description: seen
      .slice(0, stepsDescribed)
      .map(({ at, text }) => `${at} ${text}`)
      .join('\n'),
    kill_chain_phases: [...new Set(seen.map(({ intrusion }) => intrusion.stage))].map((phase) => ({
      ...{ kill_chain_name: 'lockheed-martin-cyber-kill-chain', phase_name: phase },
    })),
    external_references: [
      {
        ...{ source_name: 'mitre-attack', external_id: technique },
        url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}`,
      },
    ],
  }))
}

/** A suspicious address, to be looked for elsewhere. */
function indicatorOf(address: string, { id, scope, openedAt }: BreachCase, by: Common): StixObject {
  const kind = isIP(address) === 6 ? 'ipv6-addr' : 'ipv4-addr'
  return {
    ...{ ...by, type: 'indicator', id: idOf('indicator', id, address), name: address },
    ...{ indicator_types: ['malicious-activity'], pattern: `[${kind}:value = '${address}']` },
    ...{ pattern_type: 'stix', valid_from: scope?.since ?? openedAt },
  }
}

function relation({ from, to, kind }: { from: string; to: string; kind: string }, by: Common): StixObject {
  const id = idOf('relationship', from, kind, to)
  return { ...by, type: 'relationship', id, relationship_type: kind, source_ref: from, target_ref: to }
}

function observedData({ name, first, last, flows }: Recipient, { id }: BreachCase, by: Common): StixObject {
  return {
    ...{ ...by, type: 'observed-data', id: idOf('observed-data', id, name, first) },
    ...{ first_observed: first, last_observed: last, number_observed: Math.max(1, flows) },
    object_refs: [observable(name).id],
  }
}

/** An address, or a name with its port taken off. */
function observable(name: string): StixObject {
  const value = isIP(name) === 0 ? name.replace(/:\d{1,5}$/, '') : name
  const type = (['domain-name', 'ipv4-addr', 'ipv6-addr'] as const)[[0, 4, 6].indexOf(isIP(value))]
  const id = `${type}--${nameUuid(observables, JSON.stringify({ value }))}`
  return { type, spec_version: '2.1', id, value }
}

interface NoteText {
  abstract: string
  content: string
}

function breachNotes(breach: BreachCase): NoteText[] {
  const { scope, kinds, measures } = breach
  const severity = severityOf(breach)
  const times = (['began', 'ended', 'detected', 'aware'] as const).flatMap((time) => {
    const at = timeOf(breach, time)
    return at === undefined ? [] : [`${time} ${new Date(at).toISOString()}`]
  })
  const categories = (scope?.categories ?? []).map(({ category }) => category).join(', ')
  const seen =
    scope === null
      ? 'Scope not computed.'
      : `About ${scope.persons} persons, ${scope.values} values of ${categories}.`
  const lines = [
    `Loss of ${kinds.join(', ')}.`,
    ...times,
    seen,
    `Severity ${severity.score}, ${severity.level} (ENISA 2013).`,
  ]
  const gaps = (scope?.gaps ?? []).map(({ reason, count, detail }) => `${reason}, ${count} times (${detail})`)
  return [
    { abstract: 'What is known', content: lines.join('\n') },
    ...(measures === '' ? [] : [{ abstract: 'Measures', content: measures }]),
    ...(gaps.length === 0 ? [] : [{ abstract: 'What was not seen', content: gaps.join('\n') }]),
  ]
}

/** Whom it came to, step by step; of whom it could have, how many. */
function reachNotes({ scope }: BreachCase): NoteText[] {
  const ends = scope?.reach?.ends ?? []
  const came = ends.filter(({ how }) => how !== 'reachable')
  if (came.length === 0) return []
  const lines = came.map(
    ({ name, how, hops, via, since }) =>
      `${since}  ${how === 'suspect' ? 'suspicious' : `step ${hops} from ${via}`}: ${name}`,
  )
  const rest = `Not kept from it by policy: ${ends.length - came.length} more.`
  return [{ abstract: 'How far it came', content: [...lines, rest].join('\n') }]
}

function evidenceNote(evidence: readonly CaseEvidence[]): NoteText {
  const lines = evidence.map(({ index, time, what, leaf }) => `${leaf}  entry ${index}  ${time}  ${what}`)
  return { abstract: 'Evidence: SHA-256 of each entry of the ledger', content: lines.join('\n') || 'None.' }
}

function distinct(objects: readonly StixObject[]): StixObject[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()]
}

/** Of the same parts the same (STIX 2.1 section 2.9). */
function idOf(type: string, ...parts: readonly string[]): string {
  return `${type}--${stableUuid(type, ...parts)}`
}
