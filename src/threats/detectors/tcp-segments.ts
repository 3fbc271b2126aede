import { u16 } from '../../lib/bytes.ts'
import { Direction } from '../../model/direction.ts'
import { FlowPhase } from '../../packet/flow-phase.ts'
import { type Packet, TcpFlag } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'

const { fin: FIN, syn: SYN, rst: RST, psh: PSH, ack: ACK, urg: URG } = TcpFlag
const FLAGS = FIN | SYN | RST | PSH | ACK | URG

const HEADER_BYTES = 20
/** Kinds of TCP options (IANA). */
const Option = { end: 0, none: 1, maximumSegment: 2, fastOpen: 34, experiment: 254 } as const
/** TCP Fast Open before it had a number (RFC 7413 appendix A). */
const FAST_OPEN_EXPERIMENT = 0xf989

/** What only a scanner or an evasion sends: combinations of flags (RFC 9293 section 3.1), and what a SYN carries. */
export class TcpSegments {
  readonly #context: DetectorContext

  constructor(context: DetectorContext) {
    this.#context = context
  }

  segment(packet: Packet, flow: number): void {
    const flags = packet.tcpFlags & FLAGS
    // Nearly all segments.
    if ((flags & (ACK | SYN | FIN | RST)) === ACK) return
    this.#flags(packet, flow, flags)
    if ((flags & SYN) !== 0) this.#syn(packet, flow, flags)
  }

  #flags(packet: Packet, flow: number, flags: number): void {
    const { nullScan, xmasScan, finScan, illegalFlags } = this.#context.threats
    const { seen } = this.#context
    const found =
      flags === 0
        ? nullScan
        : (flags & SYN) !== 0 && (flags & (FIN | RST)) !== 0
          ? illegalFlags
          : (flags & FIN) !== 0 && (flags & RST) !== 0
            ? illegalFlags
            : (flags & (FIN | ACK)) !== FIN
              ? undefined
              : (flags & URG) !== 0
                ? xmasScan
                : finScan
    if (found === undefined) return
    seen.ofPacket(packet, flow)
    this.#context.tell(found)
  }

  #syn(packet: Packet, flow: number, flags: number): void {
    const { land, splitHandshake, synWithData, smallMss } = this.#context.threats
    const { seen, flows } = this.#context
    const options = readOptions(packet)
    const isSynAck = (flags & ACK) !== 0
    const isAnswer = flow >= 0 && !isSynAck && flows.direction === Direction.toClient
    const isSplit = isAnswer && flows.phase(flow) === FlowPhase.tcpOpening
    const isLand = isToItself(packet)
    const carries = packet.payloadLength > 0 && !isSynAck && !options.isFastOpen
    if (!isSplit && !isLand && !carries && options.maximumSegment > smallMss.measure.threshold) return
    seen.ofPacket(packet, flow)
    if (isSplit) this.#context.tell(splitHandshake)
    if (isLand) this.#context.tell(land)
    if (carries) this.#context.tell(synWithData)
    this.#context.tell(smallMss, options.maximumSegment)
  }
}

/** From an address and port to the same, not on the loopback, where a socket may connect to itself. */
function isToItself(packet: Packet): boolean {
  if (packet.sourcePort !== packet.destinationPort) return false
  const { bytes, sourceAt, destinationAt, ipVersion } = packet
  const length = ipVersion === 6 ? 16 : 4
  let isLoopback = ipVersion === 4 ? bytes[sourceAt] === 127 : bytes[sourceAt + 15] === 1
  for (let i = 0; i < length; i++) {
    if (bytes[sourceAt + i] !== bytes[destinationAt + i]) return false
    if (ipVersion === 6 && i < 15 && bytes[sourceAt + i] !== 0) isLoopback = false
  }
  return !isLoopback
}

/** What a SYN's options say; reused. */
const OPTIONS = { maximumSegment: Infinity, isFastOpen: false }

function readOptions(packet: Packet): Readonly<typeof OPTIONS> {
  const { bytes, payloadStart: end } = packet
  OPTIONS.maximumSegment = Infinity
  OPTIONS.isFastOpen = false
  let at = packet.transportAt + HEADER_BYTES
  while (at + 1 < end && bytes[at] !== Option.end) {
    const kind = bytes[at]
    if (kind === Option.none) {
      at++
      continue
    }
    const length = bytes[at + 1]
    if (length < 2 || at + length > end) break
    if (kind === Option.maximumSegment && length === 4) OPTIONS.maximumSegment = u16(bytes, at + 2)
    if (kind === Option.fastOpen) OPTIONS.isFastOpen = true
    if (kind === Option.experiment && length >= 4 && u16(bytes, at + 2) === FAST_OPEN_EXPERIMENT)
      OPTIONS.isFastOpen = true
    at += length
  }
  return OPTIONS
}
