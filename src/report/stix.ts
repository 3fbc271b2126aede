import { isIP } from 'node:net'
import { type BreachCase, type Recipient, timeOf } from '../privacy/case.ts'
import { severityOf } from '../privacy/severity.ts'
import { stableUuid } from './stable-uuid.ts'

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

/**
 * A case as a bundle of STIX 2.1 for a CSIRT: what happened, where data went, and a report that names the evidence by its hashes. No
 * personal data and no value that was found: categories and numbers. The same case gives the same bytes.
 */
export function caseStix(breach: BreachCase, evidence: readonly CaseEvidence[], made: number): object {
  const at = new Date(made).toISOString()
  const common = {
    spec_version: '2.1' as const,
    created: breach.openedAt,
    modified: at,
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
  const by = { ...common, created_by_ref: author.id }
  const incident: StixObject = {
    ...{ ...by, type: 'incident', id: idOf('incident', breach.id), name: breach.title },
    ...(breach.description !== '' && { description: breach.description }),
    external_references: [{ source_name: 'pavise', external_id: breach.id }],
  }
  const external = (breach.scope?.recipients ?? []).filter(({ isExternal }) => isExternal)
  const observed = external.map((recipient) => observedData(recipient, breach, by))
  const observables = external.map(({ name }) => observable(name))
  const notes = [...breachNotes(breach), evidenceNote(evidence)].map((text, i) => ({
    ...{ ...by, type: 'note', id: idOf('note', breach.id, `${i}`), ...text, object_refs: [incident.id] },
  }))
  const named = [incident, ...observed, ...notes].map(({ id }) => id)
  const report: StixObject = {
    ...{ ...by, type: 'report', id: idOf('report', breach.id), name: `${breach.id}: ${breach.title}` },
    ...{ report_types: ['observed-data'], published: at, object_refs: named },
  }
  return {
    type: 'bundle',
    id: idOf('bundle', breach.id, at),
    objects: [amberMarking, author, incident, ...distinct(observables), ...observed, ...notes, report],
  }
}

function observedData(
  { name, first, last, flows }: Recipient,
  { id }: BreachCase,
  by: Omit<StixObject, 'type' | 'id'> & { spec_version: '2.1' },
): StixObject {
  return {
    ...{ ...by, type: 'observed-data', id: idOf('observed-data', id, name) },
    ...{ first_observed: first, last_observed: last, number_observed: Math.max(1, flows) },
    object_refs: [observable(name).id],
  }
}

/** An address, or a name with its port taken off. */
function observable(name: string): StixObject {
  const value = isIP(name) === 0 ? name.replace(/:\d{1,5}$/, '') : name
  const type = (['domain-name', 'ipv4-addr', 'ipv6-addr'] as const)[[0, 4, 6].indexOf(isIP(value))]
  return { type, spec_version: '2.1', id: idOf(type, value), value }
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
