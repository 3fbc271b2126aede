import { limits } from './limits.ts'
import { Version } from './versions.ts'

/** `ContentType` (RFC 8446 section 5.1, RFC 6520). */
export const ContentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
  heartbeat: 24,
} as const

/** Takes what the records of one direction hold. */
export interface RecordTaker {
  /** A record begins; `length` bytes of content follow. Returns whether the content is wanted: what is encrypted is not. */
  record(type: number, version: number, length: number): boolean
  /** A part of a wanted record's content. */
  content(type: number, bytes: Uint8Array, start: number, end: number): void
  /** The bytes at hand are no record: the place is lost. */
  malformed(): void
  /** A hello of SSL 2.0, in bytes that begin with its version. */
  oldHello(isServer: boolean, bytes: Uint8Array, start: number, end: number): void
}

const HEADER_BYTES = 5
/** SSL 2.0 has its length in 15 bits behind a set one, then the type of the message. */
const OLD_CLIENT_HELLO = 1
const OLD_SERVER_HELLO = 4

export function isRecordHeader(type: number, major: number, minor: number, length: number): boolean {
  const isType = type >= ContentType.changeCipherSpec && type <= ContentType.heartbeat
  return isType && major === Version.ssl3 >> 8 && minor <= 4 && length <= limits.recordBytes
}

/** Finds the records of one direction, cut anywhere (RFC 8446 section 5.1). What nobody wants is passed over by its length. */
export class RecordReader {
  readonly #header = new Uint8Array(HEADER_BYTES)
  #headerLength = 0
  /** Content of the record at hand that is still to come. */
  #missing = 0
  #type = 0
  #isWanted = false
  /** Set once the place is lost: nothing of this direction is read any more. */
  #isLost = false
  #isFirst = true
  /** Length of a hello of SSL 2.0, and what there is of it. */
  #old: Uint8Array | undefined
  #oldLength = 0

  read(bytes: Uint8Array, start: number, end: number, taker: RecordTaker): void {
    let at = start
    while (at < end && !this.#isLost) {
      if (this.#old !== undefined) at = this.#readOld(this.#old, bytes, at, end, taker)
      else if (this.#missing > 0) at = this.#readContent(bytes, at, end, taker)
      else at = this.#readHeader(bytes, at, end, taker)
    }
  }

  /** Whether a record is under way. */
  get isWithin(): boolean {
    return this.#missing > 0 || this.#headerLength > 0 || this.#old !== undefined
  }

  /**
   * Bytes are lost. Where they are all of the record at hand, the next one's place is known; else the next bytes are taken
   * for the beginning of a record, as they are where whole segments are missing, and must look like one.
   */
  gap(length: number): void {
    const isInside = this.#headerLength === 0 && this.#old === undefined && length <= this.#missing
    this.#missing = isInside ? this.#missing - length : 0
    this.#isWanted = false
    this.#headerLength = 0
    this.#old = undefined
  }

  lose(): void {
    this.#isLost = true
  }

  #readHeader(bytes: Uint8Array, start: number, end: number, taker: RecordTaker): number {
    const header = this.#header
    let at = start
    while (at < end && this.#headerLength < HEADER_BYTES) header[this.#headerLength++] = bytes[at++]
    if (this.#headerLength < HEADER_BYTES) return at
    this.#headerLength = 0
    const isFirst = this.#isFirst
    this.#isFirst = false
    const length = (header[3] << 8) | header[4]
    if (isRecordHeader(header[0], header[1], header[2], length)) {
      this.#type = header[0]
      this.#missing = length
      this.#isWanted = taker.record(header[0], (header[1] << 8) | header[2], length)
    } else if (isFirst && isOldHello(header)) {
      this.#beginOld()
    } else {
      this.#isLost = true
      taker.malformed()
    }
    return at
  }

  #readContent(bytes: Uint8Array, start: number, end: number, taker: RecordTaker): number {
    const stop = Math.min(end, start + this.#missing)
    this.#missing -= stop - start
    if (this.#isWanted) taker.content(this.#type, bytes, start, stop)
    return stop
  }

  /** Two bytes of the message are in the header that was read: its version, or the beginning of it. */
  #beginOld(): void {
    const header = this.#header
    const length = ((header[0] & 0x7f) << 8) | header[1]
    this.#old = new Uint8Array(Math.min(length - 1, limits.recordBytes))
    this.#old.set(header.subarray(3))
    this.#oldLength = 2
  }

  #readOld(old: Uint8Array, bytes: Uint8Array, start: number, end: number, taker: RecordTaker): number {
    const stop = Math.min(end, start + old.length - this.#oldLength)
    old.set(bytes.subarray(start, stop), this.#oldLength)
    this.#oldLength += stop - start
    if (this.#oldLength < old.length) return stop
    this.#old = undefined
    taker.oldHello(this.#header[2] === OLD_SERVER_HELLO, old, 0, old.length)
    return stop
  }
}

function isOldHello(header: Uint8Array): boolean {
  const isType = header[2] === OLD_CLIENT_HELLO || header[2] === OLD_SERVER_HELLO
  return (header[0] & 0x80) !== 0 && isType && (((header[0] & 0x7f) << 8) | header[1]) > 8
}
