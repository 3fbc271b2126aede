import { randomUUID } from 'node:crypto'
import { captureLimits } from '../capture/limits.ts'
import type { CaptureStore, KeptFile } from '../capture/store/capture-store.ts'
import type { SealProblem } from '../capture/store/sealed-file.ts'
import type { Log } from '../lib/log.ts'
import type { AutomaticCapture, CaptureOrder, CapturePart } from '../model/captures.ts'
import { controllerLimits } from './limits.ts'
import type { EnforcerSession } from './enforcer-session.ts'

/** An order, and who gave it, why and when (RFC 3339). */
export interface OrderedCapture extends CaptureOrder {
  by: string
  reason: string
  at: string
}

export interface CapturesOptions {
  store: CaptureStore
  automatic: AutomaticCapture
  now: () => number
  log: Log
}

/** What enforcers are to record, and the files that they send. Orders end with the run: nobody records what nobody knows of any more. */
export class Captures {
  readonly automatic: AutomaticCapture
  readonly #store: CaptureStore
  readonly #now: () => number
  readonly #log: Log
  readonly #sessions = new Set<EnforcerSession>()
  readonly #orders = new Map<string, OrderedCapture>()
  readonly #round: NodeJS.Timeout

  constructor({ store, automatic, now, log }: CapturesOptions) {
    this.automatic = automatic
    this.#store = store
    this.#now = now
    this.#log = log
    this.#round = setInterval(() => this.#passTime(), controllerLimits.captureRoundMs).unref()
  }

  /** Those that are under way, the latest first. */
  orders(): OrderedCapture[] {
    return [...this.#orders.values()].filter(({ until }) => until > this.#now()).toReversed()
  }

  /** Newest first. */
  files(): KeptFile[] {
    return this.#store.list()
  }

  file(name: string): KeptFile | undefined {
    return this.#store.get(name)
  }

  /** Undefined where there is no such file. @throws what the system says */
  open(name: string): { bytes: Buffer; problem: SealProblem | undefined } | undefined {
    return this.#store.open(name)
  }

  /** The file as it is kept: encrypted. Undefined where there is no such file, or no longer. */
  sealed(name: string): Buffer | undefined {
    return this.#store.sealed(name)
  }

  remove(name: string): boolean {
    return this.#store.remove(name)
  }

  /** Undefined where as many as may be are under way. */
  start(order: Omit<OrderedCapture, 'id' | 'at'>): OrderedCapture | undefined {
    if (this.orders().length >= captureLimits.active) return undefined
    const made = { ...order, id: randomUUID(), at: new Date(this.#now()).toISOString() }
    this.#orders.set(made.id, made)
    this.#tell()
    return made
  }

  /** The order, where it was under way. */
  stop(id: string): OrderedCapture | undefined {
    const order = this.#orders.get(id)
    if (!this.#orders.delete(id)) return undefined
    this.#tell()
    return order
  }

  /** An enforcer is connected and has said what it goes by. */
  connected(session: EnforcerSession): void {
    if (this.#sessions.has(session)) return
    this.#sessions.add(session)
    session.send(this.#message())
  }

  ended(session: EnforcerSession): void {
    if (!this.#sessions.delete(session) || session.hello === null) return
    this.#attempt(() => this.#store.cut(session.hello?.enforcer ?? ''))
  }

  /** A piece of a file. What cannot be kept is told in the log, and its file is cut. */
  take(enforcer: string, part: CapturePart): void {
    this.#attempt(() => {
      this.#store.take(enforcer, part)
      const capture = this.#store.get(part.file)?.about.capture
      if (part.isLast && capture !== undefined) this.#rotate(capture)
    })
  }

  close(): void {
    clearInterval(this.#round)
  }

  /** Of each order only the newest files stay, as many as it asked for. */
  #rotate(capture: string): void {
    const most = this.#orders.get(capture)?.files
    if (most === undefined) return
    const files = this.#store
      .list()
      .filter(({ about, state }) => about.capture === capture && state !== 'open')
    for (const { file } of files.slice(most)) this.#store.remove(file)
  }

  #passTime(): void {
    for (const { id, until } of this.#orders.values()) if (until <= this.#now()) this.#orders.delete(id)
    this.#attempt(() => this.#store.prune())
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log('error', `Packets that were recorded could not be kept: ${(error as Error).message}`)
    }
  }

  #tell(): void {
    for (const session of this.#sessions) session.send(this.#message())
  }

  #message() {
    const orders = this.orders().map(({ by: _by, reason: _reason, at: _at, ...order }) => order)
    return { kind: 'captures' as const, automatic: this.automatic, orders }
  }
}
