import { wireLimits } from '../../model/enforcer-messages.ts'
import { enforcerLimits } from '../limits.ts'
import type { RecordBatch, RecordText } from '../worker-messages.ts'

export interface SentBatch {
  sequence: number
  /** One line of the wire, with its newline. */
  line: Uint8Array
}

/**
 * Records on their way to the controller, as the bytes that go there. One that comes again while it waits takes its
 * predecessor's place, for records are cumulative: under pressure they get rarer, not fewer. Batches are kept until they
 * are acknowledged.
 */
export class Outbox {
  readonly #waiting = new Map<string, Uint8Array>()
  readonly #sent: SentBatch[] = []
  readonly #limit: number
  #sequence = 0
  /** Records that found no room. */
  lost = 0

  constructor(limit: number = enforcerLimits.waitingRecords) {
    this.#limit = limit
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Nothing waits and everything is acknowledged. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#sent.length === 0
  }

  /** Batches sent and not acknowledged, oldest first: what is sent again after a reconnect. */
  get sent(): readonly SentBatch[] {
    return this.#sent
  }

  add({ recordId, text }: RecordText): void {
    this.#add(recordId, Buffer.from(text))
  }

  /** Records of a worker, whose memory is not used by anybody else. */
  addBatch({ ids, ends, bytes }: RecordBatch): void {
    let start = 0
    for (const [index, end] of ends.entries()) {
      const record = bytes.subarray(start, end)
      // One that waits for long is not to hold on to the memory of a whole batch.
      this.#add(ids[index], this.#isBehind ? record.slice() : record)
      start = end
    }
  }

  /** The next batch, oldest records first; undefined when there is none, or as many as may be are on their way. */
  next(): SentBatch | undefined {
    if (this.#waiting.size === 0 || this.#sent.length >= wireLimits.batchesInFlight) return undefined
    const records = this.#take()
    const sequence = ++this.#sequence
    const batch = { sequence, line: batchLine(sequence, records) }
    this.#sent.push(batch)
    return batch
  }

  /** Every batch up to and including this one is durable. */
  acknowledge(sequence: number): void {
    while (this.#sent.length > 0 && this.#sent[0].sequence <= sequence) this.#sent.shift()
  }

  /** More waits than goes with the next batch. */
  get #isBehind(): boolean {
    return this.#waiting.size >= wireLimits.recordsPerBatch
  }

  #add(recordId: string, record: Uint8Array): void {
    if (this.#waiting.size < this.#limit || this.#waiting.has(recordId)) this.#waiting.set(recordId, record)
    else this.lost++
  }

  #take(): Uint8Array[] {
    const records: Uint8Array[] = []
    let bytes = 0
    for (const [recordId, record] of this.#waiting) {
      bytes += record.length + 1
      const isFull = records.length >= wireLimits.recordsPerBatch || bytes > enforcerLimits.batchBytes
      if (isFull && records.length > 0) break
      this.#waiting.delete(recordId)
      records.push(record)
    }
    return records
  }
}

const COMMA = 0x2c

/** The message `batch` of the wire around records that are JSON already. */
function batchLine(sequence: number, records: readonly Uint8Array[]): Uint8Array {
  const [head, tail] = [
    Buffer.from(`{"kind":"batch","sequence":${sequence},"records":[`),
    Buffer.from(']}\n'),
  ]
  const commas = Math.max(0, records.length - 1)
  const length = records.reduce((sum, record) => sum + record.length, head.length + tail.length + commas)
  const line = Buffer.allocUnsafeSlow(length)
  let at = head.copy(line)
  for (const [index, record] of records.entries()) {
    if (index > 0) line[at++] = COMMA
    line.set(record, at)
    at += record.length
  }
  tail.copy(line, at)
  return line
}
