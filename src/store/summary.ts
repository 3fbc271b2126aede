/** By what listings are summarised, of what they are filtered by. */
export const summarisedBy = ['workload', 'application', 'identifier', 'reason', 'action'] as const
export type SummarisedBy = (typeof summarisedBy)[number]

/** In ms since 1970: `[since, until)`; from the oldest on where no `since` is given. */
export interface SummaryRange {
  since?: number | undefined
  until: number
  /** Equal parts of that time. */
  buckets: number
}

export interface FacetShare {
  value: string
  count: number
}

export interface FacetShares {
  facets: Partial<Record<SummarisedBy, FacetShare[]>>
  /** There are more values than are told. */
  isCut: boolean
}

/** When there were how many, and of what. */
export interface Summary extends FacetShares {
  since: number
  until: number
  bucketMs: number
  /** Records by when they were last seen, the oldest first. */
  buckets: number[]
  counted: number
  /** What was last seen before this was not counted, for that would have taken too long; null where all was. */
  countedSince: number | null
}
