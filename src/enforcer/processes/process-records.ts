import type { ProcessRecord } from '../../model/records.ts'
import type { ProcessVerdict } from '../../policy/processes/process-verdict.ts'
import { maskSecretArguments } from '../../policy/processes/secret-arguments.ts'
import type { RecordText } from '../worker-messages.ts'
import { Aggregates } from './aggregates.ts'
import type { ProgramObservation } from './gate-messages.ts'

/** Masks personal data in texts, each apart. */
export type Redact = (texts: readonly string[]) => Promise<readonly string[]>

const actions: Record<ProcessVerdict['effect'], ProcessRecord['action']> = {
  allow: 'allowed',
  learn: 'learned',
  report: 'reported',
  block: 'blocked',
}

/**
 * Records of programs: one for each kind (workload, program, user, what was decided and why), counted. Arguments are those of the
 * first of a kind, masked before they are told.
 */
export class ProcessRecords {
  readonly #aggregates: Aggregates<ProcessRecord>
  readonly #redact: Redact
  readonly #tell: (record: RecordText) => void
  /** Kinds whose first one is being masked, with what came of them meanwhile. */
  readonly #pending = new Map<string, { count: number; at: number }>()

  constructor(run: string, redact: Redact, tell: (record: RecordText) => void) {
    this.#aggregates = new Aggregates(`${run}-process-`)
    this.#redact = redact
    this.#tell = tell
  }

  add(observation: ProgramObservation): void {
    const { count, at } = observation
    const key = keyOf(observation)
    const pending = this.#pending.get(key)
    if (pending !== undefined) {
      pending.count += count
      pending.at = at
    } else if (!this.#aggregates.grow(key, count, at)) {
      this.#pending.set(key, { count: 0, at })
      void this.#begin(key, observation)
    }
  }

  /** Tells what has grown. */
  flush(): void {
    for (const record of this.#aggregates.take()) this.#tell(record)
  }

  /** Where nobody can mask, nothing of the arguments but the program's name is told. */
  async #begin(key: string, observation: ProgramObservation): Promise<void> {
    const given = maskSecretArguments(observation.name, observation.arguments)
    const masked = await this.#redact(given).catch(() => given.slice(0, 1))
    const { count, at } = observation
    this.#tell(this.#aggregates.begin(key, processOccurrence(observation, masked), count, at))
    const pending = this.#pending.get(key)
    this.#pending.delete(key)
    if (pending !== undefined && pending.count > 0) this.#aggregates.grow(key, pending.count, pending.at)
  }
}

function keyOf({ workload, event, path, name, uid, origin, verdict, suspicion }: ProgramObservation): string {
  const { effect, reason, rule } = verdict
  return JSON.stringify([workload, event, path, name, uid, origin, effect, reason, rule, suspicion?.kind])
}

function processOccurrence(observation: ProgramObservation, masked: readonly string[]) {
  const { workload, event, pid, name, path, uid, userName, ancestors, origin, verdict, suspicion } =
    observation
  const user = { id: uid, ...(userName === undefined ? {} : { name: userName }) }
  return {
    type: 'process' as const,
    workload,
    event,
    process: { pid, name, path, arguments: [...masked], user, ancestors },
    origin,
    action: actions[verdict.effect],
    reason: verdict.reason,
    ...(verdict.rule === undefined ? {} : { rule: verdict.rule }),
    ...(suspicion === undefined ? {} : { suspicion: { kind: suspicion.kind, severity: suspicion.severity } }),
  }
}
