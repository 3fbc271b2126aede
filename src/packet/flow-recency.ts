import type { Microseconds } from '../lib/time.ts'
import { FLOW_STATS, FLOW_WORDS, type FlowRecords, FlowStat, FlowWord } from './flow-records.ts'
import { flowLimits } from './limits.ts'

const CLOCK_STEP_US = flowLimits.clockStepMs * 1000

/**
 * One list a phase, from the flow seen longest ago to the one seen last, linked through the records. All flows of a
 * list have the same time-out, so its oldest is the first to be idle and the first to make room.
 */
export class FlowRecency {
  readonly #records: FlowRecords
  readonly #oldest: Int32Array
  readonly #newest: Int32Array
  /** Microseconds by phase, and how many grains one microsecond is: a flow moves up once a grain. */
  readonly #timeouts: Float64Array
  readonly #grains: Float64Array

  constructor(records: FlowRecords, timeoutsMs: readonly number[]) {
    this.#records = records
    this.#timeouts = Float64Array.from(timeoutsMs, (timeoutMs) => timeoutMs * 1000)
    this.#grains = this.#timeouts.map((timeout) => flowLimits.recencyParts / timeout)
    this.#oldest = new Int32Array(timeoutsMs.length).fill(-1)
    this.#newest = new Int32Array(timeoutsMs.length).fill(-1)
  }

  /** -1 when no flow is in this phase. */
  oldest(phase: number): number {
    return this.#oldest[phase]
  }

  isIdle(flow: number, phase: number, now: Microseconds): boolean {
    return now - this.#last(flow) >= this.#timeouts[phase]
  }

  /** A flow that is idle at `now`, or -1. The oldest of each phase is looked at, no more. No clock is past `latest`. */
  idle(now: Microseconds, latest: Microseconds): number {
    for (let phase = 0; phase < this.#oldest.length; phase++) {
      const flow = this.#oldest[phase]
      if (flow < 0) continue
      if (this.isIdle(flow, phase, now)) return flow
      // Of another clock, or from before the clock was put back: it shall not hide those behind it.
      if (this.#last(flow) > latest + CLOCK_STEP_US) this.#moveUp(flow, phase)
    }
    return -1
  }

  /** Moves a flow up whose last packet before the one at `time` was at `last`, unless it did so in the same grain. */
  refresh(flow: number, phase: number, time: Microseconds, last: Microseconds): void {
    const grain = this.#grains[phase]
    if (Math.floor(time * grain) !== Math.floor(last * grain)) this.#moveUp(flow, phase)
  }

  add(flow: number, phase: number): void {
    const { words } = this.#records
    const before = this.#newest[phase]
    words[flow * FLOW_WORDS + FlowWord.older] = before
    words[flow * FLOW_WORDS + FlowWord.newer] = -1
    if (before < 0) this.#oldest[phase] = flow
    else words[before * FLOW_WORDS + FlowWord.newer] = flow
    this.#newest[phase] = flow
  }

  remove(flow: number, phase: number): void {
    const { words } = this.#records
    const older = words[flow * FLOW_WORDS + FlowWord.older]
    const newer = words[flow * FLOW_WORDS + FlowWord.newer]
    if (older < 0) this.#oldest[phase] = newer
    else words[older * FLOW_WORDS + FlowWord.newer] = newer
    if (newer < 0) this.#newest[phase] = older
    else words[newer * FLOW_WORDS + FlowWord.older] = older
  }

  #last(flow: number): Microseconds {
    return this.#records.stats[flow * FLOW_STATS + FlowStat.last]
  }

  #moveUp(flow: number, phase: number): void {
    this.remove(flow, phase)
    this.add(flow, phase)
  }
}
