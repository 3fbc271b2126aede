import type { RecordBatch, RecordText } from './worker-messages.ts'

const FIRST_BYTES = 64 * 1024
/** UTF-8 takes at most three bytes for a character of a string. */
const BYTES_PER_CHARACTER = 3

/**
 * Collects records as the bytes that go over the wire. As text each of them would be copied from the heap of one thread to that of
 * another, live there until it was sent, and be garbage of the kind that is looked for last.
 */
export class RecordCollector {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES)
  #length = 0
  #ids: string[] = []
  #ends: number[] = []

  get count(): number {
    return this.#ids.length
  }

  add({ recordId, text }: RecordText): void {
    const most = this.#length + BYTES_PER_CHARACTER * text.length
    if (most > this.#bytes.length) this.#grow(most)
    this.#length += this.#bytes.write(text, this.#length)
    this.#ids.push(recordId)
    this.#ends.push(this.#length)
  }

  /** What was collected, whose memory is the caller's; nothing is collected then. */
  take(): RecordBatch {
    const batch = { ids: this.#ids, ends: this.#ends, bytes: new Uint8Array(this.#length) }
    batch.bytes.set(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    this.#ids = []
    this.#ends = []
    return batch
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, 2 * this.#bytes.length))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
