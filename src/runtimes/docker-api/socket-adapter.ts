import { socketLimits } from '../limits.ts'
import type { RuntimeAdapter, WorkloadListener } from '../runtime.ts'
import type { Dialect } from './dialect.ts'
import { EngineSession } from './engine-session.ts'
import { findSockets, watchSockets } from './sockets.ts'

/** Watches every engine of one kind: the machine's, and those of users without root. */
export class SocketAdapter implements RuntimeAdapter {
  readonly name: Dialect['runtime']
  readonly #dialect: Dialect
  readonly #patterns: readonly string[]
  readonly #sessions = new Map<string, EngineSession>()
  #listener: WorkloadListener = () => undefined
  #watch: { close(): void } | undefined
  #timer: NodeJS.Timeout | undefined
  #saidAbsent = false
  #isStopped = false

  /** @param patterns Paths of sockets, or globs. */
  constructor(dialect: Dialect, patterns: readonly string[]) {
    this.name = dialect.runtime
    this.#dialect = dialect
    this.#patterns = patterns
  }

  async start(listener: WorkloadListener): Promise<void> {
    this.#listener = (event) => {
      if (event.kind === 'runtime') this.#saidAbsent = event.state === 'absent'
      listener(event)
    }
    this.#watch = watchSockets(this.#patterns, () => this.look())
    this.#timer = setInterval(() => this.look(), socketLimits.lookAgainMs)
    this.look()
    await Promise.all(this.#sessions.values().map(async (session) => session.attempted))
    this.#sayIfAbsent()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#watch?.close()
    clearInterval(this.#timer)
    for (const session of this.#sessions.values()) session.stop()
  }

  /** Begins to watch sockets that have come. */
  look(): void {
    if (this.#isStopped) return
    for (const socketPath of findSockets(this.#patterns)) {
      if (this.#sessions.has(socketPath) || this.#sessions.size >= socketLimits.sockets) continue
      const session = new EngineSession({ socketPath, dialect: this.#dialect, listener: this.#listener })
      this.#sessions.set(socketPath, session)
      void session.run().then(() => this.#ended(socketPath))
    }
  }

  #ended(socketPath: string): void {
    this.#sessions.delete(socketPath)
    this.#sayIfAbsent()
  }

  #sayIfAbsent(): void {
    if (this.#isStopped || this.#saidAbsent || this.#sessions.values().some((session) => session.isKnown))
      return
    const detail = `no engine at ${this.#patterns.join(', ')}`
    this.#listener({ kind: 'runtime', runtime: this.name, state: 'absent', detail, at: Date.now() })
  }
}
