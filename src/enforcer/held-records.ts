import type { MessagePort } from 'node:worker_threads'
import { enforcerLimits } from './limits.ts'
import { RecordCollector } from './record-collector.ts'
import type { RecordBatch, RecordText, WorkerReport } from './worker-messages.ts'

/**
 * Records of one worker on their way to the main thread. While that has not taken what it was given before, they are
 * held back, up to a bound; the worker then makes fewer.
 */
export class HeldRecords {
  readonly #port: Pick<MessagePort, 'postMessage'>
  readonly #taken: Int32Array
  readonly #open = new RecordCollector()
  /** Whole batches that the other side has no room for yet, oldest first, and how many records they are. */
  readonly #waiting: RecordBatch[] = []
  #waitingRecords = 0
  #given = 0
  lost = 0

  /** @param taken - counts, in its first element, the messages that the main thread has taken. */
  constructor(port: Pick<MessagePort, 'postMessage'>, taken: SharedArrayBuffer) {
    this.#port = port
    this.#taken = new Int32Array(taken)
  }

  get size(): number {
    return this.#waitingRecords + this.#open.count
  }

  /** The other side is behind: make no record that can wait. */
  get isPressed(): boolean {
    return this.size >= enforcerLimits.recordsPerMessage
  }

  add(record: RecordText): void {
    if (this.size >= enforcerLimits.heldRecords) {
      this.lost++
      return
    }
    this.#open.add(record)
    if (this.#open.count >= enforcerLimits.recordsPerMessage) this.give()
  }

  /** Hands on what is held, as far as the other side takes it. */
  give(): void {
    this.#close()
    while (this.#waiting.length > 0 && this.#underway < enforcerLimits.messagesInFlight) this.#giveFirst()
  }

  /** Hands on all of it: nothing comes after. */
  finish(): void {
    this.#close()
    while (this.#waiting.length > 0) this.#giveFirst()
  }

  /** Messages that the other side has not taken. */
  get #underway(): number {
    return (this.#given - Atomics.load(this.#taken, 0)) | 0
  }

  #close(): void {
    if (this.#open.count === 0) return
    this.#waitingRecords += this.#open.count
    this.#waiting.push(this.#open.take())
  }

  #giveFirst(): void {
    const batch = this.#waiting.shift()
    if (batch === undefined) return
    this.#waitingRecords -= batch.ids.length
    this.#port.postMessage({ kind: 'records', batch } satisfies WorkerReport, [batch.bytes.buffer])
    this.#given++
  }
}
