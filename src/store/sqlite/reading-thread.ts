import { StoreThread } from './store-thread.ts'

/**
 * A second thread with a connection that only reads: in SQLite's log those who read need not wait for those who write. It is
 * opened when somebody first reads while others write; a store of which nobody asks that has one thread.
 */
export class ReadingThread {
  readonly #path: string
  #opening: Promise<void> | null = null
  #thread: StoreThread | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** The thread, where it is open. */
  get thread(): StoreThread | null {
    return this.#thread
  }

  /** Begins to open it; who cannot wait asks where everybody writes. Where it cannot be opened, or ends, all do. */
  open(): void {
    this.#opening ??= StoreThread.open(this.#path, { isReadOnly: true }).then(
      (thread) => {
        this.#thread = thread
        void thread.failed.then(() => (this.#thread = null))
      },
      () => undefined,
    )
  }

  async close(): Promise<void> {
    await this.#opening
    await this.#thread?.close()
  }
}
