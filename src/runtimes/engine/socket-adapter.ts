import type { WorkloadEvent } from '../../model/workload.ts'
import { socketLimits } from '../limits.ts'
import type { EngineAdapter, WorkloadListener } from '../runtime.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import type { EngineKind } from './engine.ts'
import { EngineSession } from './engine-session.ts'
import { findSockets, watchSockets } from './sockets.ts'

/** Watches every engine of one kind: the machine's, and those of users without root. */
export class SocketAdapter implements EngineAdapter {
  readonly name: EngineKind['runtime']
  readonly #kind: EngineKind
  readonly #patterns: readonly string[]
  readonly #find: () => string[]
  /** Who told of a workload last: an engine may listen on several sockets, and only one of its sessions may end it. */
  readonly #tellers = new Map<string, EngineSession>()
  readonly #sessions = new Map<string, EngineSession>()
  #listener: WorkloadListener = () => undefined
  #watch: { close(): void } | undefined
  #timer: NodeJS.Timeout | undefined
  #saidAbsent = false
  #isStopped = false

  /**
   * @param patterns Paths of sockets, or globs.
   * @param find Which sockets count now, where it is not all that are there.
   */
  constructor(kind: EngineKind, patterns: readonly string[], find = () => findSockets(patterns)) {
    this.name = kind.runtime
    this.#kind = kind
    this.#patterns = patterns
    this.#find = find
  }

  async start(listener: WorkloadListener): Promise<void> {
    this.#listener = listener
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
    for (const socketPath of this.#find()) {
      if (this.#sessions.has(socketPath) || this.#sessions.size >= socketLimits.sockets) continue
      const listener: WorkloadListener = (event) => this.#tell(session, event)
      const session: EngineSession = new EngineSession({ socketPath, kind: this.#kind, listener })
      this.#sessions.set(socketPath, session)
      void session.run().then(() => this.#ended(socketPath))
    }
  }

  /** Something may have happened of which the engines have not told yet. */
  relistSoon(): void {
    for (const session of this.#sessions.values()) session.relistSoon()
  }

  async starting(start: ContainerStart): Promise<void> {
    await Promise.all(this.#sessions.values().map(async (session) => session.starting(start)))
  }

  #tell(session: EngineSession, event: WorkloadEvent): void {
    if (event.kind === 'runtime') this.#saidAbsent = false
    else if (event.kind === 'started') this.#tellers.set(event.workload.id, session)
    else if (this.#tellers.get(event.id) !== session) return
    else this.#tellers.delete(event.id)
    this.#listener(event)
  }

  #ended(socketPath: string): void {
    this.#sessions.delete(socketPath)
    this.#sayIfAbsent()
  }

  #sayIfAbsent(): void {
    if (this.#isStopped || this.#saidAbsent || this.#sessions.values().some((session) => session.isKnown))
      return
    this.#saidAbsent = true
    const detail = `no engine at ${this.#patterns.join(', ')}`
    this.#listener({ kind: 'runtime', runtime: this.name, state: 'absent', detail, at: Date.now() })
  }
}
