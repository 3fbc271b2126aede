import { wireLimits } from '../model/enforcer-messages.ts'
import { enforcerLimits } from './limits.ts'
import type { RecordText } from './worker-messages.ts'

export interface SentBatch {
  sequence: number
  /** One line of the wire, without its newline. */
  line: string
}

/**
 * Records on their way to the controller. One that comes again while it waits takes its predecessor's place, for
 * records are cumulative: under pressure they get rarer, not fewer. Batches are kept until they are acknowledged.
 */
export class Outbox {
  readonly #waiting = new Map<string, string>()
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
    if (this.#waiting.size < this.#limit || this.#waiting.has(recordId)) this.#waiting.set(recordId, text)
    else this.lost++
  }

  /** The next batch, oldest records first; undefined when there is none, or as many as may be are on their way. */
  next(): SentBatch | undefined {
    if (this.#waiting.size === 0 || this.#sent.length >= wireLimits.batchesInFlight) return undefined
    const records = this.#take()
    const sequence = ++this.#sequence
    const batch = {
      sequence,
      line: `{"kind":"batch","sequence":${sequence},"records":[${records.join(',')}]}`,
    }
    this.#sent.push(batch)
    return batch
  }

  /** Every batch up to and including this one is durable. */
  acknowledge(sequence: number): void {
    while (this.#sent.length > 0 && this.#sent[0].sequence <= sequence) this.#sent.shift()
  }

  #take(): string[] {
    const records: string[] = []
    let bytes = 0
    for (const [recordId, text] of this.#waiting) {
      bytes += Buffer.byteLength(text) + 1
      const isFull = records.length >= wireLimits.recordsPerBatch || bytes > enforcerLimits.batchBytes
      if (isFull && records.length > 0) break
      this.#waiting.delete(recordId)
      records.push(text)
    }
    return records
  }
}
