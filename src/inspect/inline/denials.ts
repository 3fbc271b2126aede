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

  /** Tells of it unless it was told of with all that was found. */
  tellNews(denied: Denied, action: 'reported' | 'blocked'): void {
    const { flow, conversation } = denied
    const { connections } = this.#context
    const found = this.#judge.requirements.found(conversation) & this.forbidden(flow)
    if (connections.has(flow, ConnectionFlag.reported) && found === connections.categories[flow]) return
    connections.categories[flow] = found
    this.tell(denied, action, this.criterion(flow))
  }

  tell(denied: Denied, action: 'reported' | 'blocked', criterion: ViolationCriterion): void {
    this.#context.connections.set(denied.flow, ConnectionFlag.reported)
    const forbidden = criterion === 'personal-data' ? this.forbidden(denied.flow) : 0
    this.#notes.note({ ...denied, action, criterion, forbidden })
  }
}
