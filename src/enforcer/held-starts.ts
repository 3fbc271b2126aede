import { join } from 'node:path'
import type { Log } from '../lib/log.ts'
import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Workload } from '../model/workload.ts'
import type { ContainerStart } from '../runtimes/starts/container-start.ts'
import { StartRequests } from '../runtimes/starts/start-requests.ts'
import { enforcerLimits } from './limits.ts'

export interface HeldStartsOptions {
  /** Of the enforcer. */
  stateFolder: string
  /** Tells of a container that is about to start, as if it ran. */
  starting: (start: ContainerStart) => Promise<void>
  states: () => readonly WorkloadState[]
  /** Its first program is run now. @param at - ms since 1970 */
  released: (workload: string, at: number) => void
  /** Why it may not start, in one sentence; undefined where it may. */
  refusal: (workload: Workload) => string | undefined
  /** It is not started. */
  refused: (start: ContainerStart, workload: Workload, reason: string) => void
  /** It starts though its packets are not read, or not held as they should be. */
  gap: (workload: string, detail: string) => void
  log: Log
}

/** Folder in the enforcer's state folder where starts are asked for. */
export function startsFolderIn(stateFolder: string): string {
  return join(stateFolder, 'starts')
}

/** Holds the starts of containers until their packets are read, and held where their groups ask for it: then there is no gap. */
export class HeldStarts {
  readonly #options: HeldStartsOptions
  readonly #requests: StartRequests
  /** Called at each change of a workload. */
  readonly #waiting = new Set<() => void>()

  constructor(options: HeldStartsOptions) {
    this.#options = options
    this.#requests = new StartRequests(startsFolderIn(options.stateFolder), (start) => this.#hold(start))
  }

  /** Where the folder cannot be made, starts are not held: what is missed is told as for any container. */
  open(): void {
    try {
      this.#requests.open()
    } catch (error) {
      this.#options.log('warn', `starts of containers are not held: ${(error as Error).message}`)
    }
  }

  async close(): Promise<void> {
    await this.#requests.close()
  }

  /** A workload is watched or protected otherwise than before. */
  changed(): void {
    for (const look of this.#waiting) look()
  }

  /** @returns why it may not start */
  async #hold(start: ContainerStart): Promise<string | undefined> {
    const ready = Promise.withResolvers<boolean>()
    let isTold = false
    // Of a container that no engine knows nothing is waited for.
    const look = () => void (isTold && this.#of(start).every(isReady) && ready.resolve(true))
    const timer = setTimeout(ready.resolve, enforcerLimits.startHoldMs, false)
    this.#waiting.add(look)
    let refusal: string | undefined
    void this.#options.starting(start).then(() => {
      isTold = true
      refusal = this.#refuse(start)
      if (refusal === undefined) look()
      else ready.resolve(true)
    })
    const isInTime = await ready.promise
    clearTimeout(timer)
    this.#waiting.delete(look)
    if (refusal === undefined) this.#release(start, isInTime)
    return refusal
  }

  /** Of a container that no engine knows, or does not know the labels of yet, nothing can be said. */
  #refuse(start: ContainerStart): string | undefined {
    for (const { workload } of this.#of(start)) {
      const reason = this.#options.refusal(workload)
      if (reason === undefined) continue
      this.#options.refused(start, workload, reason)
      return reason
    }
    return undefined
  }

  #release(start: ContainerStart, isInTime: boolean): void {
    const at = Date.now()
    for (const { workload } of this.#of(start)) {
      if (isInTime) this.#options.released(workload.id, at)
      else
        this.#options.gap(workload.id, `its rules were not in place after ${enforcerLimits.startHoldMs} ms`)
    }
  }

  #of({ pid }: ContainerStart): WorkloadState[] {
    return this.#options.states().filter(({ workload }) => workload.pid === pid)
  }
}

/** Its packets are read, or it is known that they cannot be, and whatever is to hold them does, or has failed to. */
function isReady({ coverage, protection }: WorkloadState): boolean {
  return coverage !== 'starting' && (protection?.kind !== 'held' || protection.afterMs !== undefined)
}
