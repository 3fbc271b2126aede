import { parseAddress } from '../../lib/ip.ts'
import type { RuleDefinition } from '../definition.ts'
import type { LivePolicy } from '../live/live-policy.ts'
import { type AddressSpan, addressSpans } from './address-spans.ts'
import type { KernelDelta, KernelElement, KernelVerdict } from './kernel-rules.ts'
import { policyLimits } from '../limits.ts'
import { type PortRow, portRows } from './port-rows.ts'

/** The workload in whose namespace the kernel decides, and what has to go through the queue besides what the policy asks for. */
export interface KernelView {
  subject: string
  /** As of `WatchedWorkload`. */
  inspectsContent: boolean
  tellsApplications: boolean
}

type Direction = KernelElement['direction']

const directions: readonly Direction[] = ['outgoing', 'incoming']

/** RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3: within the namespace both ends are of the workload. */
const loopback: readonly Pick<KernelElement, 'family' | 'firstAddress' | 'lastAddress'>[] = [
  { family: 4, firstAddress: '127.0.0.0', lastAddress: '127.255.255.255' },
  { family: 6, firstAddress: '::1', lastAddress: '::1' },
]

/** Addresses with what holds for them. */
interface Span {
  place: Pick<KernelElement, 'direction' | 'layer' | 'family' | 'firstAddress' | 'lastAddress'>
  rows: Rows
}

/** Rows for a peer's connections. */
interface PeerRows extends Rows {
  direction: Direction
  peer: number
  isOutside: boolean
}

/** Rows are alike where their text is. */
interface Rows {
  rows: readonly PortRow[]
  text: string
}

/**
 * A policy seen from one workload, as data for the kernel's sets: addresses, protocols and ports of the other end, each with what the
 * kernel does by itself or asks about. Decides as the policy does, or asks: whatever names, applications or contents may change is
 * queued. What an address of a workload is comes before what the network around it is, so that one that comes or goes changes its own
 * elements only.
 */
export class KernelPolicy {
  readonly #live: LivePolicy
  readonly #view: KernelView
  /** By layer, direction and addresses. */
  #spans = new Map<string, Span>()
  /** By direction, peer and whether it is outside. */
  readonly #rows = new Map<string, PeerRows>()
  /** There were more peers than are kept: of some that have elements no rows are there. */
  #isPartial = false
  #fallback: Record<Direction, KernelVerdict> = { outgoing: 'queue', incoming: 'queue' }
  #generation = -1

  constructor(live: LivePolicy, view: KernelView) {
    this.#live = live
    this.#view = view
  }

  get elements(): KernelElement[] {
    return [...this.#spans.values()].flatMap(elementsOf)
  }

  /** All anew, as what differs from before: after the policy has changed, or the workload itself. */
  compile(): KernelDelta {
    this.#rows.clear()
    this.#isPartial = false
    return this.#compileAgain()
  }

  /**
   * The same where nothing but rules has changed, at the cost of those that are about the workload.
   *
   * @param changed - all that came, went or are others now, as they were and as they are
   */
  rulesChanged(changed: readonly Pick<RuleDefinition, 'from' | 'to'>[]): KernelDelta {
    const isStale = this.#live.generation !== this.#generation || this.#isPartial
    if (isStale || this.#self < 0) return this.compile()
    const { policy } = this.#live
    const own = new Set(policy.groupsOfPeer(this.#self))
    const outgoing = changed.filter(({ from }) => own.has(from)).map(({ to }) => to)
    const incoming = changed.filter(({ to }) => own.has(to)).map(({ from }) => from)
    const others = { outgoing: new Set(outgoing), incoming: new Set(incoming) }
    // A group that is told by addresses may be told by names as well, which anybody outside may have.
    const isNamed = outgoing.some((group) => policy.isByAddress(group))
    const affected = [...this.#rows].filter(
      ([, { direction, peer, isOutside }]) =>
        policy.groupsOfPeer(peer).some((group) => others[direction].has(group)) ||
        (isNamed && isOutside && direction === 'outgoing'),
    )
    for (const [key] of affected) this.#rows.delete(key)
    const isOwn = changed.some(({ from, to }) => own.has(from) && own.has(to))
    return isOwn ? this.#compileAgain() : this.#peersChanged(affected.map(([, rows]) => rows))
  }

  /** Elements of networks are few, and all made anew where one of them changes; those of workloads are many. */
  #peersChanged(changed: readonly PeerRows[]): KernelDelta {
    const peers = new Set(changed.map(({ peer }) => peer))
    if (changed.some(({ isOutside }) => isOutside)) return this.#compileAgain()
    const workloads = this.#live.workloads.filter(({ id }) => peers.has(this.#live.peerOfWorkload(id)))
    return this.membersChanged(workloads.flatMap(({ addresses }) => addresses))
  }

  /** With what is known already of the rows between peers. */
  #compileAgain(): KernelDelta {
    const before = this.#spans
    this.#spans = new Map()
    this.#generation = this.#live.generation
    if (this.#self >= 0) this.#addAll()
    else this.#fallback = { outgoing: 'queue', incoming: 'queue' }
    const delta = this.#newDelta()
    for (const key of new Set([...before.keys(), ...this.#spans.keys()]))
      addDifference(delta, before.get(key), this.#spans.get(key))
    return delta
  }

  /**
   * Who has these addresses has changed: a workload came, went or is another. All else is as it was; where it is not, as after a
   * change of the policy or of the view's own workload, `compile` is what is to be called.
   *
   * @param addresses - in the form of `formatAddress`
   */
  membersChanged(addresses: readonly string[]): KernelDelta {
    if (this.#live.generation !== this.#generation) return this.compile()
    const delta = this.#newDelta()
    if (this.#self < 0) return delta
    for (const address of addresses) {
      for (const direction of directions) {
        const key = keyOf('workloads', direction, address)
        const before = this.#spans.get(key)
        this.#spans.delete(key)
        this.#addAddress(direction, address)
        addDifference(delta, before, this.#spans.get(key))
      }
    }
    return delta
  }

  #newDelta(): KernelDelta {
    return { removed: [], added: [], fallback: { ...this.#fallback } }
  }

  get #self(): number {
    return this.#live.peerOfWorkload(this.#view.subject)
  }

  #addAll(): void {
    const spans = addressSpans(this.#live.policy.addressPieces())
    const loopbackRows = this.#makeRows('outgoing', this.#self, false, 'all-udp')
    const addresses = new Set(this.#live.workloads.flatMap((workload) => workload.addresses))
    for (const direction of directions) {
      this.#addNetworks(direction, spans)
      for (const span of loopback) this.#put({ direction, layer: 'workloads', ...span }, loopbackRows)
      for (const address of addresses) this.#addAddress(direction, address)
    }
  }

  /** What is done with somebody of whom no group speaks, no element has to say. */
  #addNetworks(direction: Direction, spans: readonly AddressSpan[]): void {
    const nobody = this.#live.policy.peerOfGroups(['external', 'fed.external'])
    const fallback = mostOf(this.#rowsOf(direction, nobody, true).rows)
    this.#fallback[direction] = fallback
    for (const { family, first, last, peer } of spans) {
      const said = this.#rowsOf(direction, peer, true).rows.filter(({ verdict }) => verdict !== fallback)
      const place = { direction, layer: 'networks', family, firstAddress: first, lastAddress: last } as const
      if (said.length > 0) this.#put(place, rowsWithText(said))
    }
  }

  /** Nothing where networks say the same of the address. */
  #addAddress(direction: Direction, address: string): void {
    const workload = this.#live.workloadAt(address)
    if (workload === undefined || isLoopback(address)) return
    const rows = this.#rowsOf(direction, this.#live.peerOfWorkload(workload.id), false)
    const network = this.#live.policy.peerOfAddress(parseAddress(address))
    if (rows.text === this.#rowsOf(direction, network, true).text) return
    const family = address.includes(':') ? 6 : 4
    this.#put({ direction, layer: 'workloads', family, firstAddress: address, lastAddress: address }, rows)
  }

  #put(place: Span['place'], rows: Rows): void {
    this.#spans.set(keyOf(place.layer, place.direction, place.firstAddress), { place, rows })
  }

  #rowsOf(direction: Direction, peer: number, isOutside: boolean): Rows {
    const key = `${direction} ${peer} ${isOutside}`
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    if (this.#rows.size >= policyLimits.kernelPeers) this.#forgetRows()
    const made = { ...this.#makeRows(direction, peer, isOutside, 'port'), direction, peer, isOutside }
    this.#rows.set(key, made)
    return made
  }

  #forgetRows(): void {
    this.#rows.clear()
    this.#isPartial = true
  }

  #makeRows(direction: Direction, peer: number, isOutside: boolean, answers: 'port' | 'all-udp'): Rows {
    const { policy } = this.#live
    const { inspectsContent, tellsApplications } = this.#view
    const self = this.#self
    const [from, to] = direction === 'outgoing' ? [self, peer] : [peer, self]
    const rows = portRows(policy, {
      from,
      to,
      isOutside: isOutside && direction === 'outgoing',
      needsLook: inspectsContent || tellsApplications,
      readsAnswers: policy.hasDnsNames ? answers : 'none',
    })
    return rowsWithText(rows)
  }
}

function rowsWithText(rows: readonly PortRow[]): Rows {
  return { rows, text: rows.map(rowText).join('\n') }
}

function rowText({ firstProtocol, lastProtocol, firstPort, lastPort, verdict }: PortRow): string {
  return `${firstProtocol}-${lastProtocol} ${firstPort}-${lastPort} ${verdict}`
}

/** Spans of one layer and direction that begin at the same address never end at different ones at the same time. */
function keyOf(layer: KernelElement['layer'], direction: Direction, firstAddress: string): string {
  return `${layer} ${direction} ${firstAddress}`
}

function elementsOf({ place, rows }: Span): KernelElement[] {
  return rows.rows.map((row) => ({ ...place, ...row }))
}

function addDifference(delta: KernelDelta, before: Span | undefined, after: Span | undefined): void {
  const isSamePlace = before?.place.lastAddress === after?.place.lastAddress
  if (isSamePlace && before?.rows.text === after?.rows.text) return
  const [old, fresh] = [before, after].map((span) => (span === undefined ? [] : elementsOf(span)))
  const kept = isSamePlace ? new Set(old.map(rowText).filter(includedIn(fresh))) : new Set<string>()
  delta.removed.push(...old.filter((element) => !kept.has(rowText(element))))
  delta.added.push(...fresh.filter((element) => !kept.has(rowText(element))))
}

function includedIn(rows: readonly PortRow[]): (text: string) => boolean {
  const texts = new Set(rows.map(rowText))
  return (text) => texts.has(text)
}

/** The verdict on most ports of TCP, where most connections are. */
function mostOf(rows: readonly PortRow[]): KernelVerdict {
  const tcp = rows.filter(({ firstProtocol, lastProtocol }) => firstProtocol <= 6 && lastProtocol >= 6)
  const [widest] = tcp.toSorted((a, b) => b.lastPort - b.firstPort - (a.lastPort - a.firstPort))
  return widest.verdict
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}
