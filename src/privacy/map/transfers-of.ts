import { createHash } from 'node:crypto'
import type { Category } from '../../model/records.ts'
import { privacyLimits } from '../limits.ts'
import type { ObservedData, ObservedFlow, ObservedParty } from './observed-flow.ts'
import type { PartyFacts, TransferFacts, TransferredCategory } from './transfer.ts'

/** Joins `SubjectSketch` texts; it is another folder's matter how persons are counted. */
export type JoinSubjects = (texts: readonly string[]) => string

/** Stable over restarts and processes: hexadecimal, of what something is about. */
export function stableId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return digest.slice(0, privacyLimits.idLength)
}

/**
 * Who sends personal data to whom: each direction of a flow apart, the workloads of a service as one. What is encrypted and cannot be
 * read is a transfer without categories, from the one that asks; what was read and had nothing in it is none, nor is what a workload
 * says to itself.
 */
export function transfersOf(flows: readonly ObservedFlow[], join: JoinSubjects): TransferFacts[] {
  const all = new Map<string, TransferFacts>()
  const add = (transfer: TransferFacts) => {
    const known = all.get(transfer.id)
    all.set(transfer.id, known === undefined ? transfer : mergedTransfer(known, transfer, join))
  }
  for (const flow of flows) {
    if (flow.client.id === flow.server.id || flow.flows < 1) continue
    const sent = (direction: ObservedData['direction']) =>
      flow.carried.filter((data) => data.direction === direction)
    const [toServer, toClient] = [sent('to-server'), sent('to-client')]
    if (toServer.length > 0 || (flow.encrypted && toClient.length === 0)) add(outward(flow, toServer))
    if (toClient.length > 0) add(homeward(flow, toClient))
  }
  return [...all.values()]
}

function outward(flow: ObservedFlow, data: readonly ObservedData[]): TransferFacts {
  const { bytesToServer: bytes, subjects } = flow
  const [sender, recipient] = [clientFacts(flow), serverFacts(flow)]
  return transferOf(flow, {
    sender,
    recipient,
    server: 'recipient',
    data,
    bytes,
    subjects: subjects.toServer,
  })
}

function homeward(flow: ObservedFlow, data: readonly ObservedData[]): TransferFacts {
  const { bytesToClient: bytes, subjects } = flow
  const [sender, recipient] = [serverFacts(flow), clientFacts(flow)]
  return transferOf(flow, { sender, recipient, server: 'sender', data, bytes, subjects: subjects.toClient })
}

interface Sent extends Pick<TransferFacts, 'sender' | 'recipient' | 'server' | 'bytes' | 'subjects'> {
  data: readonly ObservedData[]
}

/** Who is asked what, and how: all that a transfer is told by. */
type Ends = Pick<ObservedFlow, 'client' | 'server' | 'application' | 'encrypted'>

/** Of which transfers what is sent each way is part; null of what stays within a workload. */
export function transferIdsOf(ends: Ends): { toServer: string; toClient: string } | null {
  const { client, server } = ends
  if (client.id === server.id) return null
  const [asking, asked] = [partyId(client), partyId(server)]
  return {
    toServer: transferId(ends, [asking, asked, 'recipient']),
    toClient: transferId(ends, [asked, asking, 'sender']),
  }
}

function transferId(
  { application, encrypted }: Pick<Ends, 'application' | 'encrypted'>,
  [sender, recipient, server]: readonly [string, string, TransferFacts['server']],
): string {
  return stableId(sender, recipient, server, application, `${encrypted}`)
}

function transferOf(flow: ObservedFlow, { data, ...sent }: Sent): TransferFacts {
  const { application, encrypted, tlsVersions, flows, first, last, flowIds } = flow
  const id = transferId(flow, [sent.sender.id, sent.recipient.id, sent.server])
  return {
    ...{ id, application, encrypted, tlsVersions, flows, first, last, ...sent },
    categories: categoriesOf(data),
    flowIds: flowIds.slice(-privacyLimits.flowsPerTransfer),
  }
}

function clientFacts({ client }: ObservedFlow): PartyFacts {
  return partyFacts(client, [], [])
}

function serverFacts({ server, addresses, dnsNames }: ObservedFlow): PartyFacts {
  return server.kind === 'server' ? partyFacts(server, addresses, dnsNames) : partyFacts(server, [], [])
}

/** The same for all workloads of a service. */
function partyId({ kind, id, service, namespace }: ObservedParty): string {
  return kind === 'workload' && service !== undefined && namespace !== undefined
    ? `${namespace}/${service}`
    : id
}

function partyFacts(
  party: ObservedParty,
  addresses: readonly string[],
  dnsNames: readonly string[],
): PartyFacts {
  const { kind, id, name, service, namespace, labels = {} } = party
  return {
    kind,
    id: partyId(party),
    name: kind === 'workload' && namespace !== undefined ? (service ?? name) : name,
    service: service ?? null,
    namespace: namespace ?? null,
    labels,
    workloads: kind === 'workload' ? [id] : [],
    addresses,
    dnsNames,
  }
}

function categoriesOf(data: readonly ObservedData[]): TransferredCategory[] {
  const found = data.map(({ category, identifier, count, masked, field, last }) => ({
    ...{ category, identifiers: [identifier], values: count, masked, field, last },
  }))
  return mergedCategories(found)
}

function mergedCategories(all: readonly TransferredCategory[]): TransferredCategory[] {
  const byCategory = new Map<Category, TransferredCategory>()
  for (const each of all) {
    const known = byCategory.get(each.category)
    byCategory.set(each.category, known === undefined ? each : mergedCategory(known, each))
  }
  return [...byCategory.values()].toSorted((a, b) => b.values - a.values)
}

function mergedCategory(a: TransferredCategory, b: TransferredCategory): TransferredCategory {
  const latest = b.last >= a.last ? b : a
  const identifiers = [...new Set([...a.identifiers, ...b.identifiers])].toSorted()
  return {
    ...latest,
    identifiers: identifiers.slice(0, privacyLimits.identifiersPerTransfer),
    values: a.values + b.values,
  }
}

/** Two parts of what is one transfer: of several workloads of a service, or of before a restart and after it. */
export function mergedTransfer(a: TransferFacts, b: TransferFacts, join: JoinSubjects): TransferFacts {
  const [earlier, later] = a.last <= b.last ? [a, b] : [b, a]
  const { flowsPerTransfer } = privacyLimits
  return {
    ...later,
    sender: mergedParty(earlier.sender, later.sender),
    recipient: mergedParty(earlier.recipient, later.recipient),
    tlsVersions: distinct(earlier.tlsVersions, later.tlsVersions).toSorted(),
    categories: mergedCategories([...earlier.categories, ...later.categories]),
    subjects: join([a.subjects, b.subjects]),
    flows: a.flows + b.flows,
    bytes: a.bytes + b.bytes,
    first: Math.min(a.first, b.first),
    flowIds: distinct(earlier.flowIds, later.flowIds).slice(-flowsPerTransfer),
  }
}

function mergedParty(earlier: PartyFacts, later: PartyFacts): PartyFacts {
  const { addressesPerParty, workloadsPerParty } = privacyLimits
  return {
    ...later,
    workloads: distinct(earlier.workloads, later.workloads).slice(-workloadsPerParty),
    addresses: distinct(earlier.addresses, later.addresses).slice(-addressesPerParty),
    dnsNames: distinct(earlier.dnsNames, later.dnsNames).slice(-addressesPerParty),
  }
}

/** What is in both stands where it does in the later. */
function distinct(earlier: readonly string[], later: readonly string[]): string[] {
  const known = new Set(later)
  return [...earlier.filter((each) => !known.has(each)), ...known]
}
