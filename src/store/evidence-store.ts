/**
 * What the evidence ledger needs of a store. Nothing in it is ever changed but that the last tile of each row grows. Every
 * promise may reject with a `StoreError`.
 */
export interface EvidenceStore {
  /** How many entries there are. */
  size(): Promise<number>
  /**
   * Adds entries that follow those that are there, and the tiles that hold their hashes: all or nothing, durable when it resolves.
   *
   * @throws StoreError `STORE_CONFLICT` where the first is not the next.
   */
  append(addition: EvidenceAddition): Promise<void>
  /** From an index on, in order; or the last before `to` first. */
  entries(query: EvidenceQuery): Promise<StoredEntry[]>
  /** Hashes of a tile in base64; null where there is none. */
  tile(level: number, index: number): Promise<string | null>
  saveHead(head: StoredHead): Promise<void>
  /** The one of the largest tree; null where there is none. */
  lastHead(): Promise<StoredHead | null>
  /** In the order of their size, or the largest first: those of trees of `from` to `to` entries. */
  heads(query: HeadsQuery): Promise<StoredHead[]>
  saveWitness(witness: StoredWitness): Promise<void>
  /** Of trees of `from` to `to` entries, newest first. */
  witnesses(query: { from: number; to: number; limit: number }): Promise<StoredWitness[]>
  /** Index of the first entry at or after a time, in ms since 1970; the size where there is none. */
  firstSince(at: number): Promise<number>
}

export interface StoredEntry {
  index: number
  /** Milliseconds since 1970. */
  at: number
  kind: string
  /** What is hashed. */
  header: string
  /** The body, encrypted. */
  sealed: string
}

export interface StoredTile {
  level: number
  index: number
  /** Hashes side by side, in base64. */
  hashes: string
}

export interface EvidenceAddition {
  entries: StoredEntry[]
  tiles: StoredTile[]
}

export interface EvidenceQuery {
  from: number
  /** Before this one. */
  to?: number | undefined
  kind?: string | undefined
  limit: number
  isNewestFirst?: boolean
}

export interface HeadsQuery {
  from: number
  to: number
  limit: number
  isNewestFirst?: boolean
}

/** A head that somebody else was told. */
export interface StoredWitness {
  size: number
  /** When, ms since 1970. */
  at: number
  kind: string
  name: string
  /** The signed head. */
  note: string
  /** A time stamp in base64, or nothing. */
  proof: string
}

export interface StoredHead {
  size: number
  at: number
  /** The signed note. */
  note: string
}
