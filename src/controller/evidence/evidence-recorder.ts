import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { EvidenceKind } from '../../model/evidence-kinds.ts'
import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import type { CoverageRecord, ViolationRecord } from '../../model/records.ts'
import type { AuditStore } from '../../store/audit-store.ts'
import type { DataFlow } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'
import type { Quarantine } from '../policy/quarantine.ts'
import { RecordSums } from './record-sums.ts'

interface EvidenceSources {
  ledger: Ledger
  audit: AuditStore
  policy: ControllerPolicy
  quarantine: Quarantine
  /** Which workload sends which personal data where, since the start. */
  dataFlows: () => DataFlow[]
  now: () => number
  log: Log
}

/**
 * Puts on record what evidence is asked of: changes of the policy and quarantines as they happen; what was not seen and what
 * policy did not allow added up by the minute; which personal data went where by the hour, and how far the audit log is. A ledger
 * that fails is told in the log and stops nothing.
 */
export class EvidenceRecorder {
  readonly #sources: EvidenceSources
  readonly #gaps = new RecordSums<Pick<CoverageRecord, 'reason' | 'workload' | 'detail'>>()
  readonly #violations = new RecordSums<ReturnType<typeof violationSaid>>()
  readonly #minute: NodeJS.Timeout
  readonly #hour: NodeJS.Timeout
  readonly #startedAt: number
  /** Data flows as they were recorded last. */
  #flowsSaid = '[]'
  /** The version of the policy that was recorded last. */
  #version: number
  /** Entry of the audit log that was recorded last. */
  #audited = 0
  #last: Promise<void> = Promise.resolve()

  constructor(sources: EvidenceSources) {
    this.#sources = sources
    this.#startedAt = sources.now()
    this.#version = sources.policy.history.number
    this.#minute = setInterval(() => this.#recordSums(), controllerLimits.evidenceSumMs).unref()
    this.#hour = setInterval(() => this.#recordHour(), controllerLimits.evidenceDataFlowsMs).unref()
    sources.policy.onChange(() => this.#policyChanged())
    sources.quarantine.onChange(() => this.#quarantineChanged())
    this.#append('run', 'pavise', { what: 'started', policy: this.#version })
  }

  /** @param growth how much of the record is new */
  record(record: ObservedRecord, growth: number): void {
    if (growth === 0) return
    if (record.type === 'coverage') {
      const { reason, workload, detail, at } = record
      this.#gaps.add({ reason, ...(workload !== undefined && { workload }), detail }, 1, {
        first: at,
        last: at,
      })
    }
    if (record.type === 'violation') this.#violations.add(violationSaid(record), growth, record)
  }

  /** Records what is not on record yet. */
  async close(): Promise<void> {
    clearInterval(this.#minute)
    clearInterval(this.#hour)
    this.#recordSums()
    this.#recordHour()
    this.#append('run', 'pavise', { what: 'stopped' })
    await this.#last
  }

  #recordSums(): void {
    for (const part of this.#gaps.take()) this.#append('coverage', 'pavise', part)
    for (const part of this.#violations.take()) this.#append('violations', 'pavise', part)
  }

  #recordHour(): void {
    this.#recordDataFlows()
    this.#chain(() => this.#recordAudit())
  }

  /** The last hash of the audit log: with it, nothing that was in the log by then can be changed unseen. */
  async #recordAudit(): Promise<void> {
    const { audit, ledger, now } = this.#sources
    const [newest] = (await audit.list({ limit: 1 })).items
    if (newest === undefined || newest.sequence === this.#audited) return
    this.#audited = newest.sequence
    const body = { sequence: newest.sequence, hash: newest.hash }
    await ledger.append({ kind: 'audit', actor: 'pavise', at: now(), body })
  }

  #recordDataFlows(): void {
    const flows = this.#sources
      .dataFlows()
      .map(dataFlowSaid)
      .filter(({ carried }) => carried.length > 0)
    const said = JSON.stringify(flows)
    if (said === this.#flowsSaid) return
    this.#flowsSaid = said
    const since = new Date(this.#startedAt).toISOString()
    for (let from = 0; from < flows.length; from += controllerLimits.evidencePerEntry) {
      const part = flows.slice(from, from + controllerLimits.evidencePerEntry)
      this.#append('findings', 'pavise', { since, first: from, of: flows.length, flows: part })
    }
  }

  #quarantineChanged(): void {
    this.#append('quarantine', 'pavise', { workloads: this.#sources.quarantine.workloads })
  }

  #policyChanged(): void {
    const { number } = this.#sources.policy.history
    const from = this.#version + 1
    this.#version = number
    for (let version = from; version <= number; version++) this.#chain(() => this.#recordVersion(version))
  }

  async #recordVersion(number: number): Promise<void> {
    const { author, action, reason, at, changes } = await this.#sources.policy.history.version(number)
    const shown = changes.slice(0, controllerLimits.evidencePerEntry)
    const body = { number, action, reason, changes: shown, more: changes.length - shown.length }
    await this.#sources.ledger.append({ kind: 'policy', actor: author, at, body })
  }

  #append(kind: EvidenceKind, actor: string, body: unknown): void {
    const at = this.#sources.now()
    this.#chain(async () => {
      await this.#sources.ledger.append({ kind, actor, at, body })
    })
  }

  /** One after the other: entries are in the order of what they are about. */
  #chain(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#sources.log('error', `Not put on record as evidence: ${(error as Error).message}`)
    })
  }
}

/** What violations have in common that are one matter. */
function violationSaid(record: ViolationRecord) {
  const { client, server, application, transport, action, criterion, rule, reason, workload } = record
  return {
    ...{ action, criterion, reason, application, transport, workload, rule },
    client: { groups: client.groups, address: client.address },
    server: { groups: server.groups, names: server.names, address: server.address, port: server.port },
  }
}

function dataFlowSaid({ client, server, application, encrypted, first, last, carried, ...counts }: DataFlow) {
  const { flows, dataSubjects } = counts
  return {
    ...{ client, server, application, encrypted, flows, dataSubjects },
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    carried: carried.map(({ identifier, category, direction, count, distinct, masked, field }) => ({
      ...{ identifier, category, direction, count, distinct, masked, field },
    })),
  }
}
