import type { EventLevel, ActiveResponse } from '../../model/response-words.ts'
import type { SecurityEvent } from '../../policy/response/security-event.ts'

/** Something that happened, and where the record of it came from. */
export interface Happening {
  event: SecurityEvent
  /** Name of the enforcer that told of it; absent for what the controller itself did. */
  enforcer?: string
  /** Of the record that told of it. */
  record?: { type: string; id: string }
}

/** What came of one action of a rule: an entry of evidence, and what the API lists. */
export interface ResponseOutcome {
  /** When it was decided. RFC 3339. */
  at: string
  rule: string
  action: ActiveResponse
  outcome: 'done' | 'failed'
  /** What was done, or why it was not. */
  detail: string
  /** From the decision until it was done, in ms. */
  tookMs: number
  event: { name: string; level: EventLevel; text: string }
  workload?: { id: string; name: string }
  record?: { type: string; id: string }
}

/** Responses of a rule that were left out in a minute, because the same was done a moment ago or as much as may be was. */
export interface HeldBackResponses {
  at: string
  rule: string
  action: ActiveResponse
  repeated: number
  tooMany: number
}

/** An action that cannot be taken, as it is told. */
export class ResponseRefused extends Error {}
