import { isPublicAddress } from '../address-kinds.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

const HOUR_US = 3_600_000_000
/** How long a host's usual volume is learned before more than that is told of: a day has its busy hours. */
const LEARNED_US = 24 * HOUR_US
/** What is left of the largest volume after an hour: half of it after a day and a half, so that one odd day is not the rule. */
const KEPT = 0.98
/** Values in an hour that are usual for anybody. */
const USUAL = 100

/**
 * How many values of personal data each host sends outside in an hour, against the most that it sent before. Hours are its own, and
 * begin with its first value.
 */
export class DataVolume {
  readonly #context: DetectorContext
  readonly #hosts = new SlotTable(limits.volumeSlots, { seconds: Number.POSITIVE_INFINITY })
  /** By slot: when the hour at hand began, and the most of an hour before; the hour's values are the weight. */
  readonly #hour = new Float64Array(limits.volumeSlots)
  readonly #most = new Float64Array(limits.volumeSlots)

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** So many values were found on a flow that were not told of before, in what its client and in what its server sent. */
  found(flow: number, origin: number, [toServer, toClient]: readonly [number, number]): void {
    const { flows, seen, threats } = this.#context
    if (!threats.dataVolume.on) return
    const isClientOutside = isOutside(flows.clientAddress(flow))
    if (isClientOutside === isOutside(flows.serverAddress(flow))) return
    const count = isClientOutside ? toClient : toServer
    if (count === 0) return
    seen.ofFlow(flows, flow, origin)
    if (isClientOutside) seen.turn()
    seen.key(threats.dataVolume.id, threats.dataVolume.by)
    const slot = this.#slot(seen.hash, seen.check, seen.time)
    this.#hosts.weight[slot] += count
    if (seen.time - this.#hosts.since[slot] < LEARNED_US) return
    const times = this.#hosts.weight[slot] / Math.max(USUAL, this.#most[slot])
    this.#context.tell(threats.dataVolume, Math.floor(times * 10) / 10, count)
  }

  #slot(hash: number, check: number, now: number): number {
    const known = this.#hosts.find(hash, check)
    if (known >= 0) {
      this.#passHours(known, now)
      return known
    }
    const slot = this.#hosts.take(hash, check, now)
    this.#hour[slot] = now
    this.#most[slot] = 0
    return slot
  }

  #passHours(slot: number, now: number): void {
    const hours = Math.floor((now - this.#hour[slot]) / HOUR_US)
    if (hours <= 0) return
    this.#most[slot] = Math.max(this.#most[slot], this.#hosts.weight[slot]) * KEPT ** hours
    this.#hosts.weight[slot] = 0
    this.#hour[slot] += hours * HOUR_US
  }
}

function isOutside(address: Uint8Array): boolean {
  return isPublicAddress(address, 0, address.length)
}
