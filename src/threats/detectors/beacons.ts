import { Direction } from '../../model/direction.ts'
import { IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'
import { isPublicAddress } from '../address-kinds.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

/** How long calls are followed: an implant that calls once an hour takes half a day to be told. */
const WINDOW = { seconds: 86_400 }
/** Shorter intervals are of something that is at work. */
const LEAST_US = 5_000_000
/** Standard deviation of the intervals, as a part of their mean: chance calls have 1, a timer with a tenth of jitter 0.06. */
const VARIATION = 0.15
/** Services that everybody asks at even intervals: DNS, NTP. */
const usual = new Set([53, 123])

/** Calls to one service outside at even intervals. What goes on inside, as health checks do, is none. */
export class Beacons {
  readonly #context: DetectorContext
  readonly #table = new SlotTable(limits.beaconSlots, WINDOW)
  /** By slot, beside the number of intervals: the last call, and the mean and the squared differences of intervals (Welford 1962). */
  readonly #last = new Float64Array(limits.beaconSlots)
  readonly #mean = new Float64Array(limits.beaconSlots)
  readonly #squares = new Float64Array(limits.beaconSlots)

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** The first packet of a flow. */
  began(packet: Packet, flow: number): void {
    const { flows, seen, threats } = this.#context
    const { bytes, destinationAt, ipVersion } = packet
    if (!threats.beacon.on || flows.direction !== Direction.toServer || usual.has(packet.destinationPort))
      return
    if (packet.protocol === IpProtocol.tcp && (packet.tcpFlags & TcpFlag.syn) === 0) return
    if (!isPublicAddress(bytes, destinationAt, ipVersion === 6 ? 16 : 4)) return
    seen.ofPacket(packet, flow)
    seen.subjectHash = packet.destinationPort + 1
    seen.key(threats.beacon.id, threats.beacon.by)
    const slot = this.#table.find(seen.hash, seen.check)
    if (slot < 0 || this.#table.isOver(slot, seen.time)) this.#begin(slot, seen.time)
    else this.#call(slot, seen.time)
  }

  #begin(known: number, now: number): void {
    const { hash, check } = this.#context.seen
    const slot = known < 0 ? this.#table.take(hash, check, now) : known
    this.#table.since[slot] = now
    this.#table.weight[slot] = 0
    this.#last[slot] = now
    this.#mean[slot] = 0
    this.#squares[slot] = 0
  }

  #call(slot: number, now: number): void {
    const { threats } = this.#context
    const interval = now - this.#last[slot]
    // Several connections of one call count as one.
    if (interval < LEAST_US) return
    this.#last[slot] = now
    const count = ++this.#table.weight[slot]
    const difference = interval - this.#mean[slot]
    this.#mean[slot] += difference / count
    this.#squares[slot] += difference * (interval - this.#mean[slot])
    const deviation = Math.sqrt(this.#squares[slot] / count)
    if (count >= threats.beacon.measure.threshold && deviation <= this.#mean[slot] * VARIATION)
      this.#context.tell(threats.beacon, count, count === threats.beacon.measure.threshold ? count : 1)
  }
}
