import { setTimeout as pause } from 'node:timers/promises'
import { dayOf } from '../evidence/body-keys.ts'
import type { Ledger } from '../evidence/ledger.ts'
import type { Log } from '../lib/log.ts'
import { storeLimits } from '../store/limits.ts'
import type { Retention, Store } from '../store/store.ts'
import { controllerLimits } from './limits.ts'

/** Share of the size limit down to which a store that went over it is emptied, so that this is not done all the time. */
const lowWater = 0.9

export interface RetentionOptions {
  store: Store
  ledger: Ledger
  retention: Retention
  now: () => number
  log: Log
  /** Records went before their time, because the store is too small for what it is to keep. */
  early: (usedBytes: number) => void
}

/** Lets go what is older than it may be, in small steps, for as long as it is not stopped. */
export class RetentionRounds {
  readonly #options: RetentionOptions
  readonly #stopped = new AbortController()
  readonly #running: Promise<void>
  #reportedAt = Number.NEGATIVE_INFINITY

  constructor(options: RetentionOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await this.#round().catch((error: Error) => this.#options.log('warn', `Retention: ${error.message}`))
      await pause(controllerLimits.retentionEveryMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  async #round(): Promise<void> {
    await this.#eraseEvidence()
    await this.#prune()
  }

  async #eraseEvidence(): Promise<void> {
    const { ledger, retention, now } = this.#options
    const before = dayOf(new Date(now() - retention.evidenceMs).toISOString())
    await ledger.eraseDays({ from: '', before }, 'pavise', 'its retention is over')
  }

  async #prune(): Promise<void> {
    const { store, retention, now } = this.#options
    let maxBytes = retention.maxBytes
    while (!this.#stopped.signal.aborted) {
      const step = { now: now(), retention: { ...retention, maxBytes }, rows: storeLimits.pruneRows }
      const pruned = await store.prune(step)
      if (pruned.early) {
        this.#report(pruned.usedBytes)
        maxBytes = retention.maxBytes * lowWater
      }
      if (!pruned.more && !(pruned.early && pruned.usedBytes > maxBytes)) return
      await pause(controllerLimits.retentionPauseMs, undefined, { ref: false })
    }
  }

  #report(usedBytes: number): void {
    const now = this.#options.now()
    if (now - this.#reportedAt < controllerLimits.earlyPruneReportMs) return
    this.#reportedAt = now
    this.#options.early(usedBytes)
  }
}
