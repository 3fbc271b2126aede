import { Anomaly } from './anomalies.ts'
import { HEADER_BYTES } from './header.ts'
import { limits } from './limits.ts'

/** Takes the messages of one direction of a TCP connection. */
export interface MessageTaker {
  message(bytes: Uint8Array, start: number, end: number): void
  anomaly(code: Anomaly): void
}

/** Capacity of all buffers in use on this thread. */
let inUseBytes = 0

/**
 * Messages behind their length of 16 bits (RFC 1035 section 4.2.2, RFC 7766 section 8), cut anywhere. A message that
 * lies whole in the bytes at hand is handed on where it is; one that is cut is collected.
 */
export class StreamFraming {
  /** First byte of a length that was cut; -1 when there is none. */
  #high = -1
  /** Bytes of the message that are still to come; 0 between messages. */
  #missing = 0
  #kept: Uint8Array | undefined
  #keptLength = 0
  /** The message is passed over: part of it is lost, or there is no room for it. */
  #skips = false

  read(bytes: Uint8Array, start: number, end: number, taker: MessageTaker): void {
    let at = start
    while (at < end) {
      at =
        this.#missing > 0 ? this.#readMessage(bytes, at, end, taker) : this.#readLength(bytes, at, end, taker)
    }
  }

  /** True when the bytes that are lost are all of the message at hand, so that the next one's place is known. */
  gap(length: number, taker: MessageTaker): boolean {
    if (this.#missing < length) return false
    taker.anomaly(Anomaly.messageGap)
    this.#skips = true
    this.#release()
    this.#missing -= length
    return true
  }

  end(taker: MessageTaker): void {
    if (this.#missing > 0 || this.#high >= 0) taker.anomaly(Anomaly.messageIncomplete)
    this.#missing = 0
    this.#high = -1
    this.#release()
  }

  #readLength(bytes: Uint8Array, start: number, end: number, taker: MessageTaker): number {
    if (this.#high < 0) {
      this.#high = bytes[start]
      return start + 1
    }
    const length = (this.#high << 8) | bytes[start]
    const at = start + 1
    this.#high = -1
    if (length < HEADER_BYTES) taker.anomaly(Anomaly.malformed)
    this.#skips = length < HEADER_BYTES
    if (this.#skips || at + length > end) {
      this.#missing = length
      return at
    }
    taker.message(bytes, at, at + length)
    return at + length
  }

  #readMessage(bytes: Uint8Array, start: number, end: number, taker: MessageTaker): number {
    const stop = Math.min(end, start + this.#missing)
    if (!this.#skips) this.#keep(bytes, start, stop, taker)
    this.#missing -= stop - start
    if (this.#missing === 0 && this.#kept !== undefined) {
      taker.message(this.#kept, 0, this.#keptLength)
      this.#release()
    }
    return stop
  }

  /** Room grows with what comes, not with the length that was announced. */
  #keep(bytes: Uint8Array, start: number, end: number, taker: MessageTaker): void {
    const needed = this.#keptLength + end - start
    let kept = this.#kept
    if (kept === undefined || kept.length < needed) {
      const size = Math.min(this.#keptLength + this.#missing, Math.max(512, needed * 2))
      if (inUseBytes + size > limits.collectedBytes) {
        taker.anomaly(Anomaly.messageMemory)
        this.#skips = true
        this.#release()
        return
      }
      const grown = new Uint8Array(size)
      if (kept !== undefined) grown.set(kept)
      inUseBytes += size - (kept?.length ?? 0)
      this.#kept = kept = grown
    }
    kept.set(bytes.subarray(start, end), this.#keptLength)
    this.#keptLength = needed
  }

  #release(): void {
    inUseBytes -= this.#kept?.length ?? 0
    this.#kept = undefined
    this.#keptLength = 0
  }
}
