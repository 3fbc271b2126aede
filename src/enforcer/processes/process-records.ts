import type { ProcessRecord } from '../../model/records.ts'
import type { ProcessVerdict } from '../../policy/processes/process-verdict.ts'
import type { RecordText } from '../worker-messages.ts'
import { maskedActor, type Redact } from './actor.ts'
import { Aggregates, type Occurrence } from './aggregates.ts'
import type { ProgramObservation } from './gate-messages.ts'

const actions: Record<ProcessVerdict['effect'], ProcessRecord['action']> = {
  allow: 'allowed',
  learn: 'learned',
  report: 'reported',
  block: 'blocked',
}

/**
 * Records of programs: one for each kind (workload, program, user, what was decided and why), counted. Who did it is the first of a
 * kind.
 */
export class ProcessRecords {
  readonly #aggregates: Aggregates<ProcessRecord>
  readonly #redact: Redact

  /** @param run names this run of the enforcer */
  constructor(run: string, redact: Redact, tell: (record: RecordText) => void) {
    this.#aggregates = new Aggregates(`${run}-process-`, tell)
    this.#redact = redact
  }

  add(observation: ProgramObservation): void {
    const { count, at, pid } = observation
    this.#aggregates.add(keyOf(observation), { count, at, pid }, () => this.#occurrence(observation))
  }

  /** Tells what has grown. */
  flush(): void {
    this.#aggregates.flush()
  }

  async #occurrence(observation: ProgramObservation): Promise<Occurrence<ProcessRecord>> {
    const { workload, event, origin, verdict, suspicion, isKilled } = observation
    return {
      type: 'process',
      workload,
      event,
      process: await maskedActor(observation, this.#redact),
      origin,
      action: isKilled === true ? 'killed' : actions[verdict.effect],
      reason: verdict.reason,
      ...(verdict.rule === undefined ? {} : { rule: verdict.rule }),
      ...(suspicion === undefined
        ? {}
        : { suspicion: { kind: suspicion.kind, severity: suspicion.severity } }),
    }
  }
}

function keyOf(observation: ProgramObservation): string {
  const { workload, event, path, name, uid, origin, verdict, suspicion, isKilled } = observation
  const { effect, reason, rule } = verdict
  return JSON.stringify([
    ...[workload, event, path, name, uid, origin],
    ...[effect, reason, rule, suspicion?.kind, isKilled],
  ])
}
