import type { FlowTable } from '../packet/flow-table.ts'
import type { ThreatDefinition } from './threat.ts'
import type { FlowMarks } from './flow-marks.ts'
import type { RateMeter } from './meters/rate-meter.ts'
import type { Seen } from './seen.ts'
import type { LookedFor } from './settings.ts'
import type { ThreatLog } from './threat-log.ts'

/** What detectors share: one for each engine. */
export class DetectorContext {
  readonly threats: LookedFor
  readonly flows: FlowTable
  readonly seen: Seen
  readonly marks: FlowMarks
  readonly #log: ThreatLog

  constructor(threats: LookedFor, flows: FlowTable, parts: { seen: Seen; marks: FlowMarks; log: ThreatLog }) {
    this.threats = threats
    this.flows = flows
    this.seen = parts.seen
    this.marks = parts.marks
    this.#log = parts.log
  }

  /** What is in `seen` is a threat, if it is looked for and reaches its threshold. */
  tell(threat: ThreatDefinition, value = 1, count = 1): void {
    const { threshold, isAtMost } = threat.measure
    const isReached = isAtMost === true ? value <= threshold : value >= threshold
    if (threat.on && isReached) this.#log.add(threat, this.seen, value, count)
  }

  /** What is in `seen` happened once more, or `by` times; a threat where that is too often. */
  meter(threat: ThreatDefinition, meter: RateMeter, by = 1): void {
    const { seen } = this
    seen.key(threat.id, threat.by)
    const value = meter.count(seen.hash, seen.check, seen.time, by)
    if (value > 0 && meter.news > 0) this.#log.add(threat, seen, value, meter.news)
  }
}
