import type { FlowRecord, PersonalDataRecord, Side } from '../model/records.ts'
import { DistinctSketch } from '../lib/distinct-sketch.ts'
import { SubjectSketch } from '../personal-data/counting/subject-sketch.ts'
import type { ObservedData, ObservedFlow, ObservedParty } from '../privacy/map/observed-flow.ts'
import { transferIdsOf } from '../privacy/map/transfers-of.ts'
import { controllerLimits } from './limits.ts'

/**
 * One end of a data flow. `outside` is a client that is no workload here; all of them are one, or every visitor of a website would
 * be a row. A workload's id is its own, a server's its name (by which it was asked for, else its address) and port.
 */
export type Party = ObservedParty

/** Personal data of one kind that crossed a data flow in one direction. */
export interface CarriedData extends ObservedData {
  /** At least so many different values: the most that one flow had, or the different samples of all. */
  distinct: number
}

/** All flows from one party to another that speak the same protocol, encrypted or not. Times in ms since 1970. */
export interface DataFlow extends Pick<
  ObservedFlow,
  'client' | 'server' | 'application' | 'encrypted' | 'flows' | 'bytesToServer' | 'bytesToClient'
> {
  key: string
  first: number
  last: number
  /** About how many persons' data it carried, each counted once over all its flows; 0 where none is told from others. */
  dataSubjects: number
  carried: CarriedData[]
}

interface Carried extends CarriedData {
  sketch: DistinctSketch
  mostInOneFlow: number
}

/** The latest of some texts, each once, the latest last. */
class LatestTexts {
  readonly #all = new Set<string>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  add(text: string): void {
    this.#all.delete(text)
    this.#all.add(text)
    if (this.#all.size <= this.#most) return
    for (const oldest of this.#all) {
      this.#all.delete(oldest)
      break
    }
  }

  get list(): string[] {
    return [...this.#all]
  }
}

/** What was seen of a data flow from one of its sides. */
class FlowView {
  flows = 0
  bytesToServer = 0
  bytesToClient = 0
  readonly carried = new Map<string, Carried>()

  /** Counts `growth` more values of a finding; false when there are too many kinds already. */
  carry(finding: PersonalDataRecord, growth: number, last: number): boolean {
    const key = `${finding.direction} ${finding.identifier}`
    const carried = this.carried.get(key) ?? this.#begin(key, finding)
    if (!carried) return false
    carried.count += growth
    carried.sketch.add(finding.hash)
    carried.mostInOneFlow = Math.max(carried.mostInOneFlow, finding.distinct)
    carried.distinct = Math.min(carried.count, Math.max(carried.mostInOneFlow, carried.sketch.estimate()))
    if (last >= carried.last) {
      carried.last = last
      carried.masked = finding.masked
      carried.field = finding.field
    }
    return true
  }

  get empty(): boolean {
    return this.flows === 0 && this.carried.size === 0
  }

  #begin(key: string, finding: PersonalDataRecord): Carried | null {
    if (this.carried.size >= controllerLimits.identifiersPerDataFlow) return null
    const { identifier, category, direction, masked, field } = finding
    const counts = {
      count: 0,
      distinct: 0,
      last: 0,
      mostInOneFlow: 0,
      sketch: new DistinctSketch(controllerLimits.distinctSamples),
    }
    const carried = { identifier, category, direction, masked, field, ...counts }
    this.carried.set(key, carried)
    return carried
  }
}

/**
 * Between two workloads that are both watched, a flow is seen at each end, and where it passes a namespace in between,
 * there too. Each view is counted for itself, and the client's is shown, unless another saw more: then the client's tap
 * came late or dropped.
 */
export class DataFlowEntry {
  readonly views: Record<Side, FlowView> = {
    client: new FlowView(),
    server: new FlowView(),
    transit: new FlowView(),
  }
  /** Both ends see the same persons: together they count once. */
  readonly #subjectsSent = { toServer: new SubjectSketch(), toClient: new SubjectSketch() }
  readonly #addresses = new LatestTexts(controllerLimits.addressesPerDataFlow)
  readonly #dnsNames = new LatestTexts(controllerLimits.addressesPerDataFlow)
  readonly #tlsVersions = new LatestTexts(controllerLimits.tlsVersionsPerDataFlow)
  readonly #flowIds = new LatestTexts(controllerLimits.flowIdsPerDataFlow)
  first = Number.POSITIVE_INFINITY
  last = 0
  readonly ends: Pick<DataFlow, 'key' | 'client' | 'server' | 'application' | 'encrypted'>
  /** Of which transfers its flows are part. */
  readonly transfers: ReturnType<typeof transferIdsOf>

  constructor(ends: DataFlowEntry['ends']) {
    this.ends = ends
    this.transfers = transferIdsOf(ends)
  }

  seen(first: number, last: number): void {
    this.first = Math.min(this.first, first)
    this.last = Math.max(this.last, last)
  }

  /** Takes over what else a flow says: when it was, to whom it went, how it was encrypted, whose data it carried. */
  take({ start, end, server, dnsName, tls, dataSubjects }: FlowRecord): void {
    this.seen(Date.parse(start), Date.parse(end))
    if (this.ends.server.kind === 'server') this.#addresses.add(server.address)
    if (dnsName !== undefined) this.#dnsNames.add(dnsName)
    if (tls?.version !== undefined) this.#tlsVersions.add(tls.version)
    for (const direction of ['toServer', 'toClient'] as const) {
      const sketch = dataSubjects?.sketches?.[direction]
      if (sketch !== undefined) this.#subjectsSent[direction].merge(sketch)
    }
  }

  /** @param flow id of one that carried personal data */
  carriedIn(flow: string): void {
    this.#flowIds.add(flow)
  }

  /** What there is to say of where data goes, with whose it is. */
  toObservedFlow(): ObservedFlow {
    const { toServer, toClient } = this.#subjectsSent
    return {
      ...this.toDataFlow(),
      addresses: this.#addresses.list,
      dnsNames: this.#dnsNames.list,
      tlsVersions: this.#tlsVersions.list,
      flowIds: this.#flowIds.list,
      subjects: { toServer: toServer.text(), toClient: toClient.text() },
    }
  }

  get empty(): boolean {
    return this.#all().every((view) => view.empty)
  }

  get carriesData(): boolean {
    return this.#all().some(({ carried }) => carried.size > 0)
  }

  toDataFlow(): DataFlow {
    const traffic = this.#all().reduce((most, view) => (view.flows > most.flows ? view : most))
    return {
      ...this.ends,
      flows: traffic.flows,
      bytesToServer: traffic.bytesToServer,
      bytesToClient: traffic.bytesToClient,
      first: this.first,
      last: this.last,
      dataSubjects: this.#dataSubjects(),
      carried: this.#carried(),
    }
  }

  /** Sent one way or the other: requests often carry what answers do. */
  #dataSubjects(): number {
    const { toServer, toClient } = this.#subjectsSent
    if (toServer.isEmpty || toClient.isEmpty) return toServer.estimate() + toClient.estimate()
    const both = new SubjectSketch()
    both.addAll(toServer)
    both.addAll(toClient)
    return both.estimate()
  }

  #all(): FlowView[] {
    return Object.values(this.views)
  }

  #carried(): CarriedData[] {
    const all = new Map<string, Carried>()
    for (const [key, carried] of this.#all().flatMap((view) => [...view.carried])) {
      if (carried.count > (all.get(key)?.count ?? 0)) all.set(key, carried)
    }
    const shown = [...all.values()].map(({ sketch: _sketch, mostInOneFlow: _most, ...data }) => data)
    return shown.sort((a, b) => b.count - a.count)
  }
}
