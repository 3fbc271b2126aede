import type { BreachKind, CaseTime, Ease, Regime } from '../model/case-words.ts'
import type { Category } from '../model/records.ts'

/** A time that somebody set, and why: one that was moved says so. RFC 3339. */
export interface SetTime {
  at: string
  by: string
  reason: string
}

/** What somebody decided about a case's severity, in place of what is suggested. */
export interface SeverityChoices {
  /** Added to the base of the data processing context. */
  contextAdjustment?: number
  ease?: Ease
  confidentiality?: number
  integrity?: number
  availability?: number
  malicious?: boolean
}

/** Choices as they are changed: null goes back to what is suggested. */
export type SeverityChange = { [Name in keyof SeverityChoices]?: SeverityChoices[Name] | null }

/** Who got the data, or may have. */
export interface Recipient {
  /** Name of a workload, host name or address. */
  name: string
  /** Outside of what is watched. */
  isExternal: boolean
  isEncrypted: boolean
  categories: Category[]
  flows: number
  /** About how many persons. */
  persons: number
  first: string
  last: string
}

/** What was seen to leave the workloads of a case in its time. */
export interface CaseScope {
  computedAt: string
  workloads: string[]
  since: string
  until: string
  categories: { category: Category; identifiers: string[]; values: number }[]
  /** About how many persons' data, each counted once. */
  persons: number
  /** Values that were seen, as far as they are records: an upper bound for records. */
  values: number
  recipients: Recipient[]
  /** What was not seen in that time, by reason. */
  gaps: { reason: string; count: number; detail: string }[]
  /** What policy did not allow in that time. */
  violations: { action: 'reported' | 'blocked'; criterion: string; count: number }[]
  /** There was more than is looked at: numbers are lower bounds. */
  isCut: boolean
}

/** A breach of personal data, or what may turn out to be one. */
export interface BreachCase {
  /** `case-2026-0001`. */
  id: string
  title: string
  state: 'open' | 'closed'
  kinds: BreachKind[]
  role: 'controller' | 'processor'
  regimes: Regime[]
  times: Partial<Record<CaseTime, SetTime[]>>
  /** Workloads whose data it is about; all where there are none. */
  workloads: string[]
  /** Circumstances, consequences and measures in the words of whoever handles it. */
  description: string
  consequences: string
  measures: string
  contact: string
  severity: SeverityChoices
  scope: CaseScope | null
  openedAt: string
  /** Who did what, in order. */
  history: { at: string; by: string; what: string; reason: string }[]
}

/** The time that holds: what was set last. Milliseconds since 1970; undefined where it was not set. */
export function timeOf(breach: Pick<BreachCase, 'times'>, time: CaseTime): number | undefined {
  const set = breach.times[time]?.at(-1)
  return set === undefined ? undefined : Date.parse(set.at)
}
