import { u32 } from '../../lib/bytes.ts'
import { Anomaly } from './anomalies.ts'
import { BoundarySearch } from './boundary-search.ts'
import { CollectedBytes } from './collected-bytes.ts'
import { limits } from './limits.ts'
import { Client, COPY_DATA, type MessageTypes } from './message-types.ts'

/** Takes the messages of one direction. Offsets are those of the body, without type and length. */
export interface MessageHandler {
  message(type: number, bytes: Uint8Array, start: number, end: number): void
  /**
   * A part of a message that is not put together: COPY data, which are a stream themselves, and messages that there is
   * no room for; `isLast` with the final one.
   */
  part(type: number, bytes: Uint8Array, start: number, end: number, isLast: boolean): void
  /** Bytes are lost, or what came cannot be a message. */
  lost(): void
  /** The rest of what came in parts does not come. */
  brokenOff(): void
  /** Bytes that no message is known of: out of step, or the rest of a torn message. */
  stray(bytes: Uint8Array, start: number, end: number): void
  /** No more of them: messages follow, or a hole does. */
  endStrays(): void
  anomaly(code: string): void
}

const HEADER = 5

/**
 * Frames of the protocol (PostgreSQL documentation, 55.7): a type byte, a big-endian length that counts itself, the
 * body. A message that lies whole in the bytes at hand is handed on in place; one that is cut is collected. What cannot
 * be a message is searched for the next one that can.
 */
export class MessageReader {
  readonly #types: MessageTypes
  readonly #handler: MessageHandler
  readonly #header = new Uint8Array(HEADER)
  #headerLength = 0
  /** Body bytes still to come; -1 between messages. */
  #missing = -1
  /** The message at hand is handed on in parts. */
  #inParts = false
  /** Part of the message at hand is lost. */
  #isTorn = false
  /** The header that was just read cannot be one. */
  #isBroken = false
  readonly #kept = new CollectedBytes()
  #search: BoundarySearch | undefined

  constructor(types: MessageTypes, handler: MessageHandler) {
    this.#types = types
    this.#handler = handler
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (this.#search !== undefined) at = this.#searchOn(this.#search, bytes, at, end)
      else at = this.#readFrame(bytes, at, end)
      if (this.#isBroken) this.#beginSearch().append(this.#header, 0, HEADER, this.#handler)
    }
  }

  /** Part of a message, or of what may be one. */
  get holds(): boolean {
    return this.#headerLength > 0 || this.#kept.length > 0 || this.#search !== undefined
  }

  /** `length` bytes are lost. Within a message the next one's place is known, otherwise it is searched for. */
  gap(length: number): void {
    this.#handler.lost()
    this.#breakOff()
    this.#search?.giveUp(this.#handler)
    this.#handler.endStrays()
    if (this.#search !== undefined) return
    if (this.#missing >= length) this.#tear(length)
    else this.#beginSearch()
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#search !== undefined) this.#finish(this.#search)
    this.#breakOff()
    this.#handler.endStrays()
    this.#missing = -1
  }

  /** The message at hand will not become whole: what is kept of it is handed on. */
  #breakOff(): void {
    this.#handler.brokenOff()
    this.#handler.stray(this.#header, 0, this.#headerLength)
    this.#headerLength = 0
    this.#passStray(this.#kept.bytes, 0, this.#kept.length)
    this.#kept.clear()
  }

  /** Bytes of the message at hand; passwords are never handed on. */
  #passStray(bytes: Uint8Array, start: number, end: number): void {
    if (this.#header[0] !== Client.password) this.#handler.stray(bytes, start, end)
  }

  #tear(length: number): void {
    this.#missing -= length
    this.#isTorn = this.#missing > 0
    if (!this.#isTorn) this.#missing = -1
  }

  #readFrame(bytes: Uint8Array, start: number, end: number): number {
    return this.#missing < 0 ? this.#readHeader(bytes, start, end) : this.#readBody(bytes, start, end)
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.#headerLength < HEADER) this.#header[this.#headerLength++] = bytes[at++]
    if (this.#headerLength < HEADER) return at
    this.#headerLength = 0
    const type = this.#header[0]
    const length = u32(this.#header, 1) - 4
    if (!this.#types.fits(type, length)) {
      this.#handler.anomaly(this.#types.isKnown(type) ? Anomaly.badLength : Anomaly.unknownMessage)
      this.#handler.lost()
      this.#isBroken = true
      return at
    }
    this.#missing = length
    this.#inParts = length > limits.messageBytes || type === COPY_DATA
    if (length > limits.messageBytes && type !== COPY_DATA) this.#handler.anomaly(Anomaly.longMessage)
    // An empty body is complete at once.
    return length === 0 ? this.#readBody(bytes, at, at) : at
  }

  #readBody(bytes: Uint8Array, start: number, end: number): number {
    const stop = Math.min(end, start + this.#missing)
    const isLast = stop - start === this.#missing
    const type = this.#header[0]
    this.#missing = isLast ? -1 : this.#missing - (stop - start)
    if (this.#isTorn) this.#readTorn(bytes, start, stop, isLast)
    else if (this.#inParts) this.#handler.part(type, bytes, start, stop, isLast)
    else if (isLast && this.#kept.length === 0) this.#handler.message(type, bytes, start, stop)
    else this.#collect(bytes, start, stop, isLast)
    return stop
  }

  #readTorn(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    this.#passStray(bytes, start, end)
    if (!isLast) return
    this.#isTorn = false
    this.#handler.endStrays()
  }

  #collect(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    const kept = this.#kept
    const type = this.#header[0]
    if (!kept.append(bytes, start, end)) {
      this.#handler.anomaly(Anomaly.messageMemory)
      this.#inParts = true
      if (kept.length > 0) this.#handler.part(type, kept.bytes, 0, kept.length, false)
      kept.clear()
      this.#handler.part(type, bytes, start, end, isLast)
    } else if (isLast) {
      this.#handler.message(type, kept.bytes, 0, kept.length)
      kept.clear()
    }
  }

  #beginSearch(): BoundarySearch {
    this.#isBroken = false
    this.#isTorn = false
    this.#missing = -1
    return (this.#search = new BoundarySearch(this.#types))
  }

  #searchOn(search: BoundarySearch, bytes: Uint8Array, start: number, end: number): number {
    const stop = search.append(bytes, start, end, this.#handler)
    while (this.#search !== undefined && search.find(this.#handler, false)) this.#readFound(search)
    return stop
  }

  /** The direction has ended: a message that ends with it is found as well. */
  #finish(search: BoundarySearch): void {
    while (this.#search !== undefined && search.find(this.#handler, true)) this.#readFound(search)
    search.giveUp(this.#handler)
    this.#search = undefined
  }

  /** Reads what the search has kept, from the message that it found; it goes on where that is out of step again. */
  #readFound(search: BoundarySearch): void {
    this.#handler.endStrays()
    const { bytes, length } = search.kept
    let at = search.at
    while (at < length && !this.#isBroken) at = this.#readFrame(bytes, at, length)
    if (this.#isBroken) {
      this.#isBroken = false
      search.goOnBehind(at - HEADER)
    } else {
      search.clear()
      this.#search = undefined
    }
  }
}
