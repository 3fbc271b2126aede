import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { Wakeup } from '../kernel/poller.ts'
import type { SensorDefinitions } from '../personal-data/custom/definition.ts'
import type { SecLangFile } from '../attacks/seclang/rule-set.ts'
import type { SignatureFile } from '../attacks/signatures/signature-set.ts'
import type { ThreatSettings } from '../threats/settings.ts'
import { enforcerLimits } from './limits.ts'
import type { WorkerData, WorkerOrder, WorkerReport } from './worker-messages.ts'

export interface PoolOptions {
  workers: number
  hashKey: Uint8Array
  sensors: SensorDefinitions
  threats: ThreatSettings
  /** Rules in SecLang that requests are held against. */
  secLang: readonly SecLangFile[]
  signatures: readonly SignatureFile[]
  seed: readonly [number, number]
  /** Names this run of the enforcer. */
  run: string
}

export interface PoolListener {
  report(worker: number, report: WorkerReport): void
  /** A worker ended though it was not told to: the flows that it followed are lost. */
  failed(worker: number, reason: string): void
}

interface Member {
  thread: Worker
  port: MessagePort
  wakeup: Wakeup
  taken: Int32Array
  stopped: PromiseWithResolvers<void>
}

/** The worker threads. They never return to an event loop: orders are posted, then an eventfd wakes the thread. */
export class WorkerPool {
  readonly #members: Member[]
  readonly #listener: PoolListener
  /** Who waits for texts, by the number of the question. */
  readonly #asked = new Map<number, (texts: readonly string[]) => void>()
  #questions = 0
  #isStopping = false

  constructor(options: PoolOptions, listener: PoolListener) {
    this.#listener = listener
    this.#members = Array.from({ length: options.workers }, (_, index) => this.#start(options, index))
  }

  get size(): number {
    return this.#members.length
  }

  /** Tells every worker, or all but one. */
  order(order: WorkerOrder, except = -1): void {
    for (const [index, { port, wakeup }] of this.#members.entries()) {
      if (index === except) continue
      port.postMessage(order)
      wakeup.signal()
    }
  }

  /**
   * Texts without the personal data in them.
   * @throws where no worker answers in time
   */
  redact(texts: readonly string[]): Promise<readonly string[]> {
    const number = ++this.#questions
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
    const timer = setTimeout(() => {
      this.#asked.delete(number)
      reject(new Error('no worker answered in time'))
    }, enforcerLimits.redactMs)
    this.#asked.set(number, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    const { port, wakeup } = this.#members[number % this.#members.length]
    port.postMessage({ kind: 'redact', number, texts } satisfies WorkerOrder)
    wakeup.signal()
    return promise
  }

  /** Ends their flows and takes what they still have to say; those that take too long are ended. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.order({ kind: 'stop' })
    const timeout = Promise.withResolvers<void>()
    const timer = setTimeout(timeout.resolve, enforcerLimits.workerStopMs)
    await Promise.race([Promise.all(this.#members.map(({ stopped }) => stopped.promise)), timeout.promise])
    clearTimeout(timer)
    await Promise.all(this.#members.map(({ thread }) => thread.terminate()))
    for (const { port, wakeup } of this.#members) {
      port.close()
      wakeup.close()
    }
  }

  #start(options: PoolOptions, index: number): Member {
    const { port1: port, port2 } = new MessageChannel()
    const wakeup = Wakeup.create()
    const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const data: WorkerData = {
      index,
      workers: options.workers,
      port: port2,
      wakeupFd: wakeup.fd,
      taken: shared,
      hashKey: options.hashKey,
      sensors: options.sensors,
      threats: options.threats,
      secLang: options.secLang,
      signatures: options.signatures,
      seed: options.seed,
      idPrefix: `${options.run}-${index}-`,
      fanoutGroup: options.workers > 1 ? fanoutGroup : undefined,
    }
    const thread = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: data,
      transferList: [port2],
      // It would grow to many times that, for objects that die at once or live as long as their flow.
      resourceLimits: { maxYoungGenerationSizeMb: enforcerLimits.youngGenerationMiB },
    })
    const taken = new Int32Array(shared)
    const stopped = Promise.withResolvers<void>()
    const member = { thread, port, wakeup, taken, stopped }
    port.on('message', (report: WorkerReport) => this.#take(index, member, report))
    thread.on('error', (error: Error) => this.#ended(index, error.message))
    thread.on('exit', (code) => this.#ended(index, `exit code ${code}`))
    return member
  }

  #take(index: number, { taken, stopped }: Member, report: WorkerReport): void {
    if (report.kind === 'records') Atomics.add(taken, 0, 1)
    if (report.kind === 'redacted') {
      this.#asked.get(report.number)?.(report.texts)
      this.#asked.delete(report.number)
      return
    }
    this.#listener.report(index, report)
    if (report.kind === 'stopped') stopped.resolve()
  }

  #ended(index: number, reason: string): void {
    this.#members[index]?.stopped.resolve()
    if (!this.#isStopping) this.#listener.failed(index, reason)
  }
}

/** Sixteen bits that another program's rings in the same namespace do not use: groups are the kernel's, not ours. */
const fanoutGroup = process.pid & 0xffff
