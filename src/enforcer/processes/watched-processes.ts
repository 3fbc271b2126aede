import { isDeepStrictEqual } from 'node:util'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import { type Profile, profileOf } from '../../policy/processes/profile.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { RecordText } from '../worker-messages.ts'
import { processLimits } from './limits.ts'
import { ProcessGate } from './process-gate.ts'
import { ProcessRecords, type Redact } from './process-records.ts'

export interface WatchedProcessesOptions {
  policy: LivePolicy
  /** Names this run of the enforcer. */
  run: string
  redact: Redact
  tell: (record: RecordText) => void
  /** Something is not watched. */
  gap: (reason: string, detail: string, workload?: string) => void
}

interface Watched {
  pid: number
  profile: Profile
}

/** The programs of the containers that run: each goes by the profile of the groups that its workload is in, as it is now. */
export class WatchedProcesses {
  readonly #options: WatchedProcessesOptions
  readonly #records: ProcessRecords
  readonly #watched = new Map<string, Watched>()
  readonly #timer: NodeJS.Timeout
  #gate: ProcessGate | undefined

  constructor(options: WatchedProcessesOptions) {
    this.#options = options
    const { run, redact, tell, gap } = options
    this.#records = new ProcessRecords(run, redact, tell)
    this.#timer = setInterval(() => this.#records.flush(), processLimits.retellMs)
    try {
      this.#gate = new ProcessGate({
        observed: (observations) => observations.forEach((each) => this.#records.add(each)),
        failed: (detail) => {
          this.#gate = undefined
          gap('processes-not-watched', `what containers run is not held back any more: ${detail}`)
        },
      })
    } catch (error) {
      gap('processes-not-watched', `what containers run is not seen: ${(error as Error).message}`)
    }
  }

  /** A workload has come, gone or changed; the policy knows of it already. */
  workload({ workload, stoppedAt }: WorkloadState): void {
    const { id, pid, runtime } = workload
    const known = this.#watched.get(id)
    if (known !== undefined && (stoppedAt !== undefined || pid !== known.pid)) {
      this.#watched.delete(id)
      this.#gate?.forget(id)
    }
    if (stoppedAt !== undefined || pid === null || runtime === 'netns' || this.#watched.has(id)) return
    const profile = this.#profileOf(id)
    this.#watched.set(id, { pid, profile })
    this.#guard(id, pid, Date.parse(workload.startedAt), profile)
  }

  /** The policy has changed, or who is in which group. */
  policyChanged(): void {
    for (const [id, watched] of this.#watched) {
      const profile = this.#profileOf(id)
      if (isDeepStrictEqual(profile, watched.profile)) continue
      watched.profile = profile
      this.#gate?.setProfile(id, profile)
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#gate?.stop()
    this.#records.flush()
  }

  #guard(id: string, pid: number, startedAt: number, profile: Profile): void {
    const { gap } = this.#options
    try {
      const guarding = this.#gate?.guard(id, pid, startedAt, profile)
      for (const { point, detail } of guarding?.unguarded ?? [])
        gap('processes-not-watched', `programs under ${point} run unseen: ${detail}`, id)
    } catch (error) {
      gap('processes-not-watched', `what it runs is not seen: ${(error as Error).message}`, id)
    }
  }

  #profileOf(id: string): Profile {
    const { policy } = this.#options
    const peer = policy.peerOfWorkload(id)
    const names = new Set(policy.policy.groupsOfPeer(peer))
    const groups = policy.definition.groups.filter(({ name }) => names.has(name))
    return profileOf(groups, policy.policy.profileModeOfPeer(peer) ?? 'Discover')
  }
}
