import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { EvidenceKind } from '../../model/evidence-kinds.ts'
import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import type {
  CoverageRecord,
  FileRecord,
  ProcessRecord,
  AttackRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import type { AuditEntry, AuditStore } from '../../store/audit-store.ts'
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
 * Puts on record what evidence is asked of: changes of the policy and quarantines as they happen; what was not seen, what
 * policy did not allow and what is new in the audit log by the minute; which personal data went where by the hour. A ledger
 * that fails is told in the log and stops nothing.
 */
export class EvidenceRecorder {
  readonly #sources: EvidenceSources
  readonly #gaps = new RecordSums<Pick<CoverageRecord, 'reason' | 'workload' | 'detail'>>()
  readonly #incidents = new RecordSums<
    | ReturnType<typeof processSaid>
    | ReturnType<typeof fileSaid>
    | ReturnType<typeof threatSaid>
    | ReturnType<typeof attackSaid>
  >()
  readonly #violations = new RecordSums<ReturnType<typeof violationSaid>>()
  readonly #minute: NodeJS.Timeout
  readonly #hour: NodeJS.Timeout
  readonly #startedAt: number
  /** Data flows as they were recorded last. */
  #flowsSaid = '[]'
  /** The version of the policy that was recorded last. */
  #version: number
  /** Entry of the audit log that was recorded last; undefined until it is known. */
  #audited: number | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(sources: EvidenceSources) {
    this.#sources = sources
    this.#startedAt = sources.now()
    this.#version = sources.policy.history.number
    this.#minute = setInterval(() => this.#recordMinute(), controllerLimits.evidenceSumMs).unref()
    this.#hour = setInterval(() => this.#recordDataFlows(), controllerLimits.evidenceDataFlowsMs).unref()
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
    if (record.type === 'process' && isIncident(record))
      this.#incidents.add(processSaid(record), growth, record)
    if (record.type === 'file') this.#incidents.add(fileSaid(record), growth, record)
    if (record.type === 'attack') this.#incidents.add(attackSaid(record), growth, record)
    if (record.type === 'threat') this.#incidents.add(threatSaid(record), growth, record)
  }

  /** Records what is not on record yet. */
  async close(): Promise<void> {
    clearInterval(this.#minute)
    clearInterval(this.#hour)
    this.#recordMinute()
    this.#recordDataFlows()
    this.#append('run', 'pavise', { what: 'stopped' })
    await this.#last
  }

  #recordMinute(): void {
    for (const part of this.#gaps.take()) this.#append('coverage', 'pavise', part)
    for (const part of this.#violations.take()) this.#append('violations', 'pavise', part)
    for (const part of this.#incidents.take()) this.#append('incidents', 'pavise', part)
    this.#chain(() => this.#recordAudit())
  }

  /** What is new in the audit log, with its hashes: nothing that was in it by then can be changed unseen. */
  async #recordAudit(): Promise<void> {
    const { audit, ledger, now } = this.#sources
    this.#audited ??= await lastAudited(ledger)
    for (;;) {
      const entries = await audit.after(this.#audited, controllerLimits.evidencePerEntry)
      const last = entries.at(-1)
      if (last === undefined) return
      const { sequence, hash } = last
      const body = { sequence, hash, entries: entries.map(auditSaid) }
      await ledger.append({ kind: 'audit', actor: 'pavise', at: now(), body })
      this.#audited = sequence
    }
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

/** How far the audit log was on record when Pavise ended. */
async function lastAudited(ledger: Ledger): Promise<number> {
  const last = await ledger.last('audit')
  const { sequence = 0 } = JSON.parse(last?.body?.text ?? '{}') as { sequence?: number }
  return sequence
}

/** Details stay in the audit log: the hash is over them as well. */
function auditSaid({ at, actor, detail: _detail, reason, ...entry }: AuditEntry) {
  const shown = reason?.slice(0, controllerLimits.evidenceReason) ?? null
  return { at: new Date(at).toISOString(), actor: actor.name, by: actor.kind, reason: shown, ...entry }
}

/** Programs that were let run as they should are no incident. */
function isIncident({ action, suspicion }: ProcessRecord): boolean {
  return suspicion !== undefined || (action !== 'allowed' && action !== 'learned')
}

function processSaid({ workload, event, process, origin, action, reason, rule, suspicion }: ProcessRecord) {
  return { what: 'process', workload, event, path: process.path, origin, action, reason, rule, suspicion }
}

function fileSaid({ workload, path, operation, action, rule, from, process }: FileRecord) {
  return { what: 'file', workload, path, operation, action, rule, from, process: process?.path }
}

/** Addresses of attackers are forged at will: a flood is one matter, whoever it claims to come from. */
function threatSaid({ threat, name, severity, technique, workload, target, reason }: ThreatRecord) {
  return {
    ...{ type: 'threat' as const, threat, name, severity, technique, workload, reason },
    target: target === undefined ? undefined : { address: target.address },
  }
}

/** Whoever it comes from, the same attempt at the same service is one matter. */
function attackSaid({
  class: attackClass,
  place,
  field,
  request,
  workload,
  server,
  action,
  reasons,
}: AttackRecord) {
  return {
    ...{ what: 'attack', class: attackClass, place, field, request, workload, action },
    server: { address: server.address, port: server.port },
    rules: reasons.map(({ rule }) => rule),
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
    ...{ client: partySaid(client), server: partySaid(server) },
    ...{ application, encrypted, flows, dataSubjects },
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    carried: carried.map(({ identifier, category, direction, count, distinct, masked, field }) => ({
      ...{ identifier, category, direction, count, distinct, masked, field },
    })),
  }
}

function partySaid({ kind, id, name }: DataFlow['client']) {
  return { kind, id, name }
}
