/** A place in a listing: the time it is ordered by, and the id that tells equal times apart. */
export interface Position {
  at: number
  id: string
}

export interface PageQuery {
  limit: number
  /** Goes on after this place. */
  after?: Position | undefined
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
}
