import { Direction } from '../../model/direction.ts'
import { IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'
import { isPublicAddress } from '../address-kinds.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'
import { nameHash, registeredLength } from './domain-names.ts'

/** How long a destination is remembered that is not called: what is paid or backed up once a month is known. */
const REMEMBERED = { seconds: 40 * 86_400 }
const HOUR_US = 3_600_000_000
const DNS_PORT = 53
const LONGEST_NAME = 255

/** What a hash of `seen.key` is of, beside the threat's number. */
const Kind = { caller: 0, named: 1, destination: 2 } as const

/**
 * Destinations outside that a host never called before, once its usual ones have been learned. A destination is the registered domain by
 * which an answer of DNS named the address, or the network of the address where none did: services move about in theirs.
 */
export class NewDestinations {
  readonly #context: DetectorContext
  /** Hosts, since their first call. */
  readonly #callers = new SlotTable(limits.callerSlots, { seconds: Number.POSITIVE_INFINITY })
  /** Addresses that answers named, and the name: which domain it is of is found out where somebody calls it. */
  readonly #named = new SlotTable(limits.namedSlots, REMEMBERED)
  readonly #names: string[] = Array<string>(limits.namedSlots).fill('')
  readonly #destinations = new SlotTable(limits.destinationSlots, REMEMBERED)
  readonly #name = new Uint8Array(LONGEST_NAME)

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** An answer to the client of a flow gave a name an address of 4 or 16 bytes. */
  resolved(flow: number, origin: number, name: string, address: Uint8Array): void {
    const { flows, seen, threats } = this.#context
    if (!threats.newDestination.on || !isPublicAddress(address, 0, address.length)) return
    seen.ofFlow(flows, flow, origin)
    this.#key(Kind.named, addressHash(address, 0, address.length))
    let slot = this.#named.find(seen.hash, seen.check)
    if (slot < 0) slot = this.#named.take(seen.hash, seen.check, seen.time)
    this.#named.since[slot] = seen.time
    this.#named.weight[slot]++
    this.#names[slot] = name
  }

  /** The first packet of a flow. */
  began(packet: Packet, flow: number): void {
    const { flows, seen, threats } = this.#context
    const { bytes, sourceAt, destinationAt, ipVersion, protocol } = packet
    if (!threats.newDestination.on || flows.direction !== Direction.toServer) return
    if (protocol === IpProtocol.tcp ? (packet.tcpFlags & TcpFlag.syn) === 0 : protocol !== IpProtocol.udp)
      return
    const length = ipVersion === 6 ? 16 : 4
    if (packet.destinationPort === DNS_PORT || isPublicAddress(bytes, sourceAt, length)) return
    if (!isPublicAddress(bytes, destinationAt, length)) return
    seen.ofPacket(packet, flow)
    const learnedHours = this.#learnedHours()
    const domain = this.#domainOf(addressHash(bytes, destinationAt, length))
    if (this.#isKnown(domain, networkHash(bytes, destinationAt, length))) return
    seen.subject = domain
    this.#context.tell(threats.newDestination, learnedHours)
  }

  /** Hours since the host first called somebody outside. */
  #learnedHours(): number {
    const { seen } = this.#context
    this.#key(Kind.caller, 1)
    let slot = this.#callers.find(seen.hash, seen.check)
    if (slot < 0) slot = this.#callers.take(seen.hash, seen.check, seen.time)
    this.#callers.weight[slot]++
    return Math.floor((seen.time - this.#callers.since[slot]) / HOUR_US)
  }

  #domainOf(hash: number): string {
    const { seen } = this.#context
    this.#key(Kind.named, hash)
    const slot = this.#named.find(seen.hash, seen.check)
    return slot < 0 ? '' : this.#registered(this.#names[slot])
  }

  /** Whether the destination was called before; it is known from now on. */
  #isKnown(domain: string, network: number): boolean {
    const { seen } = this.#context
    this.#key(Kind.destination, domain === '' ? network : this.#textHash(domain))
    const slot = this.#destinations.find(seen.hash, seen.check)
    const isKnown = slot >= 0 && !this.#destinations.isOver(slot, seen.time)
    const kept = slot < 0 ? this.#destinations.take(seen.hash, seen.check, seen.time) : slot
    this.#destinations.since[kept] = seen.time
    this.#destinations.weight[kept]++
    return isKnown
  }

  #key(kind: number, subject: number): void {
    const { seen, threats } = this.#context
    seen.subjectHash = subject
    seen.key((threats.newDestination.id << 2) | kind, 'source')
  }

  #registered(name: string): string {
    const length = this.#write(name)
    return name.slice(length - registeredLength(this.#name, length)).replace(/^\./, '')
  }

  #textHash(text: string): number {
    return nameHash(this.#name, 0, this.#write(text)) | 1
  }

  #write(text: string): number {
    const length = Math.min(text.length, LONGEST_NAME)
    for (let i = 0; i < length; i++) this.#name[i] = text.charCodeAt(i)
    return length
  }
}

/** FNV-1a; never 0, which stands for no subject. */
function addressHash(bytes: Uint8Array, start: number, length: number): number {
  return nameHash(bytes, start, start + length) | 1
}

/** Of the /24 or /48 that an address is in. */
function networkHash(bytes: Uint8Array, at: number, length: number): number {
  return addressHash(bytes, at, length === 16 ? 6 : 3)
}
