import { formatTime } from '../../lib/time.ts'
import type {
  AttackRecord,
  PersonalDataRecord,
  SummaryRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import type { Engine } from '../../inspect/engine.ts'
import type { FlowView } from '../../inspect/flow-view.ts'
import { passedOver } from '../../inspect/passed-over.ts'
import { SubjectSketch } from '../../personal-data/counting/subject-sketch.ts'

/** Counts what a run saw, for its summary. */
export class Tally {
  flows = 0
  readonly applications: Record<string, number> = {}
  readonly findings: Record<string, number> = {}
  readonly violations: Record<string, number> = {}
  readonly threats: Record<string, number> = {}
  readonly attacks: Record<string, number> = {}
  readonly #subjects = new SubjectSketch()
  readonly incomplete: { file: string; offset: number; reason: string }[] = []
  #start = Infinity
  #end = -Infinity

  flow(view: FlowView, start: number, end: number): void {
    this.flows++
    add(this.applications, view.application, 1)
    view.addSubjectsTo(this.#subjects)
    this.#start = Math.min(this.#start, start)
    this.#end = Math.max(this.#end, end)
  }

  finding(record: PersonalDataRecord): void {
    add(this.findings, record.identifier, record.count)
  }

  violation({ criterion, count }: ViolationRecord): void {
    add(this.violations, criterion, count)
  }

  attack({ class: attackClass, count }: AttackRecord): void {
    add(this.attacks, attackClass, count)
  }

  threat({ name, count }: ThreatRecord): void {
    add(this.threats, name, count)
  }

  summary(files: string[], engine: Engine): SummaryRecord {
    return {
      type: 'summary',
      files,
      start: Number.isFinite(this.#start) ? formatTime(this.#start) : null,
      end: Number.isFinite(this.#end) ? formatTime(this.#end) : null,
      packets: engine.counters.packets,
      bytes: engine.counters.bytes,
      flows: this.flows,
      applications: this.applications,
      findings: this.findings,
      ...(!this.#subjects.isEmpty && { dataSubjects: this.#subjects.estimate() }),
      ...(Object.keys(this.violations).length === 0 ? {} : { violations: this.violations }),
      ...(Object.keys(this.attacks).length === 0 ? {} : { attacks: this.attacks }),
      ...(Object.keys(this.threats).length === 0 ? {} : { threats: this.threats }),
      skipped: passedOver(engine),
      ...(this.incomplete.length === 0 ? {} : { incomplete: this.incomplete }),
    }
  }
}

function add(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count
}
