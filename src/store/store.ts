import type { Incident, ObservedRecord, WorkloadState } from '../model/enforcer-messages.ts'
import type { CoverageRecord, FlowRecord, PersonalDataRecord, Side } from '../model/records.ts'
import type { AccountStore } from './account-store.ts'
import type { AuditStore } from './audit-store.ts'
import type { CaseStore } from './case-store.ts'
import type { EvidenceStore } from './evidence-store.ts'
import type { NodeStore } from './node-store.ts'
import type { Page, PageQuery, TextQuery, TimeWindow } from './paging.ts'
import type { PolicyStore } from './policy-store.ts'
import type { PrivacyStore } from './privacy-store.ts'
import type { Summary, SummaryRange } from './summary.ts'

/**
 * What the controller needs of a store, whatever database is behind it. Times are milliseconds since 1970. Every
 * promise may reject with a `StoreError`; after `failed` resolves, every one does.
 */
export interface Store extends PolicyStore {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly evidence: EvidenceStore
  readonly cases: CaseStore
  readonly privacy: PrivacyStore
  readonly nodes: NodeStore

  /**
   * Stores a batch, all of it or nothing. When it resolves the batch is durable and may be acknowledged. A batch that
   * is already acknowledged, and a record that is no further than what is stored, change nothing.
   */
  append(batch: Batch): Promise<Appended>
  /** The last batch of that run that is durable, 0 when none is. */
  acknowledged(enforcer: string, run: string): Promise<number>
  /** Stores the states of workloads; with `complete`, whatever else of that enforcer runs is marked stopped at `at`. */
  saveWorkloads(update: WorkloadUpdate): Promise<void>

  /** Newest first by when they were last seen, as all pages. */
  flows(query: FlowQuery): Promise<Page<FlowRecord>>
  findings(query: FindingQuery): Promise<Page<FindingItem>>
  coverage(query: CoverageQuery): Promise<Page<CoverageRecord & { recordId: string }>>
  incidents(query: IncidentQuery): Promise<Page<Incident>>
  /** Newest first by when they started. */
  workloads(query: WorkloadQuery): Promise<Page<WorkloadItem>>
  /** When there were how many of a listing, and of what. */
  summarize(asked: Summarised, range: SummaryRange): Promise<Summary>
  statistics(): Promise<StoreStatistics>

  /** Removes at most `rows` of each kind that retention lets go. Call again while `more`. */
  prune(step: PruneStep): Promise<Pruned>
  /** Resolves when the store can no longer be used, with the reason; never after `close`. */
  readonly failed: Promise<Error>
  /** Finishes what was begun, then closes. */
  close(): Promise<void>
}

export interface Batch {
  enforcer: string
  run: string
  /** From 1 within the run. Gaps are allowed: the enforcer gave those batches up. */
  sequence: number
  records: ObservedRecord[]
}

export interface Appended {
  /** The last durable batch of the run. */
  acknowledged: number
  /**
   * For each record of the batch how much of it is new: of a finding or an incident by how much its count grew, of a flow or a
   * coverage record 1 when it was not known. 0 where it changed nothing or only caught up.
   */
  growth: number[]
}

export interface WorkloadUpdate {
  enforcer: string
  at: number
  complete: boolean
  states: WorkloadState[]
}

/** Keeps a listing to the workloads of some namespaces, whatever else is asked. */
export interface NamespaceScope {
  /** Absent for all. */
  namespaces?: readonly string[] | undefined
}

export interface FlowQuery extends PageQuery, TimeWindow, TextQuery, NamespaceScope {
  workload?: string | undefined
  application?: string | undefined
  encrypted?: boolean | undefined
  side?: Side | undefined
  /** Flows that carried this kind of personal data. */
  identifier?: string | undefined
  /** Flows that are part of this transfer, by its id. */
  transfer?: string | undefined
}

export interface FindingQuery extends PageQuery, TimeWindow, TextQuery, NamespaceScope {
  workload?: string | undefined
  identifier?: string | undefined
  application?: string | undefined
  encrypted?: boolean | undefined
  side?: Side | undefined
  flow?: string | undefined
  /** Findings that are part of this transfer, by its id. */
  transfer?: string | undefined
}

export interface CoverageQuery extends PageQuery, TimeWindow, TextQuery, NamespaceScope {
  workload?: string | undefined
  reason?: string | undefined
}

export interface IncidentQuery extends PageQuery, TimeWindow, TextQuery, NamespaceScope {
  type?: Incident['type'] | undefined
  workload?: string | undefined
  action?: Incident['action'] | undefined
}

export interface WorkloadQuery extends PageQuery, NamespaceScope {
  running?: boolean | undefined
  coverage?: WorkloadState['coverage'] | undefined
  /** Its id. */
  workload?: string | undefined
}

/** A filter of a listing, without the page and the times that it is asked for. */
type Filter<Query> = Omit<Query, keyof PageQuery | 'since' | 'until'>

/** Which records, as their listing is filtered. */
export type Summarised =
  | { of: 'findings'; filter: Filter<FindingQuery> }
  | { of: 'coverage'; filter: Filter<CoverageQuery> }
  | { of: 'incidents'; filter: Filter<IncidentQuery> }

export interface FindingItem {
  finding: PersonalDataRecord & { recordId: string; workload: string }
  /** The flow that it crossed; null when that is not stored. */
  flow: FlowRecord | null
}

export interface WorkloadItem {
  enforcer: string
  state: WorkloadState
}

export interface StoreStatistics {
  /** Bytes that hold data; freed space that the file still has is not counted. */
  usedBytes: number
  oldestFlow: number | null
  oldestFinding: number | null
}

/** How long what is kept. Flows that carried personal data, and incidents, are kept as long as findings. */
export interface Retention {
  flowsMs: number
  findingsMs: number
  coverageMs: number
  /** Contents of evidence; what was hashed of it stays. */
  evidenceMs: number
  /** Above this the oldest goes first, whatever its age: flows without findings, then findings, then coverage. */
  maxBytes: number
}

export interface PruneStep {
  now: number
  retention: Retention
  rows: number
}

export interface Pruned {
  flows: number
  findings: number
  coverage: number
  incidents: number
  workloads: number
  /** True when some of it went because of `maxBytes`, before its time. */
  early: boolean
  more: boolean
  usedBytes: number
}
