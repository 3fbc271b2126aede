import type { MessagePort } from 'node:worker_threads'
import { enforcerLimits } from './limits.ts'
import type { RecordText, WorkerReport } from './worker-messages.ts'

/**
 * Records of one worker on their way to the main thread. While that has not taken what it was given before, they are
 * held back, up to a bound; the worker then makes fewer.
 */
export class HeldRecords {
  readonly #port: MessagePort
  readonly #taken: Int32Array
  #held: RecordText[] = []
  #given = 0
  lost = 0

  /** @param taken - counts, in its first element, the messages that the main thread has taken. */
  constructor(port: MessagePort, taken: SharedArrayBuffer) {
    this.#port = port
    this.#taken = new Int32Array(taken)
  }

  get size(): number {
    return this.#held.length
  }

  /** The other side is behind: make no record that can wait. */
  get isPressed(): boolean {
    return this.#held.length >= enforcerLimits.recordsPerMessage
  }

  add(record: RecordText): void {
    if (this.#held.length >= enforcerLimits.heldRecords) {
      this.lost++
      return
    }
    this.#held.push(record)
    if (this.#held.length % enforcerLimits.recordsPerMessage === 0) this.give()
  }

  /** Hands on what is held, as far as the other side takes it. */
  give(): void {
    if (this.#held.length === 0) return
    const underway = (this.#given - Atomics.load(this.#taken, 0)) | 0
    if (underway >= enforcerLimits.messagesInFlight) return
    this.#give()
  }

  /** Hands on all of it: nothing comes after. */
  finish(): void {
    if (this.#held.length > 0) this.#give()
  }

  #give(): void {
    const report: WorkerReport = { kind: 'records', records: this.#held }
    this.#port.postMessage(report)
    this.#given++
    this.#held = []
  }
}
