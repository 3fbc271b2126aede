import type { FlowTable } from '../packet/flow-table.ts'
import type { ThreatDefinition } from './threat.ts'
import type { FlowMarks } from './flow-marks.ts'
import type { RateMeter } from './meters/rate-meter.ts'
import type { Seen } from './seen.ts'
import type { LookedFor } from './settings.ts'
import type { ThreatLog } from './threat-log.ts'
import type { ThreatTuning } from './tuning.ts'

/** What detectors share: one for each engine. */
export interface DetectorParts {
  seen: Seen
  marks: FlowMarks
  log: ThreatLog
  tuning: ThreatTuning
}

export class DetectorContext {
  readonly threats: LookedFor
  readonly flows: FlowTable
  readonly seen: Seen
  readonly marks: FlowMarks
  readonly #log: ThreatLog
  readonly #tuning: ThreatTuning

  constructor(threats: LookedFor, flows: FlowTable, parts: DetectorParts) {
    this.threats = threats
    this.flows = flows
    this.seen = parts.seen
    this.marks = parts.marks
    this.#log = parts.log
    this.#tuning = parts.tuning
  }

  /** What is in `seen` is a threat, if it is looked for and reaches its threshold. */
  tell(threat: ThreatDefinition, value = 1, count = 1): void {
    const own = this.#own(threat)
    const { threshold, isAtMost } = own.measure
    const isReached = isAtMost === true ? value <= threshold : value >= threshold
    if (own.on && isReached) this.#log.add(own, this.seen, value, count)
  }

  /** From which value on a threat is one where it is that is in `seen`. */
  thresholdOf(threat: ThreatDefinition): number {
    return this.#own(threat).measure.threshold
  }

  /** As it is looked for where it is that is in `seen`. */
  #own(threat: ThreatDefinition): ThreatDefinition {
    return this.#tuning.of(threat, this.seen.origin)
  }

  /** What is in `seen` happened once more, or `by` times; a threat where that is too often. */
  meter(threat: ThreatDefinition, meter: RateMeter, by = 1): void {
    const { seen } = this
    const own = this.#own(threat)
    if (!own.on) return
    meter.threshold = own.measure.threshold
    seen.key(threat.id, threat.by)
    const value = meter.count(seen.hash, seen.check, seen.time, by)
    if (value > 0 && meter.news > 0) this.#log.add(own, seen, value, meter.news)
  }
}
