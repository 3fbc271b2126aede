/** What the privacy officer's view keeps. What a record holds is its owner's matter; here it is kept whole. */
export interface PrivacyStore {
  /** The latest first, at most `limit`. */
  list(kind: PrivacyRecordKind, limit: number): Promise<StoredPrivacyRecord[]>
  /** Adds records, or puts them in the place of those of their ids; all of them or none. */
  save(kind: PrivacyRecordKind, records: readonly StoredPrivacyRecord[]): Promise<void>
  remove(kind: PrivacyRecordKind, id: string): Promise<void>
  /** Removes all but the latest; of those of one time as the last, none. */
  keepLatest(kind: PrivacyRecordKind, count: number): Promise<void>
}

/** `transfer`: what was seen to go from whom to whom. `acceptance`: that somebody lets a difference be until a day. */
export type PrivacyRecordKind = 'transfer' | 'acceptance'

export interface StoredPrivacyRecord {
  id: string
  /** By which they are in order, in ms since 1970. */
  at: number
  /** JSON. */
  record: string
}
