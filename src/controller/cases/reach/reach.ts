import type { FlowRecord } from '../../../model/records.ts'
import type { PolicyDefinition } from '../../../policy/definition.ts'
import { cameToNothing } from '../../../policy/learning/learnable.ts'
import type { Reach } from '../../../privacy/reach.ts'
import type { Page, PageQuery } from '../../../store/paging.ts'
import type { Store } from '../../../store/store.ts'
import { controllerLimits } from '../../limits.ts'
import type { SeenWorkloads } from '../../policy/seen-workloads.ts'
import { readAll } from '../../read-all.ts'
import { type CredentialUse, isNobody, type Suspects, touches, type Window } from '../scope/suspects.ts'
import { Connections } from './connections.ts'
import { addReachable } from './could-reach.ts'
import { ReachEnds } from './reach-ends.ts'

export interface ReachRequest {
  suspects: Suspects
  window: Window
  /** Where suspicious credentials were used. */
  uses: readonly CredentialUse[]
  /** All that ran. */
  workloads: SeenWorkloads
  /** ISO 3166-1 alpha-2; null where it is not known. */
  countryOf: (address: string) => string | null
  /** Those that were in force in that time. */
  policies: readonly PolicyDefinition[]
}

/**
 * Whom a breach came to from what is suspicious, by the connections that were seen one after the other, and whom it could have come to:
 * what the policies of that time did not keep from those that it came to, on machines and addresses that reach each other.
 */
export async function computeReach(store: Store, request: ReachRequest): Promise<Reached> {
  const search = new ReachSearch(store, request)
  await search.begin()
  await search.follow()
  search.extend()
  return { reach: await search.result(), met: [...search.met] }
}

interface Reached {
  reach: Reach
  /** Ids of the workloads that suspicious addresses spoke with, and where suspicious credentials were used. */
  met: string[]
}

const unopened = { country: null, why: null, by: '' } as const

/** How an end was come to. */
interface Step {
  hops: number
  via: string | null
  /** Whether those that it speaks with are reached as well. */
  goesOn?: boolean
}

class ReachSearch {
  /** Workloads that suspicious addresses spoke with, and where suspicious credentials were used. */
  readonly met = new Set<string>()
  readonly #store: Store
  readonly #request: ReachRequest
  readonly #ends = new ReachEnds()
  readonly #connections = new Connections(controllerLimits.reachEdges)
  /** Workloads that were reached and not yet looked at, with when; ms since 1970. */
  readonly #waiting = new Map<string, number>()
  /** From when on workloads were, or will be, looked at. */
  readonly #followed = new Map<string, number>()
  #recordsLeft: number = controllerLimits.reachRecords
  #isCut = false

  constructor(store: Store, request: ReachRequest) {
    this.#store = store
    this.#request = request
  }

  /** What is suspicious, and those with whom an address spoke or a credential was used. */
  async begin(): Promise<void> {
    const { suspects, window, workloads, uses } = this.#request
    const started = isNobody(suspects)
      ? workloads.during(window.since, window.until).map(({ workload }) => workload.id)
      : suspects.workloads
    for (const id of started) this.#suspectWorkload(id)
    for (const address of suspects.addresses) await this.#beginAt(address)
    for (const { credential, flows } of uses) {
      this.#suspect(credential, 'credential', null)
      for (const flow of flows) this.#used(credential, flow)
    }
  }

  /** From each workload that was reached to those it spoke with afterwards, who was reached first before the others. */
  async follow(): Promise<void> {
    for (let next = this.#earliest(); next !== undefined; next = this.#earliest()) {
      this.#waiting.delete(next.id)
      await this.#expand(next.id, next.at)
    }
  }

  /** Whom it could have come to from there. */
  extend(): void {
    const { window, workloads, policies } = this.#request
    const ran = workloads.during(window.since, window.until)
    this.#isCut ||= ran.length > controllerLimits.reachWorkloads
    addReachable(this.#ends, policies, ran.slice(0, controllerLimits.reachWorkloads))
  }

  async result(): Promise<Reach> {
    const { oldestFlow } = await this.#store.statistics()
    const isLater = oldestFlow !== null && oldestFlow > this.#request.window.since
    return {
      ends: this.#ends.list(),
      edges: this.#connections.edges(),
      seenFrom: isLater ? new Date(oldestFlow).toISOString() : null,
      isCut: this.#isCut || this.#ends.isCut || this.#connections.isCut,
    }
  }

  #suspectWorkload(id: string): void {
    this.#addWorkload(id, { how: 'suspect', hops: 0, via: null, at: this.#request.window.since })
  }

  #suspect(id: string, kind: 'outside' | 'credential', country: string | null): void {
    const since = new Date(this.#request.window.since).toISOString()
    this.#ends.add({ ...unopened, id, name: id, kind, how: 'suspect', hops: 0, via: null, since, country })
  }

  /** A workload that had the address, or whoever spoke with somebody who had it. */
  async #beginAt(address: string): Promise<void> {
    const { window, countryOf, workloads } = this.#request
    const own = workloads.having(address, window.since, window.until)
    for (const { workload } of own) this.#suspectWorkload(workload.id)
    if (own.length > 0) return
    this.#suspect(address, 'outside', countryOf(address))
    await this.#read({ search: address }, (flow) => {
      if (touches(flow, [address]) && !cameToNothing(flow)) this.#met(address, flow)
    })
  }

  /** Somebody suspicious spoke with it, whoever began. */
  #met(address: string, flow: FlowRecord): void {
    const isClient = flow.client.address === address
    const other = this.#endOf(flow, isClient ? 'server' : 'client', { hops: 1, via: address })
    if (other === undefined || other === address) return
    this.#meet(other)
    this.#connections.add(isClient ? address : other, isClient ? other : address, flow)
  }

  /** Who used a credential is told of, and not followed any further: that may be whom it belongs to. Where it was used has been reached. */
  #used(credential: string, flow: FlowRecord): void {
    if (cameToNothing(flow) || this.#request.workloads.isSecondSight(flow)) return
    const holder = this.#endOf(flow, 'client', { hops: 1, via: credential, goesOn: false })
    const server = this.#endOf(flow, 'server', { hops: 2, via: holder ?? credential })
    for (const end of [holder, server]) this.#meet(end)
    if (holder !== undefined && server !== undefined) this.#connections.add(holder, server, flow)
  }

  #meet(id: string | undefined): void {
    if (id !== undefined && this.#request.workloads.get(id) !== undefined) this.met.add(id)
  }

  async #expand(id: string, reachedAt: number): Promise<void> {
    const { workloads, window } = this.#request
    const hops = (this.#ends.get(id)?.hops ?? 0) + 1
    const take = (flow: FlowRecord): void => {
      if (Date.parse(flow.end) < reachedAt || workloads.workloadAt(flow, 'client')?.workload.id !== id) return
      if (workloads.workloadAt(flow, 'server')?.workload.id === id || cameToNothing(flow)) return
      const to = this.#endOf(flow, 'server', { hops, via: id })
      if (to !== undefined) this.#connections.add(id, to, flow)
    }
    if (workloads.isWatched(id)) await this.#read({ workload: id, side: 'client' }, take)
    else
      for (const address of workloads.get(id)?.workload.addresses ?? [])
        await this.#read({ search: address, side: 'server' }, take)
    await this.#readUpTo(
      (page) => this.#store.findings({ ...window, ...page, workload: id }),
      ({ finding: { flow = '', category } }) => this.#connections.carried(flow, category),
    )
  }

  /** The end of a connection, reached by it; undefined where there are too many. */
  #endOf(flow: FlowRecord, side: 'client' | 'server', step: Step & { via: string }): string | undefined {
    const { workloads, suspects, countryOf, window } = this.#request
    const workload = workloads.workloadAt(flow, side)?.workload
    const { address } = flow[side]
    const { hops, via } = step
    const viaSince = this.#ends.get(via)?.since ?? null
    const at = Math.max(Date.parse(flow.start), viaSince === null ? 0 : Date.parse(viaSince), window.since)
    if (workload !== undefined) return this.#addWorkload(workload.id, { ...step, how: 'reached', at })
    const isSuspect = suspects.addresses.includes(address)
    const name = isSuspect || side === 'client' ? address : (flow.serverName ?? address)
    return this.#ends.add({
      ...{ ...unopened, id: name, name, kind: 'outside', how: 'reached', hops, via },
      ...{ since: new Date(at).toISOString(), country: countryOf(address) },
    })
  }

  #addWorkload(
    id: string,
    { hops, via, how, at, goesOn = true }: Step & { how: 'suspect' | 'reached'; at: number },
  ): string | undefined {
    const name = this.#request.workloads.get(id)?.workload.name ?? id
    const since = new Date(at).toISOString()
    const end = this.#ends.add({ ...unopened, id, name, kind: 'workload', how, hops, via, since })
    if (end !== undefined && goesOn && at < (this.#followed.get(id) ?? Infinity)) {
      this.#waiting.set(id, at)
      this.#followed.set(id, at)
    }
    return end
  }

  #earliest(): { id: string; at: number } | undefined {
    let first: { id: string; at: number } | undefined
    for (const [id, at] of this.#waiting) if (first === undefined || at < first.at) first = { id, at }
    return first
  }

  async #read(
    filter: { workload?: string; side?: 'client' | 'server'; search?: string },
    take: (flow: FlowRecord) => void,
  ): Promise<void> {
    const { window } = this.#request
    await this.#readUpTo((page) => this.#store.flows({ ...window, ...filter, ...page }), take)
  }

  async #readUpTo<Item>(
    list: (page: PageQuery) => Promise<Page<Item>>,
    take: (item: Item) => void,
  ): Promise<void> {
    const counted = (item: Item): void => {
      this.#recordsLeft--
      take(item)
    }
    const isCut = await readAll(list, Math.max(0, this.#recordsLeft), counted)
    this.#isCut ||= isCut
  }
}
