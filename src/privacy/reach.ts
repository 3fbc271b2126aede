import type { ReachEndKind, ReachHow, ReachWhy } from '../model/case-words.ts'
import type { Category } from '../model/records.ts'

/** Somebody whom a breach began with, came to, or could have come to. */
export interface ReachEnd {
  /** Of the workload; else its name or address, or the credential as it was given. */
  id: string
  name: string
  kind: ReachEndKind
  how: ReachHow
  /** Steps from what is suspicious: connections, one after the other in time. 0 of what is suspicious itself. */
  hops: number
  /** Id of the end that it was, or could have been, reached from; null of what is suspicious. */
  via: string | null
  /** When it was reached at the earliest, RFC 3339; null where it only could have been. */
  since: string | null
  /** ISO 3166-1 alpha-2 of somebody outside; null where it is not known. */
  country: string | null
  /** What let it be reached; null where it was, or is suspicious itself. */
  why: ReachWhy | null
  /** The mode, or the id of the rule, that did. */
  by: string
}

/** Connections from one end to another, added up, since the first of both was reached. */
export interface ReachEdge {
  from: string
  to: string
  applications: string[]
  /** Whether all of them were. */
  isEncrypted: boolean
  flows: number
  bytes: number
  first: string
  last: string
  /** Of personal data that crossed them, either way, and of about how many persons. */
  categories: Category[]
  persons: number
}

/** How far a breach came from what is suspicious, and how far it could have come. */
export interface Reach {
  /** Those that are suspicious, then those that were reached, then those that could have been; the nearest first. */
  ends: ReachEnd[]
  edges: ReachEdge[]
  /** From when on connections are still kept, where that is later than the time of the case: before, who was reached is not known. */
  seenFrom: string | null
  /** There was more than is looked at, or is told of. */
  isCut: boolean
}
