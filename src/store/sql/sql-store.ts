import type { QuarantinedWorkload } from '../../model/enforcer-messages.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Appended, Batch, PruneStep, Pruned, Store, StoreStatistics, WorkloadUpdate } from '../store.ts'
import type { LearnedChanges, StoredPolicyVersion } from '../policy-store.ts'
import type {
  CoverageQuery,
  FindingQuery,
  FlowQuery,
  IncidentQuery,
  Summarised,
  WorkloadQuery,
} from '../store.ts'
import type { Summary, SummaryRange } from '../summary.ts'
import { acknowledgedSequence, appendBatches } from './append.ts'
import type { Database } from './database.ts'
import { readPage } from './listing.ts'
import {
  listPolicyVersions,
  readLearned,
  readPolicyVersion,
  readQuarantined,
  saveLearned,
  savePolicyVersion,
  saveQuarantined,
} from './policy-rows.ts'
import {
  coverageListing,
  findingListing,
  flowListing,
  incidentListing,
  summarised,
  workloadListing,
} from './listings.ts'
import { pruneRows } from './prune.ts'
import { SqlAccounts } from './sql-accounts.ts'
import { SqlAudit } from './sql-audit.ts'
import { SqlCases } from './sql-cases.ts'
import { SqlEvidence } from './sql-evidence.ts'
import { SqlNodes } from './sql-nodes.ts'
import { SqlPrivacy } from './sql-privacy.ts'
import { summarize } from './summary.ts'
import { saveWorkloadRows } from './workload-rows.ts'

/** The store in portable SQL, over any `Database`. */
export class SqlStore implements Omit<Store, 'append' | 'failed'> {
  readonly accounts: SqlAccounts
  readonly audit: SqlAudit
  readonly evidence: SqlEvidence
  readonly cases: SqlCases
  readonly privacy: SqlPrivacy
  readonly nodes: SqlNodes
  readonly #database: Database

  protected constructor(database: Database) {
    this.#database = database
    this.accounts = new SqlAccounts(database)
    this.audit = new SqlAudit(database)
    this.evidence = new SqlEvidence(database)
    this.cases = new SqlCases(database)
    this.privacy = new SqlPrivacy(database)
    this.nodes = new SqlNodes(database)
  }

  /** Takes the database over and brings it to the newest version. */
  static async open(database: Database, now: number): Promise<SqlStore> {
    await migrate(database, now)
    return new SqlStore(database)
  }

  /** Takes over one that is at the newest version, to read from it. */
  static reading(database: Database): SqlStore {
    return new SqlStore(database)
  }

  /** Many batches, from whichever enforcer, in one commit. */
  appendAll(batches: Batch[], now: number): Promise<Appended[]> {
    return this.#database.transaction((transaction) => appendBatches(transaction, batches, now))
  }

  acknowledged(enforcer: string, run: string): Promise<number> {
    return acknowledgedSequence(this.#database, enforcer, run)
  }

  saveWorkloads(update: WorkloadUpdate): Promise<void> {
    return this.#database.transaction((transaction) => saveWorkloadRows(transaction, update))
  }

  flows(query: FlowQuery) {
    return readPage(this.#database, flowListing(query), query)
  }

  findings(query: FindingQuery) {
    return readPage(this.#database, findingListing(query), query)
  }

  coverage(query: CoverageQuery) {
    return readPage(this.#database, coverageListing(query), query)
  }

  incidents(query: IncidentQuery) {
    return readPage(this.#database, incidentListing(query), query)
  }

  workloads(query: WorkloadQuery) {
    return readPage(this.#database, workloadListing(query), query)
  }

  summarize(asked: Summarised, range: SummaryRange): Promise<Summary> {
    return summarize(this.#database, summarised(asked), range)
  }

  async statistics(): Promise<StoreStatistics> {
    const [flows] = await this.#database.query('SELECT MIN(end_ms) AS oldest FROM flows')
    const [findings] = await this.#database.query('SELECT MIN(last_ms) AS oldest FROM findings')
    return {
      usedBytes: await this.#database.usedBytes(),
      oldestFlow: flows.oldest as number | null,
      oldestFinding: findings.oldest as number | null,
    }
  }

  savePolicyVersion(version: StoredPolicyVersion): Promise<void> {
    return this.#database.transaction((transaction) => savePolicyVersion(transaction, version))
  }

  policyVersions(query: { limit: number; before?: number | undefined }) {
    return listPolicyVersions(this.#database, query)
  }

  policyVersion(number?: number) {
    return readPolicyVersion(this.#database, number)
  }

  learned() {
    return readLearned(this.#database)
  }

  saveLearned(changes: LearnedChanges): Promise<void> {
    return this.#database.transaction((transaction) => saveLearned(transaction, changes))
  }

  quarantined() {
    return readQuarantined(this.#database)
  }

  saveQuarantined(workloads: QuarantinedWorkload[]): Promise<void> {
    return this.#database.transaction((transaction) => saveQuarantined(transaction, workloads))
  }

  async prune(step: PruneStep): Promise<Pruned> {
    const pruned = await this.#database.transaction((transaction) => pruneRows(transaction, step))
    await this.#database.reclaim()
    return pruned
  }

  close(): Promise<void> {
    return this.#database.close()
  }
}
