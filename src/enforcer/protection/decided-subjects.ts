import type { LivePolicy } from '../../policy/live/live-policy.ts'

/** What has changed of the policy, or of those whom it is about. */
export interface PolicyEvent {
  /** Addresses that somebody else has now, or nobody, where nothing else has changed. */
  moved?: readonly string[]
  /** Groups whose connections may be decided otherwise. */
  touched: ReadonlySet<string> | 'all'
}

export const nothingTouched: PolicyEvent = { touched: new Set() }

/** The workloads of a namespace, to whom decisions about its connections refer: they hold until something about these changes. */
export class DecidedSubjects {
  readonly #live: LivePolicy
  #groups: ReadonlySet<string> | undefined

  constructor(live: LivePolicy) {
    this.#live = live
  }

  /** Whether what was decided about them may be decided otherwise now. @param workloads - their ids */
  isConcerned(workloads: readonly string[], { touched }: PolicyEvent): boolean {
    const before = this.#groups
    this.#groups = this.#groupsOf(workloads)
    if (before === undefined) return false
    if (touched === 'all' || before.symmetricDifference(this.#groups).size > 0) return true
    return !touched.isDisjointFrom(this.#groups)
  }

  #groupsOf(workloads: readonly string[]): Set<string> {
    const { policy } = this.#live
    const peers = workloads.map((id) => this.#live.peerOfWorkload(id)).filter((peer) => peer >= 0)
    return new Set(peers.flatMap((peer) => policy.groupsOfPeer(peer)))
  }
}
