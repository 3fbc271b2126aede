import type { DifferenceKind, ResolutionKind } from '../../model/difference-words.ts'
import type { Category } from '../../model/records.ts'

/** Something that is otherwise than it is declared or than the law asks, each once, however many flows show it. */
export interface Difference {
  /** The same as long as it is about the same. */
  id: string
  kind: DifferenceKind
  severity: 'high' | 'medium' | 'low'
  /** One sentence for people. */
  text: string
  /** What it is held against: `GDPR Art. 28(3)`. */
  law: string
  /** `possible`: it is encrypted, and may be personal data. */
  certainty: 'seen' | 'possible'
  /** Ids of parties that send, or of the service that it is about. */
  senders: readonly string[]
  recipient: { id: string; name: string; processor: string | null } | null
  categories: readonly Category[]
  country: string | null
  application: string | null
  /** The most of one of its transfers. */
  persons: number
  /** Ids of the transfers that show it. */
  transfers: readonly string[]
  /** In ms since 1970; null where it is not about what was seen. */
  first: number | null
  last: number | null
  resolutions: readonly ResolutionKind[]
}

/** That somebody lets a difference be until a day. */
export interface Acceptance {
  difference: string
  by: string
  reason: string
  /** In ms since 1970. */
  at: number
  until: number
  /** What it was about: of more, it no longer speaks. */
  categories: readonly Category[]
  text: string
}

/** A difference as it stands now. */
export interface StandingDifference extends Difference {
  state: 'open' | 'accepted'
  /** The last, whether it still holds or not. */
  acceptance: Acceptance | null
  /** Why one that was accepted is open again. */
  reopened: 'expired' | 'more-categories' | null
}
