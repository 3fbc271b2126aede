import { i32, u32 } from '../../lib/bytes.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

/** RFC 2131 section 2: where fields stand in a message, and the cookie in front of its options. */
const SERVER_PORT = 67
const REPLY = 2
const TRANSACTION_AT = 4
const COOKIE_AT = 236
const COOKIE = 0x63825363
/** RFC 2132 sections 9.6 and 9.7. */
const Option = { pad: 0, type: 53, server: 54, end: 255 } as const
const OFFER = 2
const ACK = 5

/** Offers of addresses by servers that contradict each other: whoever answers first says which router and which DNS a host has. */
export class DhcpOffers {
  readonly #context: DetectorContext
  readonly #table: SlotTable
  /** By slot: the server that answered the transaction first. */
  readonly #server = new Int32Array(limits.dhcpSlots)

  constructor(context: DetectorContext) {
    this.#context = context
    this.#table = new SlotTable(limits.dhcpSlots, context.threats.dhcpSpoofing.measure)
  }

  /** A datagram. */
  datagram(packet: Packet, flow: number): void {
    if (packet.sourcePort !== SERVER_PORT) return
    const { seen, threats } = this.#context
    const { bytes, payloadStart: at, payloadEnd: end } = packet
    if (!threats.dhcpSpoofing.on || end - at < COOKIE_AT + 4 || bytes[at] !== REPLY) return
    if (u32(bytes, at + COOKIE_AT) !== COOKIE) return
    const server = serverOf(bytes, at + COOKIE_AT + 4, end)
    if (server === 0) return
    seen.ofPacket(packet, flow)
    seen.keyNumbers(threats.dhcpSpoofing.id, i32(bytes, at + TRANSACTION_AT), packet.originNetworkId)
    const slot = this.#table.find(seen.hash, seen.check)
    if (slot >= 0 && !this.#table.isOver(slot, seen.time)) {
      if (this.#server[slot] !== server) this.#context.tell(threats.dhcpSpoofing)
      return
    }
    const taken = slot >= 0 ? slot : this.#table.take(seen.hash, seen.check, seen.time)
    this.#table.since[taken] = seen.time
    this.#server[taken] = server
  }
}

/** The address by which the server of an offer or of an acknowledgement names itself; 0 where it is neither. */
function serverOf(bytes: Uint8Array, start: number, end: number): number {
  let type = 0
  let server = 0
  for (let at = start; at + 2 < end && bytes[at] !== Option.end;) {
    if (bytes[at] === Option.pad) {
      at++
      continue
    }
    const length = bytes[at + 1]
    if (at + 2 + length > end) return 0
    if (bytes[at] === Option.type && length === 1) type = bytes[at + 2]
    if (bytes[at] === Option.server && length === 4) server = i32(bytes, at + 2)
    at += 2 + length
  }
  return type === OFFER || type === ACK ? server : 0
}
