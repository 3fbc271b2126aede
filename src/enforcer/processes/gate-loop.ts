import { receiveMessageOnPort } from 'node:worker_threads'
import { KernelError } from '../../kernel/kernel-error.ts'
import { PermissionGate } from '../../kernel/permission-gate.ts'
import { Poller, Wakeup } from '../../kernel/poller.ts'
import { FileGuard } from './file-guard.ts'
import type { GateData, GateOrder, GateReport, OpenObservation, ProgramObservation } from './gate-messages.ts'
import { GuardedContainers } from './guarded-containers.ts'
import { processLimits } from './limits.ts'
import { ProgramGuard } from './program-guard.ts'

const ORDERS = 0
const PROGRAMS = 1
const FILES = 2

/** Places of the shared numbers: turns made, and 1 while it is at work. */
export const Pulse = { turns: 0, isBusy: 1 } as const

/**
 * What the gate's thread does: answers those who wait to run a program. It waits for nothing else, opens no file of a container, and
 * never returns to Node's event loop until it is told to stop.
 */
export class GateLoop {
  readonly #data: GateData
  readonly #poller = new Poller()
  readonly #wakeup: Wakeup
  readonly #programs: PermissionGate
  readonly #files: PermissionGate
  readonly #containers = new GuardedContainers()
  readonly #fileGuard: FileGuard
  readonly #guard: ProgramGuard
  readonly #pulse: Int32Array
  #observations: ProgramObservation[] = []
  #opens: OpenObservation[] = []
  #isStopped = false
  #hasPasses = false
  #nextForget = 0
  #nextGive = 0

  constructor(data: GateData) {
    this.#data = data
    this.#pulse = new Int32Array(data.pulse)
    this.#wakeup = Wakeup.attach(data.wakeupFd)
    this.#programs = PermissionGate.attach(data.programs, 'execute')
    this.#poller.add(data.wakeupFd, ORDERS)
    this.#poller.add(data.programs, PROGRAMS)
    this.#files = PermissionGate.attach(data.files, 'open')
    this.#poller.add(data.files, FILES)
    this.#fileGuard = new FileGuard(this.#containers, (opened) => void this.#opens.push(opened))
    this.#guard = new ProgramGuard(this.#containers, {
      observed: (observation) => void this.#observations.push(observation),
      pass: (fd) => {
        this.#programs.pass(fd)
        this.#hasPasses = true
      },
    })
  }

  run(): void {
    try {
      while (!this.#isStopped) this.#turn()
      this.#give()
      this.#say({ kind: 'stopped' })
    } finally {
      this.#poller.close()
    }
  }

  #turn(): void {
    const ready = this.#poller.wait(this.#waitMs())
    Atomics.store(this.#pulse, Pulse.isBusy, 1)
    // Before any answer: who is to be guarded from now on was told before its files were marked.
    this.#takeOrders()
    for (let i = 0; i < ready; i++) this.#serve(this.#poller.token(i))
    this.#tick(performance.now())
    Atomics.add(this.#pulse, Pulse.turns, 1)
    Atomics.store(this.#pulse, Pulse.isBusy, 0)
  }

  #waitMs(): number {
    const due = Math.min(
      this.#waiting > 0 ? this.#nextGive : Infinity,
      this.#hasPasses ? this.#nextForget : Infinity,
    )
    // Never without end: a process that ends waits for its threads, and this one is asleep where nobody can wake it.
    return Math.max(0, Math.min(processLimits.sleepMs, Math.ceil(due - performance.now())))
  }

  #serve(token: number): void {
    try {
      if (token === PROGRAMS) this.#programs.serve((fd, pid) => this.#guard.decide(fd, pid))
      if (token === FILES) this.#files.serve((fd, pid) => this.#fileGuard.decide(fd, pid))
    } catch (error) {
      // Whoever it was about has been let through; the gate itself is as it was, unless the kernel no longer speaks to it.
      const kind = error instanceof KernelError ? 'failed' : 'undecided'
      this.#say({ kind, detail: (error as Error).message })
    }
  }

  #tick(now: number): void {
    if (this.#hasPasses && now >= this.#nextForget) {
      this.#programs.forgetPasses()
      this.#hasPasses = false
      this.#nextForget = now + processLimits.hotWindowMs
    }
    const isFull = this.#waiting >= processLimits.observationsPerMessage
    if (isFull || (this.#waiting > 0 && now >= this.#nextGive)) {
      this.#give()
      this.#nextGive = now + processLimits.observeMs
    }
  }

  get #waiting(): number {
    return this.#observations.length + this.#opens.length
  }

  #give(): void {
    if (this.#observations.length > 0) this.#say({ kind: 'observed', observations: this.#observations })
    if (this.#opens.length > 0) this.#say({ kind: 'opened', observations: this.#opens })
    this.#observations = []
    this.#opens = []
  }

  #takeOrders(): void {
    this.#wakeup.drain()
    for (;;) {
      const received = receiveMessageOnPort(this.#data.port)
      if (received === undefined) return
      this.#obey(received.message as GateOrder)
    }
  }

  #obey(order: GateOrder): void {
    switch (order.kind) {
      case 'guard':
        this.#containers.add(order.container)
        break
      case 'profile':
        this.#containers.setProfile(order.workload, order.profile)
        break
      case 'folders':
        this.#containers.setFolders(order.workload, order.folders)
        break
      case 'forget':
        this.#containers.remove(order.workload)
        break
      case 'stop':
        this.#isStopped = true
    }
    // What was let pass was so under what held before.
    this.#programs.forgetPasses()
  }

  #say(report: GateReport): void {
    this.#data.port.postMessage(report)
  }
}
