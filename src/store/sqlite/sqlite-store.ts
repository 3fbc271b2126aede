import type { AccountStore } from '../account-store.ts'
import { AppendQueue } from '../append-queue.ts'
import type { AuditStore } from '../audit-store.ts'
import type { CaseStore } from '../case-store.ts'
import type { EvidenceStore } from '../evidence-store.ts'
import type { NodeStore } from '../node-store.ts'
import type { PrivacyStore } from '../privacy-store.ts'
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
  Summarised,
  WorkloadQuery,
  WorkloadUpdate,
} from '../store.ts'
import type { Summary, SummaryRange } from '../summary.ts'
import { StoreThread } from './store-thread.ts'

/** The store in one SQLite file, in a thread of its own. */
export class SqliteStore implements Store {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly evidence: EvidenceStore
  readonly cases: CaseStore
  readonly privacy: PrivacyStore
  readonly nodes: NodeStore
  readonly #thread: StoreThread
  readonly failed: Promise<Error>
  readonly #queue = new AppendQueue((batches, now) => this.#thread.call('appendAll', batches, now))

  private constructor(thread: StoreThread) {
    this.#thread = thread
    this.accounts = thread.part('accounts')
    this.audit = thread.part('audit')
    this.evidence = thread.part('evidence')
    this.cases = thread.part('cases')
    this.privacy = thread.part('privacy')
    this.nodes = thread.part('nodes')
    this.failed = thread.failed
  }

  /** @throws StoreError where the file cannot be opened or brought up to date. */
  static async open(path: string): Promise<SqliteStore> {
    return new SqliteStore(await StoreThread.open(path))
  }

  append(batch: Batch): Promise<Appended> {
    return this.#queue.append(batch)
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

  summarize(asked: Summarised, range: SummaryRange): Promise<Summary> {
    return this.#thread.call('summarize', asked, range)
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
    await this.#queue.close()
    await this.#thread.close()
  }
}
