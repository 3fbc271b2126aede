import { Direction } from '../../model/direction.ts'
import { IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'

const { syn: SYN, ack: ACK, rst: RST } = TcpFlag

/** Connections as a whole: how many a source has, and those on which nothing was said. */
export class Connections {
  readonly #context: DetectorContext
  readonly #open: RateMeter
  readonly #silent: RateMeter

  constructor(context: DetectorContext) {
    const { sessionLimit, noClientData } = context.threats
    this.#context = context
    // No window ends: what is open is taken back when it closes.
    this.#open = new RateMeter(sessionLimit.measure, { seconds: Infinity })
    this.#silent = new RateMeter(noClientData.measure)
  }

  /** A TCP segment of a flow. */
  segment(packet: Packet, flow: number): void {
    const { flows, marks, seen, threats } = this.#context
    if ((packet.tcpFlags & (SYN | ACK | RST)) !== ACK || marks.has(flow, Mark.completed)) return
    if (flows.direction !== Direction.toServer) return
    marks.set(flow, Mark.completed)
    if (!threats.sessionLimit.on) return
    marks.set(flow, Mark.session)
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.sessionLimit, this.#open)
  }

  ended(flow: number, origin: number): void {
    const { flows, marks, seen, threats } = this.#context
    if (flows.protocol(flow) !== IpProtocol.tcp) return
    const isSilent = marks.has(flow, Mark.completed) && !marks.has(flow, Mark.clientData | Mark.serverData)
    const isCounted = marks.has(flow, Mark.session)
    if (!isCounted && !(isSilent && threats.noClientData.on)) return
    seen.ofFlow(flows, flow, origin)
    if (isCounted) this.#context.meter(threats.sessionLimit, this.#open, -1)
    if (isSilent && threats.noClientData.on) this.#context.meter(threats.noClientData, this.#silent)
  }
}
