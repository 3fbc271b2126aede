import type { FlowRecord } from '../../../model/records.ts'
import type { PolicyDefinition } from '../../../policy/definition.ts'
import { cameToNothing } from '../../../policy/learning/learnable.ts'
import type { PlacedWorkload } from '../../../policy/live/address-owner.ts'
import type { Reach, ReachEnd } from '../../../privacy/reach.ts'
import type { Page, PageQuery } from '../../../store/paging.ts'
import type { Store } from '../../../store/store.ts'
import { controllerLimits } from '../../limits.ts'
import type { SeenWorkloads } from '../../policy/seen-workloads.ts'
import { readAll } from '../../read-all.ts'
import { type CredentialUse, isNobody, type Suspects, touches, type Window } from '../scope/suspects.ts'
import { Connections } from './connections.ts'
import { isRoutable, PastPolicy } from './could-reach.ts'

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
  return { reach: search.result(await search.seenFrom()), met: [...search.met] }
}

interface Reached {
  reach: Reach
  /** Ids of the workloads that suspicious addresses spoke with, and where suspicious credentials were used. */
  met: string[]
}

const namedEnd = { country: null, why: null, by: '' } as const

class ReachSearch {
  readonly met = new Set<string>()
  readonly #store: Store
  readonly #request: ReachRequest
  readonly #ends = new Map<string, ReachEnd>()
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
    for (const id of started) this.#addWorkload(id, 0, null, window.since, 'suspect')
    for (const address of suspects.addresses) await this.#beginAt(address)
    for (const { credential, flows } of uses) {
      this.#add({
        ...{ ...namedEnd, id: credential, name: credential, kind: 'credential', how: 'suspect' },
        ...{ hops: 0, via: null, since: new Date(window.since).toISOString() },
      })
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

  /** What the policies of the time did not keep from those that were reached; each by the fewest steps. */
  extend(): void {
    const { window, workloads, policies } = this.#request
    const all = workloads.during(window.since, window.until)
    this.#isCut ||= all.length > controllerLimits.reachWorkloads
    const ran = all.slice(0, controllerLimits.reachWorkloads)
    const past = policies.map((definition) => new PastPolicy(definition, ran))
    let front = ran.filter(({ workload }) => this.#ends.has(workload.id))
    while (front.length > 0) front = front.flatMap((from) => this.#extendFrom(from, ran, past))
  }

  /** From when on connections are kept, where that is later than the time asked about. */
  async seenFrom(): Promise<string | null> {
    const { oldestFlow } = await this.#store.statistics()
    const isLater = oldestFlow !== null && oldestFlow > this.#request.window.since
    return isLater ? new Date(oldestFlow).toISOString() : null
  }

  result(seenFrom: string | null): Reach {
    const order = { suspect: 0, reached: 1, reachable: 2 }
    const ends = [...this.#ends.values()].toSorted(
      (a, b) => order[a.how] - order[b.how] || a.hops - b.hops || (a.name < b.name ? -1 : 1),
    )
    const isCut = this.#isCut || this.#connections.isCut
    return { ends, edges: this.#connections.edges(), seenFrom, isCut }
  }

  /** A workload that had the address, or whoever spoke with somebody who had it. */
  async #beginAt(address: string): Promise<void> {
    const { window, countryOf, workloads } = this.#request
    const own = workloads.having(address, window.since, window.until)
    for (const { workload } of own) this.#addWorkload(workload.id, 0, null, window.since, 'suspect')
    if (own.length > 0) return
    const since = new Date(window.since).toISOString()
    const country = countryOf(address)
    this.#add({
      ...{ ...namedEnd, id: address, name: address, kind: 'outside', how: 'suspect' },
      ...{ hops: 0, via: null, since, country },
    })
    await this.#read({ search: address }, (flow) => {
      if (touches(flow, [address])) this.#met(address, flow)
    })
  }

  /** Somebody suspicious spoke with it, whoever began. */
  #met(address: string, flow: FlowRecord): void {
    const isClient = flow.client.address === address
    const other = this.#endOf(flow, isClient ? 'server' : 'client', 1, address)
    if (other === undefined || other === address) return
    this.#meet(other)
    this.#connections.add(isClient ? address : other, isClient ? other : address, flow)
  }

  /** Whoever used a credential is as suspicious as that; where it was used has been reached. */
  #used(credential: string, flow: FlowRecord): void {
    if (cameToNothing(flow) || this.#request.workloads.isSecondSight(flow)) return
    const holder = this.#endOf(flow, 'client', 1, credential, false)
    const server = this.#endOf(flow, 'server', 2, holder ?? credential)
    for (const end of [holder, server]) this.#meet(end)
    if (holder !== undefined && server !== undefined) this.#connections.add(holder, server, flow)
  }

  #meet(id: string | undefined): void {
    if (id !== undefined && this.#request.workloads.get(id) !== undefined) this.met.add(id)
  }

  async #expand(id: string, reachedAt: number): Promise<void> {
    const { workloads } = this.#request
    const hops = (this.#ends.get(id)?.hops ?? 0) + 1
    const take = (flow: FlowRecord): void => {
      if (Date.parse(flow.end) < reachedAt || workloads.workloadAt(flow, 'client')?.workload.id !== id) return
      if (workloads.workloadAt(flow, 'server')?.workload.id === id || cameToNothing(flow)) return
      const to = this.#endOf(flow, 'server', hops, id)
      if (to !== undefined) this.#connections.add(id, to, flow)
    }
    if (workloads.isWatched(id)) await this.#read({ workload: id, side: 'client' }, take)
    else
      for (const address of workloads.get(id)?.workload.addresses ?? [])
        await this.#read({ search: address, side: 'server' }, take)
    await this.#readUpTo(
      (page) => this.#store.findings({ ...this.#request.window, ...page, workload: id }),
      ({ finding: { flow = '', category } }) => this.#connections.carried(flow, category),
    )
  }

  /** The end of a connection, reached by it; undefined where there are too many. */
  #endOf(
    flow: FlowRecord,
    side: 'client' | 'server',
    hops: number,
    via: string,
    goesOn = true,
  ): string | undefined {
    const { workloads, suspects, countryOf, window } = this.#request
    const workload = workloads.workloadAt(flow, side)?.workload
    const { address } = flow[side]
    const at = Math.max(Date.parse(flow.start), this.#reachedAt(via), window.since)
    if (workload !== undefined) return this.#addWorkload(workload.id, hops, via, at, 'reached', goesOn)
    const isSuspect = suspects.addresses.includes(address)
    const name = isSuspect || side === 'client' ? address : (flow.serverName ?? address)
    return this.#add({
      ...{ ...namedEnd, id: name, name, kind: 'outside', how: 'reached', hops, via },
      ...{ since: new Date(at).toISOString(), country: countryOf(address) },
    })
  }

  #reachedAt(id: string): number {
    return Date.parse(this.#ends.get(id)?.since ?? '1970-01-01T00:00:00Z')
  }

  #addWorkload(
    id: string,
    hops: number,
    via: string | null,
    at: number,
    how: 'suspect' | 'reached',
    goesOn = true,
  ): string | undefined {
    const name = this.#request.workloads.get(id)?.workload.name ?? id
    const since = new Date(at).toISOString()
    const end = this.#add({ ...namedEnd, id, name, kind: 'workload', how, hops, via, since })
    if (end !== undefined && goesOn && at < (this.#followed.get(id) ?? Infinity)) {
      this.#waiting.set(id, at)
      this.#followed.set(id, at)
    }
    return end
  }

  /** Who was reached earlier, or is suspicious, stays so. */
  #add(end: ReachEnd): string | undefined {
    const known = this.#ends.get(end.id)
    if (known === undefined && this.#ends.size >= controllerLimits.reachEnds) {
      this.#isCut = true
      return undefined
    }
    const isBetter =
      known === undefined || (known.how !== 'suspect' && (end.since ?? '') < (known.since ?? ''))
    if (isBetter) this.#ends.set(end.id, end)
    return end.id
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

  /** Those that could be reached from a workload in one step and were not yet known. */
  #extendFrom(
    from: PlacedWorkload,
    ran: readonly PlacedWorkload[],
    past: readonly PastPolicy[],
  ): PlacedWorkload[] {
    const hops = (this.#ends.get(from.workload.id)?.hops ?? 0) + 1
    const via = from.workload.id
    const found: PlacedWorkload[] = []
    for (const to of ran) {
      const { id, name } = to.workload
      if (this.#ends.has(id) || !isRoutable(from, to)) continue
      const opening = firstOf(past, (policy) => policy.opening(from.workload, to.workload))
      if (opening === undefined) continue
      const end = {
        id,
        name,
        kind: 'workload',
        how: 'reachable',
        hops,
        via,
        since: null,
        country: null,
      } as const
      if (this.#add({ ...end, ...opening }) !== undefined) found.push(to)
    }
    for (const { name, opening } of past.flatMap((policy) => policy.outside(from.workload))) {
      if (this.#ends.has(name)) continue
      const end = {
        id: name,
        name,
        kind: 'outside',
        how: 'reachable',
        hops,
        via,
        since: null,
        country: null,
      } as const
      this.#add({ ...end, ...opening })
    }
    return found
  }
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
