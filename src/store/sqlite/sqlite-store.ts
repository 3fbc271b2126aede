import type { AccountStore } from '../account-store.ts'
import type { AuditStore } from '../audit-store.ts'
import type { CaseStore } from '../case-store.ts'
import type { EvidenceStore } from '../evidence-store.ts'
import type { PrivacyStore } from '../privacy-store.ts'
import { storeLimits } from '../limits.ts'
import { StoreError } from '../store-error.ts'
import type { QuarantinedWorkload } from '../../model/enforcer-messages.ts'
import type { LearnedChanges, StoredPolicyVersion } from '../policy-store.ts'
import type {
  Appended,
  Batch,
  CoverageQuery,
  FindingQuery,
  FlowQuery,
  IncidentQuery,
  Pruned,
  PruneStep,
  Store,
  StoreStatistics,
  WorkloadQuery,
  WorkloadUpdate,
} from '../store.ts'
import { StoreThread } from './store-thread.ts'

interface Pending {
  batch: Batch
  resolve: (appended: Appended) => void
  reject: (error: unknown) => void
}

/**
 * The store in one SQLite file, in a thread of its own. Batches that come while one commit waits for the disk go into
 * the next one together: the disk's latency is paid once for all of them.
 */
export class SqliteStore implements Store {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly evidence: EvidenceStore
  readonly cases: CaseStore
  readonly privacy: PrivacyStore
  readonly #thread: StoreThread
  readonly failed: Promise<Error>
  readonly #pending: Pending[] = []
  #committing: Promise<void> | null = null
  #closed = false

  private constructor(thread: StoreThread) {
    this.#thread = thread
    this.accounts = thread.part('accounts')
    this.audit = thread.part('audit')
    this.evidence = thread.part('evidence')
    this.cases = thread.part('cases')
    this.privacy = thread.part('privacy')
    this.failed = thread.failed
  }

  /** @throws StoreError where the file cannot be opened or brought up to date. */
  static async open(path: string): Promise<SqliteStore> {
    return new SqliteStore(await StoreThread.open(path))
  }

  append(batch: Batch): Promise<Appended> {
    if (this.#closed) return Promise.reject(new StoreError('STORE_CLOSED', 'The store is closed.'))
    return new Promise((resolve, reject) => {
      this.#pending.push({ batch, resolve, reject })
      this.#committing ??= this.#commitPending()
    })
  }

  async #commitPending(): Promise<void> {
    while (this.#pending.length > 0) await this.#commit(this.#pending.splice(0, storeLimits.batchesPerCommit))
    this.#committing = null
  }

  async #commit(group: Pending[]): Promise<void> {
    try {
      const results = await this.#thread.call(
        'appendAll',
        group.map((pending) => pending.batch),
        Date.now(),
      )
      for (const [index, pending] of group.entries()) pending.resolve(results[index])
    } catch (error) {
      // What the database itself refuses concerns its own batch only; a disk that is full concerns all.
      if (group.length > 1 && !(error instanceof StoreError))
        for (const one of group) await this.#commit([one])
      else for (const pending of group) pending.reject(error)
    }
  }

  acknowledged(enforcer: string, run: string): Promise<number> {
    return this.#thread.call('acknowledged', enforcer, run)
  }

  saveWorkloads(update: WorkloadUpdate): Promise<void> {
    return this.#thread.call('saveWorkloads', update)
  }

  flows(query: FlowQuery) {
    return this.#thread.call('flows', query)
  }

  findings(query: FindingQuery) {
    return this.#thread.call('findings', query)
  }

  coverage(query: CoverageQuery) {
    return this.#thread.call('coverage', query)
  }

  incidents(query: IncidentQuery) {
    return this.#thread.call('incidents', query)
  }

  workloads(query: WorkloadQuery) {
    return this.#thread.call('workloads', query)
  }

  statistics(): Promise<StoreStatistics> {
    return this.#thread.call('statistics')
  }

  savePolicyVersion(version: StoredPolicyVersion): Promise<void> {
    return this.#thread.call('savePolicyVersion', version)
  }

  policyVersions(query: { limit: number; before?: number | undefined }) {
    return this.#thread.call('policyVersions', query)
  }

  policyVersion(number?: number) {
    return this.#thread.call('policyVersion', number)
  }

  learned() {
    return this.#thread.call('learned')
  }

  saveLearned(changes: LearnedChanges): Promise<void> {
    return this.#thread.call('saveLearned', changes)
  }

  quarantined() {
    return this.#thread.call('quarantined')
  }

  saveQuarantined(workloads: QuarantinedWorkload[]): Promise<void> {
    return this.#thread.call('saveQuarantined', workloads)
  }

  prune(step: PruneStep): Promise<Pruned> {
    return this.#thread.call('prune', step)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#committing
    await this.#thread.close()
  }
}
