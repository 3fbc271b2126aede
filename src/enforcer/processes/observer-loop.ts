import { receiveMessageOnPort } from 'node:worker_threads'
import { FileChanges } from '../../kernel/file-changes.ts'
import { Poller, Wakeup } from '../../kernel/poller.ts'
import { ProcessEvents } from '../../kernel/process-events.ts'
import {
  commandLineOf,
  executableOf,
  mountNamespaceOf,
  readAncestors,
  readProcessStatus,
} from '../../kernel/process-status.ts'
import { programName } from '../../policy/processes/applets.ts'
import { containerOfCgroup } from '../../runtimes/cgroup.ts'
import { readProcess } from '../../runtimes/processes.ts'
import type { ProgramObservation } from './gate-messages.ts'
import { GuardedContainers } from './guarded-containers.ts'
import { LateLook } from './late-look.ts'
import type {
  ObservedChange,
  ObserverData,
  ObserverOrder,
  ObserverReport,
  SeenProcess,
} from './observer-messages.ts'

const ORDERS = 0
const CHANGES = 1
const EVENTS = 2

/**
 * What the observing thread does: takes up what has happened and looks at once at who did it, for that may end a moment later. Nobody
 * waits for it.
 */
export class ObserverLoop {
  readonly #data: ObserverData
  readonly #poller = new Poller()
  readonly #changes: FileChanges
  readonly #events: ProcessEvents
  readonly #containers = new GuardedContainers()
  readonly #late: LateLook
  readonly #wakeup: Wakeup
  #observations: ProgramObservation[] = []
  #isStopped = false

  /** @throws {KernelError} where processes cannot be told of */
  constructor(data: ObserverData) {
    this.#data = data
    this.#wakeup = Wakeup.attach(data.wakeupFd)
    this.#events = ProcessEvents.open()
    this.#late = new LateLook(this.#containers, {
      observed: (observation) => void this.#observations.push(observation),
      kill: endProcess,
    })
    this.#poller.add(this.#events.fd, EVENTS)
    this.#changes = FileChanges.attach(data.changes)
    this.#poller.add(data.wakeupFd, ORDERS)
    this.#poller.add(data.changes, CHANGES)
  }

  /** Until it is told to stop. */
  run(): void {
    try {
      while (!this.#isStopped) this.#turn()
    } catch (error) {
      this.#say({ kind: 'failed', detail: (error as Error).message })
    } finally {
      this.#events.close()
      this.#poller.close()
    }
  }

  #turn(): void {
    const ready = this.#poller.wait(-1)
    for (let i = 0; i < ready; i++) {
      const token = this.#poller.token(i)
      if (token === ORDERS) this.#takeOrders()
      else if (token === CHANGES) this.#readChanges()
      else this.#readEvents()
    }
  }

  #takeOrders(): void {
    this.#wakeup.drain()
    for (;;) {
      const received = receiveMessageOnPort(this.#data.port)
      if (received === undefined) break
      this.#obey(received.message as ObserverOrder)
    }
    this.#tellObserved(true)
  }

  #obey(order: ObserverOrder): void {
    switch (order.kind) {
      case 'guard':
        return this.#late.scan(this.#containers.add(order.container), order.isNew)
      case 'profile':
        return this.#containers.setProfile(order.workload, order.profile)
      case 'forget':
        return this.#containers.remove(order.workload)
      case 'stop':
        this.#isStopped = true
    }
  }

  #readEvents(): void {
    const isWhole = this.#events.read({
      executed: (pid) => this.#late.executed(pid),
      userChanged: (pid, _, effectiveUid) => this.#late.userChanged(pid, effectiveUid),
    })
    this.#tellObserved(isWhole)
  }

  #tellObserved(isWhole: boolean): void {
    if (this.#observations.length === 0 && isWhole) return
    this.#say({ kind: 'observed', observations: this.#observations, isWhole })
    this.#observations = []
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

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/**
 * Who a process is; undefined where it has ended, also where it ended while it was looked at: by then its control group or its mount
 * namespace can be gone, and a process of a container would pass for one of the node.
 */
function lookAt(pid: number): SeenProcess | undefined {
  const status = readProcessStatus(pid)
  const path = executableOf(pid)
  if (status === undefined || path === '') return undefined
  const given = commandLineOf(pid)
  const ancestors = readAncestors(pid, () => false)
  const groups = readProcess(pid, 'cgroup')
  // Last: who still has a mount namespace had everything else when it was read.
  const mountNamespace = mountNamespaceOf(pid)
  if (groups === null || mountNamespace === undefined) return undefined
  return {
    ...{ pid, name: programName(path, given), path, arguments: given, uid: status.uid },
    ...{ ancestors, container: containerOfCgroup(groups)?.id, mountNamespace },
  }
}
