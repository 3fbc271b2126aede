import type { Workload } from '../../model/workload.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'

/** How the traffic of a namespace is held: `closed` lets none pass that was not inspected. */
export type Protection = 'none' | 'open' | 'closed' | 'quarantine'

/**
 * What a namespace needs for the workloads that share it: the strictest that one of them asks for. Packets are held where a workload's
 * group is in Protect; elsewhere they are only watched.
 */
export function wantedProtection(
  workloads: Iterable<Workload>,
  live: LivePolicy,
  quarantined: { has(id: string): boolean },
): Protection {
  let wanted: Protection = 'none'
  for (const { id } of workloads) {
    if (quarantined.has(id)) return 'quarantine'
    const peer = live.peerOfWorkload(id)
    if (peer < 0 || live.policy.modeOfPeer(peer) !== 'Protect') continue
    if (live.policy.failureOf(peer) === 'closed') wanted = 'closed'
    else if (wanted === 'none') wanted = 'open'
  }
  return wanted
}
