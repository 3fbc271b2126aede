/** Breach cases. What a case holds is its owner's matter; here it is kept whole, and changed only by who has read what there is. */
export interface CaseStore {
  /** Newest first, at most `limit`. */
  list(limit: number): Promise<StoredCase[]>
  /** Null where there is none. */
  get(id: string): Promise<StoredCase | null>
  /** How many there are whose id begins so. */
  count(prefix: string): Promise<number>
  /**
   * Adds a case (version 1), or replaces it by the next version.
   *
   * @throws StoreError `STORE_CONFLICT` where there is another version than the one before.
   */
  save(stored: StoredCase): Promise<void>
}

export interface StoredCase {
  id: string
  version: number
  /** Milliseconds since 1970. */
  openedAt: number
  /** JSON. */
  record: string
}
