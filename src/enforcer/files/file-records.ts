import type { FileRecord } from '../../model/records.ts'
import type { FileVerdict } from '../../policy/files/file-rules.ts'
import { maskedActor, type Redact } from '../processes/actor.ts'
import { Aggregates, type Occurrence } from '../processes/aggregates.ts'
import type { Actor } from '../processes/gate-messages.ts'
import type { RecordText } from '../worker-messages.ts'

/** Something that was done to a file that a rule speaks of. */
export interface FileObservation {
  workload: string
  /** Ms since 1970. */
  at: number
  path: string
  operation: FileRecord['operation']
  verdict: FileVerdict
  from: FileRecord['from']
  process: Actor | undefined
  count: number
}

/** Records of files: one for each kind (file, what was done, by which program of which user, what came of it), counted. */
export class FileRecords {
  readonly #aggregates: Aggregates<FileRecord>
  readonly #redact: Redact

  /** @param run names this run of the enforcer */
  constructor(run: string, redact: Redact, tell: (record: RecordText) => void) {
    this.#aggregates = new Aggregates(`${run}-file-`, tell)
    this.#redact = redact
  }

  add(observation: FileObservation): void {
    const { workload, path, operation, verdict, from, process, count, at } = observation
    const who = [process?.path, process?.name, process?.uid]
    const key = JSON.stringify([workload, path, operation, verdict.effect, verdict.rule.id, from, ...who])
    this.#aggregates.add(key, { count, at }, () => this.#occurrence(observation))
  }

  /** Tells what has grown. */
  flush(): void {
    this.#aggregates.flush()
  }

  async #occurrence(observation: FileObservation): Promise<Occurrence<FileRecord>> {
    const { workload, path, operation, verdict, from, process } = observation
    const { categories } = verdict.rule
    const [shown = path] = await this.#redact([path]).catch(() => [path])
    return {
      type: 'file',
      workload,
      path: shown,
      operation,
      action: verdict.effect === 'block' ? 'blocked' : 'reported',
      rule: verdict.rule.id,
      ...(categories === undefined ? {} : { categories: [...categories] }),
      from,
      ...(process === undefined ? {} : { process: await maskedActor(process, this.#redact) }),
    }
  }
}
