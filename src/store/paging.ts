/** A place in a listing: the time it is ordered by, and the id that tells equal times apart. */
export interface Position {
  at: number
  id: string
}

export interface PageQuery {
  limit: number
  /** Goes on after this place. */
  after?: Position | undefined
  /** Whether the page is to say how many there are in all. */
  total?: boolean | undefined
}

/** Keeps a listing to records of which each of these words begins a word. */
export interface TextQuery {
  search?: string | undefined
}

export interface TimeWindow {
  /** Last seen at or after. */
  since?: number | undefined
  /** Last seen before. */
  until?: number | undefined
}

/**
 * A page may hold fewer than `limit` items and still have a `next`: a listing stops looking when its budget is used
 * up, so that no question, however rare its answer, costs more than a bounded time.
 */
export interface Page<Item> {
  items: Item[]
  next: Position | null
  /** How many there are in all, as asked; absent where that was not asked for. */
  total?: Total
}

/** Where it is not exact there are at least so many. */
export interface Total {
  count: number
  exact: boolean
}
