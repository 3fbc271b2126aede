import { copyBytes } from '../../lib/bytes.ts'
import type { Packet } from '../../packet/packet.ts'
import { formatAddress } from '../../lib/ip.ts'
import { isPublicAddress } from '../address-kinds.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'
import { nameHash } from './domain-names.ts'

/** Both ends are on one node: a SYN is there at once. */
const WINDOW = { seconds: 5 }
const ADDRESS_BYTES = 16

/**
 * SYNs that leave one workload for an address outside and come to another instead: a service of Kubernetes that claims the address among its
 * `externalIPs` has them sent there (CVE-2020-8554). It is the same SYN where its first sequence number and its options are the same, which
 * translation of addresses leaves as they are.
 */
export class Redirections {
  readonly #context: DetectorContext
  readonly #table = new SlotTable(limits.redirectionSlots, WINDOW)
  /** By slot: where the SYN was seen, and for whom it was there. */
  readonly #origin = new Int32Array(limits.redirectionSlots)
  readonly #target = new Uint8Array(limits.redirectionSlots * ADDRESS_BYTES)

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** A SYN without ACK that begins a flow. */
  syn(packet: Packet, flow: number): void {
    const { seen, threats } = this.#context
    if (!threats.externalIp.on || packet.originNetworkId === 0) return
    seen.ofPacket(packet, flow)
    const options = nameHash(packet.bytes, packet.transportAt + 20, packet.payloadStart)
    seen.keyNumbers(threats.externalIp.id, packet.sequence | 0, options)
    const known = this.#table.find(seen.hash, seen.check)
    if (known < 0 || this.#table.isOver(known, seen.time)) this.#keep(known)
    else if (this.#origin[known] !== seen.origin) this.#compare(known)
  }

  #keep(known: number): void {
    const { seen } = this.#context
    const slot = known < 0 ? this.#table.take(seen.hash, seen.check, seen.time) : known
    this.#table.since[slot] = seen.time
    this.#origin[slot] = seen.origin
    copyBytes(seen.target, 0, seen.addressBytes, this.#target, slot * ADDRESS_BYTES)
  }

  /** Whichever of the two was seen first: the one that went outside says whom it was for. */
  #compare(slot: number): void {
    const { seen, threats } = this.#context
    const at = slot * ADDRESS_BYTES
    const length = seen.addressBytes
    const wasOutside = isPublicAddress(this.#target, at, length)
    if (wasOutside === isPublicAddress(seen.target, 0, length)) return
    const [outside, from] = wasOutside ? [this.#target, at] : [seen.target, 0]
    seen.subject = formatAddress(outside, from, length)
    seen.subjectHash = nameHash(outside, from, from + length) | 1
    if (!wasOutside) copyBytes(this.#target, at, at + length, seen.target, 0)
    // Whoever takes what was meant for another is who does it, to the client.
    seen.turn()
    this.#context.tell(threats.externalIp)
  }
}
