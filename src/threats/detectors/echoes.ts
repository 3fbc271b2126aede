import { u16 } from '../../lib/bytes.ts'
import { IpProtocol, type Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'

/** Types of RFC 792 and RFC 4443. */
const echo = { request: 8, reply: 0 }
const echo6 = { request: 128, reply: 129 }
/** Of ICMP requests that have an answer, beside echo: timestamp, information, address mask. */
const otherRequests = new Set([13, 15, 17])

const SEQUENCE_AT = 6

/** Whether a message asks for an answer. */
export function isIcmpRequest({ protocol, icmpType }: Packet): boolean {
  if (protocol === IpProtocol.icmp6) return icmpType === echo6.request
  return icmpType === echo.request || otherRequests.has(icmpType)
}

/** Pings: their size, and whether replies bring back what was sent (RFC 792), which tunnels do not. */
export class Echoes {
  readonly #context: DetectorContext

  constructor(context: DetectorContext) {
    this.#context = context
  }

  message(packet: Packet, flow: number): void {
    const { seen, threats } = this.#context
    if (packet.payloadLength >= threats.pingOfDeath.measure.threshold) {
      seen.ofPacket(packet, flow)
      this.#context.tell(threats.pingOfDeath, packet.payloadLength)
    }
    const kinds = packet.protocol === IpProtocol.icmp6 ? echo6 : echo
    if (flow < 0 || !threats.icmpTunnel.on) return
    if (packet.icmpType === kinds.request) this.#sent(packet, flow)
    else if (packet.icmpType === kinds.reply) this.#answered(packet, flow)
  }

  #sent(packet: Packet, flow: number): void {
    const { marks } = this.#context
    marks.takeEchoes()
    marks.echoSequence[flow] = sequenceOf(packet)
    marks.echoPayload[flow] = payloadHash(packet)
  }

  #answered(packet: Packet, flow: number): void {
    const { marks, seen, threats } = this.#context
    marks.takeEchoes()
    if (marks.echoSequence[flow] !== sequenceOf(packet) || marks.echoPayload[flow] === payloadHash(packet))
      return
    if (marks.echoDiffering[flow] < 0xff) marks.echoDiffering[flow]++
    const differing = marks.echoDiffering[flow]
    if (differing < threats.icmpTunnel.measure.threshold) return
    seen.ofPacket(packet, flow)
    seen.turn()
    this.#context.tell(
      threats.icmpTunnel,
      differing,
      differing === threats.icmpTunnel.measure.threshold ? differing : 1,
    )
  }
}

function sequenceOf({ bytes, transportAt }: Packet): number {
  return u16(bytes, transportAt + SEQUENCE_AT)
}

/** FNV-1a of the payload's beginning and of its length. */
function payloadHash({ bytes, payloadStart, payloadEnd, payloadLength }: Packet): number {
  const end = Math.min(payloadEnd, payloadStart + limits.payloadBytes)
  let hash = 0x811c9dc5 ^ payloadLength
  for (let i = payloadStart; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
  return hash
}
