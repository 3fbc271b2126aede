import { FlowFlag, FLOW_WORDS, FlowWord, type FlowRecords, PHASE_MASK } from './flow-records.ts'
import { FlowPhase } from './flow-phase.ts'
import { type Packet, TcpFlag } from './packet.ts'

const { syn: SYN, ack: ACK, rst: RST, fin: FIN } = TcpFlag

/** How a flow's connection looks to a packet between the same ports. */
export const Connection = {
  /** The packet is of it. */
  same: 0,
  /** The packet begins another. */
  replaced: 1,
  /** The packet goes on with another, whose SYN was taken for a stray one. */
  replacedBySyn: 2,
} as const
export type Connection = (typeof Connection)[keyof typeof Connection]

/** More than the data of a SYN (TCP Fast Open) that a SYN+ACK may have taken. */
const SYN_DATA_BYTES = 65_536

/**
 * Tells ports that are used again from a stray or forged SYN. After the end of a connection a SYN begins the next one
 * (RFC 9293 section 3.6.1). Within a connection the receiver would not take it (RFC 5961 section 4.2), so it is only
 * noted, until the other side answers just that SYN: then the old connection is gone for both. Where only one side is
 * seen, that side's going on from the SYN has to do.
 */
export class PortReuse {
  readonly #records: FlowRecords

  constructor(records: FlowRecords) {
    this.#records = records
  }

  /** Takes a packet with SYN, or any once `FlowFlag.reopening` is set. `side` sent it; `isOneSided`: the other never did. */
  judge(flow: number, packet: Packet, side: 0 | 1, isOneSided: boolean): Connection {
    const flags = packet.tcpFlags & (SYN | ACK | RST | FIN)
    if (flags === SYN) return this.#syn(flow, packet, side)
    if (flags === (SYN | ACK)) return this.#synAck(flow, packet, side)
    return isOneSided && this.#goesOn(flow, packet, side) ? Connection.replacedBySyn : Connection.same
  }

  #syn(flow: number, packet: Packet, side: 0 | 1): Connection {
    const { words } = this.#records
    const at = flow * FLOW_WORDS
    const isRepeated = words[at + FlowWord.initialSequence] === (packet.sequence | 0)
    const status = words[at + FlowWord.status]
    if (isRepeated) return Connection.same
    switch (status & PHASE_MASK) {
      case FlowPhase.tcpClosed:
      case FlowPhase.tcpReset:
      case FlowPhase.released:
      case FlowPhase.cut:
        return Connection.replaced
      case FlowPhase.tcpOpening:
        // Another attempt; or from the other side a simultaneous open, which changes nothing.
        if (isFromClient(status, side)) words[at + FlowWord.initialSequence] = packet.sequence
        return Connection.same
      default:
        words[at + FlowWord.initialSequence] = packet.sequence
        words[at + FlowWord.status] =
          (status & ~FlowFlag.reopenedByHigh) |
          FlowFlag.reopening |
          (side === 1 ? FlowFlag.reopenedByHigh : 0)
        return Connection.same
    }
  }

  #synAck(flow: number, packet: Packet, side: 0 | 1): Connection {
    const at = flow * FLOW_WORDS
    const status = this.#records.words[at + FlowWord.status]
    const taken = (packet.acknowledgment - 1 - this.#records.words[at + FlowWord.initialSequence]) | 0
    const isAnswer = taken >= 0 && taken < SYN_DATA_BYTES
    const phase = status & PHASE_MASK
    if (phase === FlowPhase.tcpClosed || phase === FlowPhase.tcpReset) {
      return taken === 0 ? Connection.same : Connection.replaced
    }
    return isAnswer && isReopening(status) && !isReopener(status, side)
      ? Connection.replaced
      : Connection.same
  }

  #goesOn(flow: number, packet: Packet, side: 0 | 1): boolean {
    const at = flow * FLOW_WORDS
    const status = this.#records.words[at + FlowWord.status]
    const expected = (this.#records.words[at + FlowWord.initialSequence] + 1) | 0
    return isReopening(status) && isReopener(status, side) && expected === (packet.sequence | 0)
  }
}

function isReopening(status: number): boolean {
  return (status & FlowFlag.reopening) !== 0
}

function isReopener(status: number, side: 0 | 1): boolean {
  return ((status & FlowFlag.reopenedByHigh) !== 0) === (side === 1)
}

function isFromClient(status: number, side: 0 | 1): boolean {
  return ((status & FlowFlag.clientIsHigh) !== 0) === (side === 1)
}
