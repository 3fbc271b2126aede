import { type PeerWorkload, wireLimits, type WorkloadState } from '../../model/enforcer-messages.ts'
import { isPod } from '../../policy/live/address-owner.ts'
import type { EnforcerSession } from '../enforcer-session.ts'
import { controllerLimits } from '../limits.ts'

/**
 * Tells each enforcer of the pods of the other nodes: their addresses are their own in the whole cluster, and rules between groups
 * speak of them wherever they run.
 */
export class PeerDistribution {
  readonly #sessions = new Map<EnforcerSession, string>()
  readonly #running: (enforcer: string) => PeerWorkload[]

  /** @param running what runs on a node */
  constructor(running: (enforcer: string) => PeerWorkload[]) {
    this.#running = running
  }

  /** An enforcer has said what it goes by: it is told of all others’ pods, once. @param enforcers all that are known */
  connected(session: EnforcerSession, enforcers: readonly string[]): void {
    const own = session.hello?.enforcer
    if (own === undefined || this.#sessions.has(session)) return
    this.#sessions.set(session, own)
    const peers = enforcers
      .filter((name) => name !== own)
      .flatMap((name) => this.#running(name).filter(isPeer))
    this.#tell(session, { peers: peers.slice(0, controllerLimits.peers), gone: [] }, true)
  }

  ended(session: EnforcerSession): void {
    this.#sessions.delete(session)
  }

  /** Workloads of a node have come, gone or changed. */
  changed(node: string, states: readonly WorkloadState[]): void {
    const pods = states.filter(({ workload }) => isPeer({ node, workload }))
    if (pods.length === 0) return
    const peers = pods
      .filter(({ stoppedAt }) => stoppedAt === undefined)
      .map(({ workload }) => ({ node, workload }))
    const gone = pods.filter(({ stoppedAt }) => stoppedAt !== undefined).map(({ workload }) => workload.id)
    for (const [session, own] of this.#sessions) if (own !== node) this.#tell(session, { peers, gone }, false)
  }

  /** In parts, for a line has a bound. */
  #tell(
    session: EnforcerSession,
    { peers, gone }: { peers: PeerWorkload[]; gone: string[] },
    all: boolean,
  ): void {
    const size = wireLimits.peersPerMessage
    for (let from = 0; from === 0 || from < Math.max(peers.length, gone.length); from += size)
      session.send({
        kind: 'peers',
        complete: all && from === 0,
        peers: peers.slice(from, from + size).map(withoutPlace),
        gone: gone.slice(from, from + size),
      })
  }
}

function isPeer({ workload }: PeerWorkload): boolean {
  return isPod(workload) && !workload.hostNetwork
}

/** Processes and namespaces of another machine mean nothing on this one. */
function withoutPlace({ node, workload }: PeerWorkload): PeerWorkload {
  return { node, workload: { ...workload, pid: null, netns: null, netnsPath: null } }
}
