import type { FlowRecord } from '../../model/records.ts'
import { ownerOf, type PlacedWorkload } from '../../policy/live/address-owner.ts'
import { type FindEnd, type KnownEnd, workloadEnd } from '../../policy/simulation.ts'
import type { Store, WorkloadItem } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import { readAll } from '../read-all.ts'

interface Seen extends PlacedWorkload {
  end: KnownEnd
  /** While it ran, ms since 1970. */
  from: number
  until: number
  /** Its own packets were read: flows of it were seen at its end. */
  isWatched: boolean
}

/** Workloads that ran while flows were seen: who had which address then. */
export class SeenWorkloads {
  readonly #byId = new Map<string, Seen>()
  readonly #byAddress = new Map<string, Seen[]>()

  add({ enforcer, state: { workload, coverage, stoppedAt } }: WorkloadItem): void {
    const seen: Seen = {
      end: workloadEnd(workload, enforcer),
      workload,
      node: enforcer,
      from: Date.parse(workload.startedAt) - controllerLimits.addressSlackMs,
      until: stoppedAt === undefined ? Infinity : Date.parse(stoppedAt) + controllerLimits.addressSlackMs,
      isWatched: coverage === 'seen',
    }
    this.#byId.set(workload.id, seen)
    if (workload.hostNetwork) return // Its addresses are the machine's.
    for (const address of workload.addresses) {
      const others = this.#byAddress.get(address)
      if (others === undefined) this.#byAddress.set(address, [seen])
      else others.push(seen)
    }
  }

  readonly find: FindEnd = (flow, side) => this.#seen(flow, side)?.end

  /** The workload at an end of a flow; undefined where it is none that is known. */
  workloadAt(flow: FlowRecord, side: 'client' | 'server'): PlacedWorkload | undefined {
    return this.#seen(flow, side)
  }

  get(id: string): PlacedWorkload | undefined {
    return this.#byId.get(id)
  }

  /** Whether its own packets were read. */
  isWatched(id: string): boolean {
    return this.#byId.get(id)?.isWatched === true
  }

  /** Those that had an address at some time between two, in ms since 1970. */
  having(address: string, since: number, until: number): PlacedWorkload[] {
    return (this.#byAddress.get(address) ?? []).filter((seen) => seen.from <= until && seen.until >= since)
  }

  /** Those that ran at some time between two, in ms since 1970. */
  during(since: number, until: number): PlacedWorkload[] {
    return [...this.#byId.values()].filter((seen) => seen.from <= until && seen.until >= since)
  }

  /** Whether a flow was seen at its other end as well, so that it is in the store twice. */
  isSecondSight(flow: FlowRecord): boolean {
    return flow.side === 'server' && this.#seen(flow, 'client')?.isWatched === true
  }

  #seen(flow: FlowRecord, side: 'client' | 'server'): Seen | undefined {
    const { address } = flow[side]
    const isOwn = flow.side === side || address === '::1' || address.startsWith('127.')
    const own = isOwn ? this.#byId.get(flow.workload ?? '') : undefined
    return own ?? this.#at(address, Date.parse(flow.start), this.#byId.get(flow.workload ?? '')?.node)
  }

  /** Whom a workload of a node meant by it then. */
  #at(address: string, time: number, node: string | undefined): Seen | undefined {
    const all = (this.#byAddress.get(address) ?? []).filter(
      ({ from, until }) => from <= time && time <= until,
    )
    return ownerOf(all, node)
  }
}

/** All that are stored, up to a bound; `isCut` where there were more. */
export async function readSeenWorkloads(store: Store): Promise<{ workloads: SeenWorkloads; isCut: boolean }> {
  const workloads = new SeenWorkloads()
  const isCut = await readAll(
    (query) => store.workloads(query),
    controllerLimits.simulatedWorkloads,
    (item) => workloads.add(item),
  )
  return { workloads, isCut }
}
