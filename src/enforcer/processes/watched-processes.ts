import { isDeepStrictEqual } from 'node:util'
import { mountNamespaceOf } from '../../kernel/process-status.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import { predefinedFileRules } from '../../policy/files/predefined.ts'
import { type Profile, profileOf } from '../../policy/processes/profile.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { FileRecords } from '../files/file-records.ts'
import { WatchedFiles } from '../files/watched-files.ts'
import type { RecordText } from '../worker-messages.ts'
import type { ProgramObservation } from './gate-messages.ts'
import { processLimits } from './limits.ts'
import { ProcessGate } from './process-gate.ts'
import type { Redact } from './actor.ts'
import { ObserverThread } from './observer-thread.ts'
import { ProcessRecords } from './process-records.ts'
import { RecentActors } from './recent-actors.ts'

export interface WatchedProcessesOptions {
  policy: LivePolicy
  /** Names this run of the enforcer. */
  run: string
  redact: Redact
  tell: (record: RecordText) => void
  /** Something is not watched. */
  gap: (reason: string, detail: string, workload?: string) => void
  /** It cannot go on, and has let everybody go: whoever runs it begins anew. */
  failed: (detail: string) => void
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
  readonly #startedAt = Date.now()
  readonly #fileRecords: FileRecords
  readonly #recent = new RecentActors()
  #gate: ProcessGate | undefined
  readonly #observer: ObserverThread | undefined
  #files: WatchedFiles | undefined

  constructor(options: WatchedProcessesOptions) {
    this.#options = options
    const { run, redact, tell } = options
    this.#records = new ProcessRecords(run, redact, tell)
    this.#fileRecords = new FileRecords(run, redact, tell)
    this.#timer = setInterval(() => this.#flush(), processLimits.retellMs)
    this.#gate = this.#openGate()
    this.#observer = this.#observe()
    if (this.#gate !== undefined && this.#observer !== undefined)
      this.#files = new WatchedFiles({
        gate: this.#gate,
        changes: this.#observer.changes,
        records: this.#fileRecords,
        recent: (pid) => this.#recent.get(pid),
        gap: options.gap,
      })
  }

  /** A workload has come, gone or changed; the policy knows of it already. */
  workload({ workload, stoppedAt }: WorkloadState): void {
    const { id, pid, runtime } = workload
    const known = this.#watched.get(id)
    if (known !== undefined && (stoppedAt !== undefined || pid !== known.pid)) {
      this.#watched.delete(id)
      this.#gate?.forget(id)
      this.#observer?.order({ kind: 'forget', workload: id })
      this.#files?.remove(id)
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
      // Files are marked before anything holds, so that all of a profile holds at once.
      this.#files?.setProfile(id, profile)
      this.#gate?.setProfile(id, profile)
      this.#observer?.order({ kind: 'profile', workload: id, profile })
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#files?.stop()
    await Promise.all([this.#gate?.stop(), this.#observer?.stop()])
    this.#flush()
  }

  #flush(): void {
    this.#records.flush()
    this.#fileRecords.flush()
  }

  #take(observations: readonly ProgramObservation[]): void {
    for (const each of observations) {
      this.#recent.add(each)
      this.#records.add(each)
    }
  }

  #openGate(): ProcessGate | undefined {
    const { gap, failed } = this.#options
    try {
      return new ProcessGate({
        observed: (observations) => this.#take(observations),
        opened: (observations) => {
          for (const each of observations)
            this.#fileRecords.add({ ...each, operation: 'opened', from: 'container' })
        },
        undecided: (detail) => gap('processes-not-watched', `a start or an open was let through: ${detail}`),
        failed: (detail) => {
          this.#gate = undefined
          failed(`what containers run is not held back any more: ${detail}`)
        },
      })
    } catch (error) {
      gap('processes-not-watched', `what containers run is not seen: ${(error as Error).message}`)
      return undefined
    }
  }

  #observe(): ObserverThread | undefined {
    const { gap, failed } = this.#options
    try {
      return new ObserverThread({
        changed: (changes, isWhole) => {
          this.#files?.changed(changes)
          if (!isWhole) gap('files-not-watched', 'files changed faster than that could be read')
        },
        observed: (observations, isWhole) => {
          this.#take(observations)
          if (!isWhole) gap('processes-not-watched', 'programs started faster than that could be read')
        },
        failed: (detail) => {
          this.#files = undefined
          failed(`changes of files, and what runs past the gate, are not seen any more: ${detail}`)
        },
      })
    } catch (error) {
      gap('files-not-watched', `changes of files are not seen: ${(error as Error).message}`)
      return undefined
    }
  }

  #guard(id: string, pid: number, startedAt: number, profile: Profile): void {
    const { gap } = this.#options
    try {
      const guarding = this.#gate?.guard(id, pid, startedAt, profile)
      for (const { point, detail } of guarding?.unguarded ?? [])
        gap('processes-not-watched', `programs under ${point} run unseen: ${detail}`, id)
      if (guarding === undefined) return
      const { container, files } = guarding
      const mountPoints = new Set(files.mounts.map(({ point }) => point).filter((point) => point !== '/'))
      const isNew = startedAt > this.#startedAt
      this.#observer?.order({ kind: 'guard', container, isNew })
      this.#files?.add({
        ...{ workload: id, container: container.container, pid, users: files.users, profile },
        mountPoints,
        mountNamespace: mountNamespaceOf(pid),
      })
    } catch (error) {
      gap('processes-not-watched', `what it runs is not seen: ${(error as Error).message}`, id)
    }
  }

  #profileOf(id: string): Profile {
    const { policy } = this.#options
    const peer = policy.peerOfWorkload(id)
    const names = new Set(policy.policy.groupsOfPeer(peer))
    const groups = policy.definition.groups.filter(({ name }) => names.has(name))
    const profile = profileOf(groups, policy.policy.profileModeOfPeer(peer) ?? 'Discover')
    return { ...profile, files: [...profile.files, ...predefinedFileRules] }
  }
}
