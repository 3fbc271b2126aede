import type {
  BreachKind,
  CaseControl,
  CaseControlState,
  CaseTime,
  DutyId,
  Ease,
  Regime,
  TellingException,
} from '../model/case-words.ts'
import type { Category } from '../model/records.ts'
import type { Reach } from './reach.ts'

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
  /** ISO 3166-1 alpha-2, by its address; null where it is not known, or it is a workload. Absent in scopes of before it was told. */
  country?: string | null
  isEncrypted: boolean
  categories: Category[]
  flows: number
  /** About how many persons. */
  persons: number
  first: string
  last: string
}

/** What was seen to leave what is suspicious of a case in its time. */
export interface CaseScope {
  computedAt: string
  workloads: string[]
  /** What else it was computed from; absent in scopes of before that could be said. */
  addresses?: string[]
  credentials?: string[]
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
  /** What was there against it, and how it did. Absent in scopes of before it was told. */
  controls?: ScopeControl[]
  /** Whom it came to from what is suspicious, and whom it could have. Absent in scopes of before it was told. */
  reach?: Reach
  /** There was more than is looked at: numbers are lower bounds. */
  isCut: boolean
}

/**
 * A measure in the time of a breach. `held`: it was in force, and did what it is for. `failed`: data left in spite of it, or what it
 * is for went past it. `off`: it was not in force.
 */
export interface ScopeControl {
  control: CaseControl
  state: CaseControlState
  /** Version of the policy, name of the group with its mode, detector, workload, class of attack, name of the recipient. */
  subject: string
  /** Attacks, connections, gaps; 0 where nothing is counted. */
  count: number
  /** In which part of the time it was so, RFC 3339; absent where it was all of it, or is counted. */
  since?: string
  until?: string
}

/** Something that was sent as a law asks: a notification may come in phases (GDPR Art. 33(4)). */
export interface Submission {
  duty: DutyId
  /** When it was, RFC 3339. */
  at: string
  /** Who says so, and why or how. */
  by: string
  reason: string
  /** Parts that its draft lacked by then: of the notification to the authority. */
  missing: string[]
}

/** Why persons are not told each of them, and who says so (GDPR Art. 34(3)). */
export interface ChosenException extends SetTime {
  kind: TellingException
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
  /** Workloads that are suspicious; all where nothing is. */
  workloads: string[]
  /** Addresses of somebody who is: what went to them, and whom they spoke with. Absent in cases of before they could be named. */
  addresses?: string[]
  /** Log-ins and secrets that are: `user:clinic` of a database, or the keyed hash that findings show. */
  credentials?: string[]
  /** Circumstances, consequences and measures in the words of whoever handles it. */
  description: string
  consequences: string
  measures: string
  contact: string
  severity: SeverityChoices
  /** In order. Absent in cases of before it was told. */
  sent?: Submission[]
  /** Absent where persons have to be told. */
  exception?: ChosenException
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

/** What was sent under a duty, in order. */
export function sentFor({ sent = [] }: Pick<BreachCase, 'sent'>, duty: DutyId): Submission[] {
  return sent.filter((each) => each.duty === duty)
}
