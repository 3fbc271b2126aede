import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { DetectorContext } from '../detector-context.ts'
import { Mark } from '../flow-marks.ts'
import { RateMeter } from '../meters/rate-meter.ts'

/** A request that takes longer is slow, where it came with less than so many bytes a second: people upload faster over any line. */
const REQUEST_US = 10_000_000
const BYTES_PER_SECOND = 100
/** NeuVector's numbers. */
const WINDOW_BYTES = 16
const WINDOW_US = 8_000_000

/** Clients that keep a server's places taken with requests that never become whole, or with answers that they do not take. */
export class SlowClients {
  readonly #context: DetectorContext
  readonly #isWithinRequest: (flow: number) => boolean
  readonly #requests: RateMeter
  readonly #windows: RateMeter

  /** @param isWithinRequest whether a request of the flow has begun and is not whole, before the packet at hand */
  constructor(context: DetectorContext, isWithinRequest: (flow: number) => boolean) {
    this.#context = context
    this.#isWithinRequest = isWithinRequest
    this.#requests = new RateMeter(context.threats.slowRequests.measure)
    this.#windows = new RateMeter(context.threats.smallWindow.measure)
  }

  /** A segment of a connection that both ends know. */
  segment(packet: Packet, flow: number): void {
    const { flows, marks } = this.#context
    if (flows.direction !== Direction.toServer) return
    if (packet.window < WINDOW_BYTES) this.#narrow(packet, flow)
    else if (marks.windowSince.length > 0) marks.windowSince[flow] = 0
    if (packet.payloadLength > 0) this.#sent(packet, flow)
  }

  #narrow(packet: Packet, flow: number): void {
    const { marks, seen, threats } = this.#context
    marks.takeWindows()
    if (marks.windowSince[flow] === 0) marks.windowSince[flow] = packet.time
    if (packet.time - marks.windowSince[flow] < WINDOW_US || marks.has(flow, Mark.smallWindow)) return
    if (!threats.smallWindow.on) return
    marks.set(flow, Mark.smallWindow)
    seen.ofPacket(packet, flow)
    this.#context.meter(threats.smallWindow, this.#windows)
  }

  #sent(packet: Packet, flow: number): void {
    const { marks, seen } = this.#context
    if (!this.#isWithinRequest(flow)) {
      marks.requestSince[flow] = packet.time
      marks.requestBytes[flow] = packet.payloadLength
      return
    }
    marks.requestBytes[flow] += packet.payloadLength
    if (!this.#isSlow(flow, packet.time)) return
    seen.ofPacket(packet, flow)
    this.#count(flow)
  }

  /** A flow is over: its last request may have been waited for until then. */
  ended(flow: number, origin: number): void {
    const { flows, seen, marks } = this.#context
    if (
      marks.requestSince[flow] === 0 ||
      !this.#isWithinRequest(flow) ||
      !this.#isSlow(flow, flows.last(flow))
    )
      return
    seen.ofFlow(flows, flow, origin)
    this.#count(flow)
  }

  #isSlow(flow: number, now: number): boolean {
    const { marks } = this.#context
    const age = now - marks.requestSince[flow]
    return age >= REQUEST_US && marks.requestBytes[flow] < (age / 1_000_000) * BYTES_PER_SECOND
  }

  #count(flow: number): void {
    const { marks, threats } = this.#context
    if (!threats.slowRequests.on || marks.has(flow, Mark.slowRequest)) return
    marks.set(flow, Mark.slowRequest)
    this.#context.meter(threats.slowRequests, this.#requests)
  }
}
