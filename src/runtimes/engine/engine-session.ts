import { setTimeout as sleep } from 'node:timers/promises'
import { engineLimits } from '../limits.ts'
import type { WorkloadListener } from '../runtime.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import { ContainerTable } from './container-table.ts'
import type { EngineConnection, EngineKind } from './engine.ts'
import { type EngineError, toEngineError } from './engine-error.ts'

/** An engine may have left its socket behind: then nothing is lost that was there. */
const nobodyThere: ReadonlySet<string> = new Set(['absent', 'refused', 'foreign'])

interface SessionOptions {
  socketPath: string
  kind: EngineKind
  listener: WorkloadListener
}

/** Watches the engine behind one socket: connects, and connects again when it is lost. */
export class EngineSession {
  readonly #options: SessionOptions
  readonly #table: ContainerTable
  readonly #stop = new AbortController()
  readonly #attempted = Promise.withResolvers<void>()
  #connection: EngineConnection | undefined
  /** What was last said of the engine. */
  #said: 'nothing' | 'connected' | 'lost' = 'nothing'

  constructor(options: SessionOptions) {
    this.#options = options
    const { kind, listener } = options
    this.#table = new ContainerTable(kind.runtime, (event) => {
      if (!this.#stop.signal.aborted) listener(event)
    })
  }

  /** Resolves after the first attempt, whatever came of it. */
  get attempted(): Promise<void> {
    return this.#attempted.promise
  }

  /** Whether anything was said of the engine: not where nobody has ever listened. */
  get isKnown(): boolean {
    return this.#said !== 'nothing'
  }

  /** Resolves when stopped, or when the socket is gone and nothing is left of what the engine ran. Never rejects. */
  async run(): Promise<void> {
    let retryMs: number = engineLimits.firstRetryMs
    while (!this.#stop.signal.aborted) {
      const { error, wasOpen } = await this.#connect()
      this.#attempted.resolve()
      if (wasOpen) retryMs = engineLimits.firstRetryMs
      this.#table.sweep(Date.now())
      if (error.code === 'absent' && this.#table.ids.length === 0) break
      await this.#pause(error.code === 'foreign' ? engineLimits.foreignRetryMs : retryMs)
      retryMs = Math.min(retryMs * 2, engineLimits.lastRetryMs)
    }
    this.#attempted.resolve()
  }

  relistSoon(): void {
    this.#connection?.relistSoon()
  }

  /** Tells of a container that is about to start, where it is this engine's. Never rejects: an engine that is lost says so itself. */
  async starting(start: ContainerStart): Promise<void> {
    const details = await this.#connection?.starting(start).catch(() => undefined)
    if (details !== undefined) this.#table.starting(details, start.pid, Date.now())
  }

  stop(): void {
    this.#stop.abort()
    this.#connection?.close()
  }

  async #connect(): Promise<{ error: EngineError; wasOpen: boolean }> {
    const { socketPath, kind } = this.#options
    const connection = kind.connect(socketPath, this.#table)
    this.#connection = connection
    let wasOpen = false
    try {
      const engine = await connection.open()
      wasOpen = true
      this.#say('connected', `${socketPath}, ${engine}${this.#refused()}`)
      this.#attempted.resolve()
      const error = await connection.lost
      this.#say('lost', `${socketPath}: ${error.message}`)
      return { error, wasOpen }
    } catch (cause) {
      const error = toEngineError(cause)
      if (!nobodyThere.has(error.code)) this.#say('lost', `${socketPath}: ${error.message}`)
      return { error, wasOpen }
    } finally {
      connection.close()
    }
  }

  #refused(): string {
    const { refused } = this.#table
    return refused === 0 ? '' : `; ${refused} containers beyond ${engineLimits.containers} are not watched`
  }

  /** Each state once, however often it is tried. */
  #say(state: 'connected' | 'lost', detail: string): void {
    if (state === this.#said || this.#stop.signal.aborted) return
    this.#said = state
    const { kind, listener } = this.#options
    const short = detail.slice(0, engineLimits.detailCharacters)
    listener({ kind: 'runtime', runtime: kind.runtime, state, detail: short, at: Date.now() })
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }
}
