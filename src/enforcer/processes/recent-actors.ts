import { fileLimits } from '../files/limits.ts'
import type { Actor } from './gate-messages.ts'

/** Processes that the gate saw start, by their number, so that it is known who did something before it ended. */
export class RecentActors {
  /** Oldest first. */
  readonly #actors = new Map<number, Actor>()

  add(actor: Actor): void {
    this.#actors.delete(actor.pid)
    this.#actors.set(actor.pid, actor)
    if (this.#actors.size <= fileLimits.recentProcesses) return
    for (const oldest of this.#actors.keys()) {
      this.#actors.delete(oldest)
      return
    }
  }

  get(pid: number): Actor | undefined {
    return this.#actors.get(pid)
  }
}
