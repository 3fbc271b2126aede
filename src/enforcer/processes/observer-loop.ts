import { FileChanges } from '../../kernel/file-changes.ts'
import { Poller } from '../../kernel/poller.ts'
import { commandLineOf, executableOf, readAncestors, readProcessStatus } from '../../kernel/process-status.ts'
import { programName } from '../../policy/processes/applets.ts'
import { containerOfCgroup } from '../../runtimes/cgroup.ts'
import { readProcess } from '../../runtimes/processes.ts'
import type { ObservedChange, ObserverData, ObserverReport, SeenProcess } from './observer-messages.ts'

const STOP = 0
const CHANGES = 1

/**
 * What the observing thread does: takes up what has happened and looks at once at who did it, for that may end a moment later. Nobody
 * waits for it.
 */
export class ObserverLoop {
  readonly #data: ObserverData
  readonly #poller = new Poller()
  readonly #changes: FileChanges

  constructor(data: ObserverData) {
    this.#data = data
    this.#changes = FileChanges.attach(data.changes)
    this.#poller.add(data.wakeupFd, STOP)
    this.#poller.add(data.changes, CHANGES)
  }

  /** Until it is woken to stop. */
  run(): void {
    try {
      while (this.#turn());
    } catch (error) {
      this.#say({ kind: 'failed', detail: (error as Error).message })
    } finally {
      this.#poller.close()
    }
  }

  #turn(): boolean {
    const ready = this.#poller.wait(-1)
    for (let i = 0; i < ready; i++) {
      if (this.#poller.token(i) === STOP) return false
      this.#readChanges()
    }
    return true
  }

  #readChanges(): void {
    const changes: ObservedChange[] = []
    const at = Date.now()
    const seen = new Map<number, SeenProcess | undefined>()
    const isWhole = this.#changes.read((change) => {
      if (!seen.has(change.pid)) seen.set(change.pid, lookAt(change.pid))
      changes.push({ at, change, process: seen.get(change.pid) })
    })
    if (changes.length > 0 || !isWhole) this.#say({ kind: 'changes', changes, isWhole })
  }

  #say(report: ObserverReport): void {
    this.#data.port.postMessage(report)
  }
}

function lookAt(pid: number): SeenProcess | undefined {
  const status = readProcessStatus(pid)
  const path = executableOf(pid)
  if (status === undefined || path === '') return undefined
  const given = commandLineOf(pid)
  return {
    pid,
    name: programName(path, given),
    path,
    arguments: given,
    uid: status.uid,
    ancestors: readAncestors(pid, () => false),
    container: containerOfCgroup(readProcess(pid, 'cgroup') ?? '')?.id,
  }
}
