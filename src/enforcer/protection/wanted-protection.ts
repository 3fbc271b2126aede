import type { InspectionDepth } from '../../policy/definition.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'

/** What a namespace needs for the workloads that share it. */
export type Protection =
  /** Its packets are watched, and none waits. */
  | { kind: 'none' }
  /** They wait until they are inspected; what cannot be passes, or does not. */
  | { kind: 'held'; failOpen: boolean; inspection: InspectionDepth }
  /** None passes. */
  | { kind: 'quarantine' }

/** Of packets that are held. */
export type Held = Extract<Protection, { kind: 'held' }>

/**
 * The strictest that one of the workloads asks for. Packets are held where a workload's group is in Protect.
 * @param workloads ids of those that share the namespace
 */
export function wantedProtection(
  workloads: Iterable<string>,
  live: LivePolicy,
  quarantined: { has(id: string): boolean },
): Protection {
  let wanted: Protection = { kind: 'none' }
  for (const id of workloads) {
    if (quarantined.has(id)) return { kind: 'quarantine' }
    const peer = live.peerOfWorkload(id)
    if (peer < 0 || live.policy.modeOfPeer(peer) !== 'Protect') continue
    const before: Omit<Held, 'kind'> =
      wanted.kind === 'held' ? wanted : { failOpen: true, inspection: 'application' }
    wanted = {
      kind: 'held',
      failOpen: before.failOpen && live.policy.failureOf(peer) === 'open',
      inspection: before.inspection === 'content' ? 'content' : live.policy.inspectionOf(peer),
    }
  }
  return wanted
}

export function isSameProtection(a: Protection, b: Protection): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
