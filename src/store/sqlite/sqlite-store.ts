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
import type { SqlStore } from '../sql/sql-store.ts'
import type { Summary, SummaryRange } from '../summary.ts'
import { ReadingThread } from './reading-thread.ts'
import { StoreThread } from './store-thread.ts'

/** Methods of its parts that only read, and may take long. */
const readingParts = {
  audit: ['list', 'after', 'verify'],
  evidence: ['entries', 'heads', 'witnesses'],
} as const

/** The store in one SQLite file, in a thread of its own, and one more for who reads while others write. */
export class SqliteStore implements Store {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly evidence: EvidenceStore
  readonly cases: CaseStore
  readonly privacy: PrivacyStore
  readonly nodes: NodeStore
  readonly #thread: StoreThread
  readonly failed: Promise<Error>
  readonly #queue = new AppendQueue((batches, now) =>
    this.#writing(this.#thread.call('appendAll', batches, now)),
  )
  readonly #reader: ReadingThread
  /** Writes under way that may take long. */
  #writes = 0

  private constructor(thread: StoreThread, path: string) {
    this.#thread = thread
    this.#reader = new ReadingThread(path)
    this.accounts = thread.part('accounts')
    this.audit = this.#partly('audit')
    this.evidence = this.#partly('evidence')
    this.cases = thread.part('cases')
    this.privacy = thread.part('privacy')
    this.nodes = thread.part('nodes')
    this.failed = thread.failed
  }

  /** @throws StoreError where the file cannot be opened or brought up to date. */
  static async open(path: string): Promise<SqliteStore> {
    return new SqliteStore(await StoreThread.open(path), path)
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
    return this.#reading.call('flows', query)
  }

  findings(query: FindingQuery) {
    return this.#reading.call('findings', query)
  }

  coverage(query: CoverageQuery) {
    return this.#reading.call('coverage', query)
  }

  incidents(query: IncidentQuery) {
    return this.#reading.call('incidents', query)
  }

  workloads(query: WorkloadQuery) {
    return this.#reading.call('workloads', query)
  }

  summarize(asked: Summarised, range: SummaryRange): Promise<Summary> {
    return this.#reading.call('summarize', asked, range)
  }

  statistics(): Promise<StoreStatistics> {
    return this.#reading.call('statistics')
  }

  savePolicyVersion(version: StoredPolicyVersion): Promise<void> {
    return this.#thread.call('savePolicyVersion', version)
  }

  policyVersions(query: { limit: number; before?: number | undefined }) {
    return this.#reading.call('policyVersions', query)
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
    return this.#writing(this.#thread.call('prune', step))
  }

  /** Who writes closes last: then the log is taken into the file. */
  async close(): Promise<void> {
    await this.#queue.close()
    await this.#reader.close()
    await this.#thread.close()
  }

  /** Where to ask what only reads: while others write, not where they do. */
  get #reading(): StoreThread {
    if (this.#writes > 0) this.#reader.open()
    return this.#reader.thread ?? this.#thread
  }

  async #writing<Result>(work: Promise<Result>): Promise<Result> {
    this.#writes++
    try {
      return await work
    } finally {
      this.#writes--
    }
  }

  /** A part of which some methods only read. */
  #partly<Name extends keyof typeof readingParts>(name: Name): Pick<SqlStore[Name], keyof SqlStore[Name]> {
    const reading: readonly string[] = readingParts[name]
    return new Proxy({} as SqlStore[Name], {
      get: (_, method) => {
        const thread = reading.includes(String(method)) ? this.#reading : this.#thread
        return Reflect.get(thread.part(name), method) as unknown
      },
    })
  }
}
