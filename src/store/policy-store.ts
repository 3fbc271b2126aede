import type { QuarantinedWorkload } from '../model/enforcer-messages.ts'

/** What policy there was when, what was learned, and who is in quarantine. Times in ms since 1970. */
export interface PolicyStore {
  /**
   * Adds a version; the oldest go when there are more than `storeLimits.policyVersions`.
   *
   * @throws StoreError `STORE_CONFLICT` where there is one of its number already.
   */
  savePolicyVersion(version: StoredPolicyVersion): Promise<void>
  /** Newest first; without what they hold. */
  policyVersions(query: { limit: number; before?: number | undefined }): Promise<PolicyVersionItem[]>
  /** The newest where no number is given; null where there is none. */
  policyVersion(number?: number): Promise<StoredPolicyVersion | null>

  learned(): Promise<LearnedRow[]>
  saveLearned(changes: LearnedChanges): Promise<void>

  quarantined(): Promise<QuarantinedWorkload[]>
  /** All that are in quarantine from now on. */
  saveQuarantined(workloads: QuarantinedWorkload[]): Promise<void>
}

/** Why there is a version: what was done to the one before. */
export type PolicyAction = 'apply' | 'undo' | 'mode' | 'settings' | 'promotion' | 'rules'

export interface PolicyVersionItem {
  /** From 1 on. */
  number: number
  at: number
  /** Who did it. */
  author: string
  action: PolicyAction
  reason: string
  /** Objects, rules, modes and settings that it added, removed and changed. */
  counts: { added: number; removed: number; changed: number }
}

export interface StoredPolicyVersion extends PolicyVersionItem {
  /** JSON of what was applied; kept once for all versions that have the same. */
  objects: string
  /** JSON of modes and settings. */
  settings: string
}

export interface LearnedRow {
  id: string
  last: number
  /** JSON. */
  record: string
}

export interface LearnedChanges {
  saved: LearnedRow[]
  removed: string[]
}
