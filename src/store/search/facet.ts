import { createHash } from 'node:crypto'
import type { Incident, ObservedRecord } from '../../model/enforcer-messages.ts'
import type { Endpoint, FlowRecord } from '../../model/records.ts'
import type { AuditEvent } from '../audit-store.ts'
import { searchWords } from './words.ts'

/** Each kind of record has facets of its own. */
export type FacetKind = 'flow' | 'finding' | 'coverage' | 'incident' | 'audit'

/** What records are filtered by. */
export interface FacetValues {
  workload?: string | undefined
  type?: string | undefined
  application?: string | undefined
  side?: string | undefined
  encrypted?: boolean | undefined
  identifier?: string | undefined
  reason?: string | undefined
  action?: string | undefined
  actor?: string | undefined
}

/**
 * All that records of a kind are filtered and searched by. Millions of records share few of them, for who talks with whom
 * about what repeats: what is asked is looked for among these, and then the records that have them.
 */
export interface Facet extends FacetValues {
  kind: FacetKind
  /** In order, each once. */
  words: string[]
}

type Observed<Type extends ObservedRecord['type']> = Extract<ObservedRecord, { type: Type }>

/** The same for the same facet, everywhere: 128 bits of its SHA-256, in base64url. */
export function facetId(facet: Facet): string {
  const text = JSON.stringify([
    ...[facet.kind, facet.workload, facet.type, facet.application, facet.side, facet.encrypted],
    ...[facet.identifier, facet.reason, facet.action, facet.actor, facet.words],
  ])
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** The word that marks a flow which carried an identifier; none that traffic or a question brings has a `=`. */
export function carriesWord(identifier: string): string {
  return `=${identifier}`
}

/** The same for what is part of a transfer. */
export function transferWord(id: string): string {
  return `=>${id}`
}

/** @param identifiers of the personal data that it carried */
export function flowFacet(flow: FlowRecord, identifiers: readonly string[]): Facet {
  const { workload, application, side, encrypted, transfers } = flow
  const words = searchWords([...flowTexts(flow), ...identifiers])
  const parts = transfers === undefined ? [] : [transfers.toServer, transfers.toClient].map(transferWord)
  const marks = [...identifiers.map(carriesWord), ...parts].toSorted()
  return { kind: 'flow', workload, application, side, encrypted, words: [...marks, ...words] }
}

/** @param flow that it crossed; null where that is not known */
export function findingFacet(finding: Observed<'personal-data'>, flow: FlowRecord | null): Facet {
  const { workload, identifier, category, field } = finding
  const words = searchWords([
    identifier,
    category,
    field,
    workload,
    ...(flow === null ? [] : flowTexts(flow)),
  ])
  const of = { kind: 'finding', workload, identifier, words } as const
  if (flow === null) return of
  const { application, side, encrypted, transfers } = flow
  const part = finding.direction === 'to-server' ? transfers?.toServer : transfers?.toClient
  const marks = part === undefined ? [] : [transferWord(part)]
  return { ...of, application, side, encrypted, words: [...marks, ...words] }
}

export function coverageFacet({ workload, reason, detail }: Observed<'coverage'>): Facet {
  return { kind: 'coverage', workload, reason, words: searchWords([reason, workload, detail]) }
}

export function incidentFacet(incident: Incident): Facet {
  const { workload, type, action } = incident
  const words = searchWords([workload, action, ...incidentTexts(incident)])
  return { kind: 'incident', workload, type, action, words }
}

export function auditFacet({ actor, action, target, outcome, reason }: AuditEvent): Facet {
  const words = searchWords([actor.name, action, target, outcome, reason ?? undefined])
  return { kind: 'audit', actor: actor.name, action, words }
}

/** Not the client's port, which is another each time. */
function flowTexts(flow: FlowRecord): (string | undefined)[] {
  const { workload, client, server, application, transport, serverName, dnsName, tls, http, postgresql } =
    flow
  return [
    ...[workload, client.address, server.address, String(server.port), application, transport],
    ...[serverName, dnsName, tls?.sni, http?.host, postgresql?.user, postgresql?.database],
  ]
}

function incidentTexts(incident: Incident): (string | undefined)[] {
  if (incident.type === 'violation') {
    const { client, server, application, criterion, reason, rule, finding } = incident
    const what = [application, criterion, reason, rule, finding?.identifier, finding?.field]
    return [...endTexts(client, server), ...what]
  }
  if (incident.type === 'threat') {
    const { source, target, name, severity, technique, stage, transport } = incident
    return [name, severity, technique, stage, transport, ...endTexts(source, target)]
  }
  if (incident.type === 'attack') {
    const { client, server, application, place, field, request, reasons } = incident
    const what = [
      incident.class,
      application,
      place,
      field,
      request?.path,
      ...reasons.map(({ rule }) => rule),
    ]
    return [...what, ...endTexts(client, server)]
  }
  if (incident.type === 'process') {
    const { process, event, origin, reason, rule, suspicion } = incident
    return [process.name, process.path, process.user.name, event, origin, reason, rule, suspicion?.kind]
  }
  const { path, operation, rule, process } = incident
  return [path, operation, rule, process?.name, process?.path]
}

/** Not the port of who began it. */
function endTexts(from: Endpoint | undefined, to: Endpoint | undefined): (string | undefined)[] {
  return [from?.address, to?.address, to?.port.toString()]
}
