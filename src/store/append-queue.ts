import { storeLimits } from './limits.ts'
import { StoreError } from './store-error.ts'
import type { Appended, Batch } from './store.ts'

interface Pending {
  batch: Batch
  resolve: (appended: Appended) => void
  reject: (error: unknown) => void
}

/**
 * Batches that come while one commit waits for the disk go into the next one together: the disk's latency is paid once for all
 * of them.
 */
export class AppendQueue {
  readonly #commitAll: (batches: Batch[], now: number) => Promise<Appended[]>
  readonly #pending: Pending[] = []
  #committing: Promise<void> | null = null
  #closed = false

  /** @param commitAll stores all of them or none, durably */
  constructor(commitAll: (batches: Batch[], now: number) => Promise<Appended[]>) {
    this.#commitAll = commitAll
  }

  append(batch: Batch): Promise<Appended> {
    if (this.#closed) return Promise.reject(new StoreError('STORE_CLOSED', 'The store is closed.'))
    return new Promise((resolve, reject) => {
      this.#pending.push({ batch, resolve, reject })
      this.#committing ??= this.#commitPending()
    })
  }

  /** Finishes what was begun, and refuses what comes after. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#committing
  }

  async #commitPending(): Promise<void> {
    while (this.#pending.length > 0) await this.#commit(this.#pending.splice(0, storeLimits.batchesPerCommit))
    this.#committing = null
  }

  async #commit(group: Pending[]): Promise<void> {
    try {
      const results = await this.#commitAll(
        group.map((pending) => pending.batch),
        Date.now(),
      )
      for (const [index, pending] of group.entries()) pending.resolve(results[index])
    } catch (error) {
      // What the database itself refuses concerns its own batch only; a disk that is full concerns all.
      if (group.length > 1 && !(error instanceof StoreError))
        for (const one of group) await this.#commit([one])
      else for (const pending of group) pending.reject(error)
    }
  }
}
