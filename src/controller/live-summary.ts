import type { ObservedRecord } from '../model/enforcer-messages.ts'
import type { FlowRecord, Side } from '../model/records.ts'
import type { Workload } from '../model/workload.ts'
import { DataFlowEntry, type DataFlow, type Party } from './data-flow.ts'
import { controllerLimits } from './limits.ts'
import type { ObservedFlow } from '../privacy/map/observed-flow.ts'
import { transferIdsOf } from '../privacy/map/transfers-of.ts'

type Observed<Type extends ObservedRecord['type']> = Extract<ObservedRecord, { type: Type }>

/** Finds workloads by name and address on the node where a record was made. */
export interface Names {
  workload(id: string): Workload | undefined
  resolve(address: string): Workload | null
}

/** What of a flow is counted already, for its record comes again with all it has by then. */
interface CountedFlow {
  entry: DataFlowEntry
  side: Side
  bytesToServer: number
  bytesToClient: number
}

const outside: Party = { kind: 'outside', id: 'outside', name: 'outside' }

/** Which workload sends which personal data where, encrypted or not: since the controller began, kept in memory. */
export class LiveSummary {
  readonly #limits: { dataFlows: number; flowsRemembered: number }
  /** Both least recently seen first. */
  readonly #entries = new Map<string, DataFlowEntry>()
  readonly #flows = new Map<string, CountedFlow>()
  /** Findings whose flow is not known, and kinds of data beyond what one data flow may hold. */
  unattributed = 0
  /** Data flows that gave way to newer ones. */
  forgotten = 0

  constructor(limits: { dataFlows: number; flowsRemembered: number } = controllerLimits) {
    this.#limits = limits
  }

  flow(record: Observed<'flow'>, names: Names): void {
    if (!carriesApplications(record)) return
    const side = record.side ?? 'client'
    const known = this.#flows.get(record.id)
    const entry = this.#entryOf(record, names)
    const counted = known?.entry === entry ? known : this.#move(known, entry, side)
    const view = entry.views[side]
    view.bytesToServer += Math.max(0, record.bytesToServer - counted.bytesToServer)
    view.bytesToClient += Math.max(0, record.bytesToClient - counted.bytesToClient)
    counted.bytesToServer = Math.max(counted.bytesToServer, record.bytesToServer)
    counted.bytesToClient = Math.max(counted.bytesToClient, record.bytesToClient)
    entry.take(record)
    this.#remember(record.id, counted)
  }

  /** The flow with the transfers that it is part of, whatever an enforcer says of them. */
  withTransfers(record: Observed<'flow'>, names: Names): Observed<'flow'> {
    const { transfers: _said, ...flow } = record
    if (!carriesApplications(record)) return flow
    const ends = endsOf(record, names)
    const transfers = this.#entries.get(ends.key)?.transfers ?? transferIdsOf(ends)
    return transfers === null ? flow : { ...flow, transfers }
  }

  /** `growth`: by how many values the finding has grown since it was last counted. */
  finding(record: Observed<'personal-data'>, growth: number): void {
    const counted = record.flow === undefined ? undefined : this.#flows.get(record.flow)
    const last = Date.parse(record.last)
    if (!counted?.entry.views[counted.side].carry(record, growth, last)) {
      this.unattributed += growth
      return
    }
    counted.entry.seen(Date.parse(record.first), last)
    if (record.flow !== undefined) counted.entry.carriedIn(record.flow)
    this.#keep(counted.entry)
  }

  /** Latest last. */
  dataFlows(): DataFlow[] {
    return Array.from(this.#entries.values(), (entry) => entry.toDataFlow())
  }

  /** The same with whose data it is. */
  observedFlows(): ObservedFlow[] {
    return Array.from(this.#entries.values(), (entry) => entry.toObservedFlow())
  }

  #entryOf(record: Observed<'flow'>, names: Names): DataFlowEntry {
    const ends = endsOf(record, names)
    return this.#keep(this.#entries.get(ends.key) ?? new DataFlowEntry(ends))
  }

  /** A flow that is new, or that turned out to be another application, or encrypted. */
  #move(known: CountedFlow | undefined, entry: DataFlowEntry, side: Side): CountedFlow {
    if (known) {
      const view = known.entry.views[known.side]
      view.flows--
      view.bytesToServer -= known.bytesToServer
      view.bytesToClient -= known.bytesToClient
      if (known.entry.empty) this.#entries.delete(known.entry.ends.key)
    }
    entry.views[side].flows++
    return { entry, side, bytesToServer: 0, bytesToClient: 0 }
  }

  /** Moves an entry to the end; the least recently seen without personal data gives way, else the least recent. */
  #keep(entry: DataFlowEntry): DataFlowEntry {
    this.#entries.delete(entry.ends.key)
    if (this.#entries.size >= this.#limits.dataFlows) this.#forgetOne()
    this.#entries.set(entry.ends.key, entry)
    return entry
  }

  #forgetOne(): void {
    let candidate: string | undefined
    for (const [key, entry] of this.#entries) {
      candidate ??= key
      if (entry.carriesData) continue
      candidate = key
      break
    }
    if (candidate !== undefined && this.#entries.delete(candidate)) this.forgotten++
  }

  #remember(id: string, counted: CountedFlow): void {
    this.#flows.delete(id)
    this.#flows.set(id, counted)
    if (this.#flows.size <= this.#limits.flowsRemembered) return
    for (const oldest of this.#flows.keys()) {
      this.#flows.delete(oldest)
      break
    }
  }
}

/** Others, neighbour discovery of IPv6 above all, are between machines and would be a row for each. */
function carriesApplications({ transport }: FlowRecord): boolean {
  return transport === 'tcp' || transport === 'udp' || transport === 'sctp'
}

function endsOf(record: FlowRecord, names: Names): DataFlowEntry['ends'] {
  const { application, encrypted, side = 'client' } = record
  const own = record.workload === undefined ? undefined : names.workload(record.workload)
  const client = side === 'client' && own ? party(own) : clientParty(record, own, names)
  const server = side === 'server' && own ? party(own) : serverParty(record, own, names)
  const key = JSON.stringify([client.id, server.id, application, encrypted])
  return { key, client, server, application, encrypted }
}

function party(workload: Workload): Party {
  const { id, name, service, namespace, labels } = workload
  return { kind: 'workload', id, name, service, namespace, labels }
}

/** On loopback both ends are the workload in whose namespace it was seen. */
function workloadAt(address: string, own: Workload | undefined, names: Names): Workload | null {
  if (address === '::1' || address.startsWith('127.')) return own ?? null
  return names.resolve(address)
}

function clientParty(record: FlowRecord, own: Workload | undefined, names: Names): Party {
  const workload = workloadAt(record.client.address, own, names)
  return workload ? party(workload) : outside
}

function serverParty(record: FlowRecord, own: Workload | undefined, names: Names): Party {
  const workload = workloadAt(record.server.address, own, names)
  if (workload) return party(workload)
  const { address, port } = record.server
  const name = record.serverName ?? address
  return { kind: 'server', id: `${name}:${port}`, name: port === 0 ? name : `${withBrackets(name)}:${port}` }
}

function withBrackets(name: string): string {
  return name.includes(':') ? `[${name}]` : name
}
