import type { Category, PersonalDataRecord, Side } from '../model/records.ts'
import { DistinctSketch } from '../lib/distinct-sketch.ts'
import { SubjectSketch } from '../personal-data/counting/subject-sketch.ts'
import { controllerLimits } from './limits.ts'

/** One end of a data flow. */
export interface Party {
  /** `outside`: a client that is no workload here; all of them are one, or every visitor of a website would be a row. */
  kind: 'workload' | 'server' | 'outside'
  /** Workload id, or address and port, or `outside`. */
  id: string
  /** Workload's name; name by which the server was asked for, else its address. */
  name: string
}

/** Personal data of one kind that crossed a data flow in one direction. */
export interface CarriedData {
  identifier: string
  category: Category
  direction: PersonalDataRecord['direction']
  count: number
  /** At least so many different values: the most that one flow had, or the different samples of all. */
  distinct: number
  /** The latest masked sample and where it stood. */
  masked: string
  field: string
  last: number
}

/** All flows from one party to another that speak the same protocol, encrypted or not. Times in ms since 1970. */
export interface DataFlow {
  key: string
  client: Party
  server: Party
  application: string
  encrypted: boolean
  flows: number
  bytesToServer: number
  bytesToClient: number
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
  readonly subjects = new SubjectSketch()
  first = Number.POSITIVE_INFINITY
  last = 0
  readonly ends: Pick<DataFlow, 'key' | 'client' | 'server' | 'application' | 'encrypted'>

  constructor(ends: DataFlowEntry['ends']) {
    this.ends = ends
  }

  seen(first: number, last: number): void {
    this.first = Math.min(this.first, first)
    this.last = Math.max(this.last, last)
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
      dataSubjects: this.subjects.estimate(),
      carried: this.#carried(),
    }
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
