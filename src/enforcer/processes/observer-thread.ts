import { once } from 'node:events'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { FileChanges } from '../../kernel/file-changes.ts'
import { Wakeup } from '../../kernel/poller.ts'
import { enforcerLimits } from '../limits.ts'
import { processLimits } from './limits.ts'
import type { ProgramObservation } from './gate-messages.ts'
import type { ObservedChange, ObserverData, ObserverOrder, ObserverReport } from './observer-messages.ts'

export interface ObserverListener {
  /** `isWhole`: whether nothing was lost before these. */
  changed(changes: ObservedChange[], isWhole: boolean): void
  observed(observations: ProgramObservation[], isWhole: boolean): void
  /** From now on nothing is told. */
  failed(detail: string): void
}

/** The thread that takes up what has happened: changes of files, whose marks are set on `changes`, and processes. */
export class ObserverThread {
  readonly changes: FileChanges
  readonly #wakeup = Wakeup.create()
  readonly #port: MessagePort
  readonly #thread: Worker
  readonly #listener: ObserverListener
  readonly #exited: Promise<unknown>
  #isEnded = false

  /** @throws {KernelError} where this kernel or the privileges do not allow it */
  constructor(listener: ObserverListener) {
    this.#listener = listener
    this.changes = FileChanges.open()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const data: ObserverData = { port: port2, wakeupFd: this.#wakeup.fd, changes: this.changes.fd }
    this.#thread = new Worker(new URL('observer.ts', import.meta.url), {
      workerData: data,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: enforcerLimits.youngGenerationMiB },
    })
    port1.on('message', (report: ObserverReport) => this.#take(report))
    this.#thread.on('error', (error: Error) => this.#end(error.message))
    this.#thread.on('exit', (code) => this.#end(`exit code ${code}`))
    this.#exited = once(this.#thread, 'exit').catch(() => undefined)
  }

  order(order: ObserverOrder): void {
    this.#port.postMessage(order)
    this.#wakeup.signal()
  }

  async stop(): Promise<void> {
    this.#isEnded = true
    this.order({ kind: 'stop' })
    const timer = setTimeout(() => void this.#thread.terminate(), processLimits.stopMs)
    await this.#exited
    clearTimeout(timer)
    this.changes.close()
    this.#port.close()
    this.#wakeup.close()
  }

  #take(report: ObserverReport): void {
    if (report.kind === 'changes') this.#listener.changed(report.changes, report.isWhole)
    else if (report.kind === 'observed') this.#listener.observed(report.observations, report.isWhole)
    else this.#end(report.detail)
  }

  #end(detail: string): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#listener.failed(detail)
  }
}
