import type { ViolationCriterion } from '../../model/records.ts'
import type { Conversation } from '../conversation.ts'
import type { PeerContext } from './connection-peers.ts'
import { ConnectionFlag } from './connection-table.ts'
import type { PolicyJudge } from './policy-judge.ts'
import type { ViolationNotes } from './violation-notes.ts'
import type { WatchedWorkload } from './watched-workload.ts'

/** A connection that the policy has been asked about. */
export interface Denied {
  flow: number
  conversation: Conversation | undefined
  workload: WatchedWorkload | undefined
}

/** What is told of a connection that is not allowed: once, and again for each further category that may not cross it. */
export class Denials {
  readonly #context: PeerContext
  readonly #judge: PolicyJudge
  readonly #notes: ViolationNotes

  constructor(context: PeerContext, judge: PolicyJudge, notes: ViolationNotes) {
    this.#context = context
    this.#judge = judge
    this.#notes = notes
  }

  /** What decided, after the judge said `reported` or `blocked`. */
  criterion(flow: number): ViolationCriterion {
    if (this.#judge.unmet !== undefined) return this.#judge.unmet
    if (this.#context.connections.has(flow, ConnectionFlag.waited)) return 'application'
    return this.#judge.rankOf(flow) < 0 ? 'no-rule' : 'rule'
  }

  /** Categories that may not cross the connection by the rule that decides, as bits. */
  forbidden(flow: number): number {
    const requirements = this.#context.live.policy.ruleAt(this.#judge.rankOf(flow))?.requirements
    return requirements === undefined ? 0 : this.#judge.requirements.forbidden(requirements)
  }

  /** Whether it was not told of yet, or not with all that was found. */
  isNews(flow: number, conversation: Conversation | undefined): boolean {
    const { connections } = this.#context
    if (!connections.has(flow, ConnectionFlag.reported)) return true
    return this.#wrong(flow, conversation) !== connections.categories[flow]
  }

  tell(denied: Denied, action: 'reported' | 'blocked', criterion: ViolationCriterion): void {
    const { flow, conversation } = denied
    const { connections } = this.#context
    connections.set(flow, ConnectionFlag.reported)
    connections.categories[flow] = this.#wrong(flow, conversation)
    const forbidden = criterion === 'personal-data' ? this.forbidden(flow) : 0
    this.#notes.note({ ...denied, action, criterion, forbidden })
  }

  /** Categories that were found and may not cross it, as bits. */
  #wrong(flow: number, conversation: Conversation | undefined): number {
    return this.#judge.requirements.found(conversation) & this.forbidden(flow)
  }
}
