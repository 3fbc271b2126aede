import { i32, u16 } from '../../lib/bytes.ts'
import { LinkType, type Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

const ETHERNET_BYTES = 14
const ARP = 0x0806
/** Ethernet and IPv4, with their lengths (RFC 826). */
const KIND = [1, 0x0800, 0x0604] as const
const MESSAGE_BYTES = 28
const SENDER_MAC_AT = 8
const SENDER_IP_AT = 14

/** Who says that an address is his. A device that takes over from another says so once; one that is between others again and again. */
export class ArpClaims {
  readonly #context: DetectorContext
  readonly #table: SlotTable
  /** By slot: the hardware address that was claimed last. */
  readonly #high = new Int32Array(limits.arpSlots)
  readonly #low = new Int32Array(limits.arpSlots)

  constructor(context: DetectorContext) {
    this.#context = context
    this.#table = new SlotTable(limits.arpSlots, context.threats.arpSpoofing.measure)
  }

  /** A frame that is not IP. */
  frame(packet: Packet): void {
    const { arpSpoofing } = this.#context.threats
    const { bytes, start, end, linkType } = packet
    const at = start + ETHERNET_BYTES
    if (!arpSpoofing.on || linkType !== LinkType.ethernet || end - at < MESSAGE_BYTES) return
    if (u16(bytes, at - 2) !== ARP || KIND.some((word, i) => u16(bytes, at + 2 * i) !== word)) return
    const high = u16(bytes, at + SENDER_MAC_AT)
    const low = i32(bytes, at + SENDER_MAC_AT + 2)
    // Whoever asks whether an address is free claims none (RFC 5227).
    if (i32(bytes, at + SENDER_IP_AT) === 0) return
    this.#claim(packet, at + SENDER_IP_AT, high, low)
  }

  #claim(packet: Packet, addressAt: number, high: number, low: number): void {
    const { seen, threats } = this.#context
    seen.ofClaim(packet, addressAt)
    seen.key(threats.arpSpoofing.id, threats.arpSpoofing.by)
    let slot = this.#table.find(seen.hash, seen.check)
    if (slot < 0) {
      slot = this.#table.take(seen.hash, seen.check, packet.time)
    } else if (this.#high[slot] !== high || this.#low[slot] !== low) {
      if (this.#table.isOver(slot, packet.time)) this.#table.weight[slot] = 0
      if (this.#table.weight[slot] === 0) this.#table.since[slot] = packet.time
      this.#context.tell(threats.arpSpoofing, ++this.#table.weight[slot])
    }
    this.#high[slot] = high
    this.#low[slot] = low
  }
}
