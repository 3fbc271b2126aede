import { isDigit } from '../../lib/ascii.ts'
import { HeadFlag } from './anomalies.ts'
import { INCOMPLETE, LineReader, NO_START_LINE } from './line-reader.ts'
import { METHOD_GET, UNKNOWN_METHOD, findMethod } from './methods.ts'
import { CR, SP, TAB, TOKEN, equalsIgnoringCase, lowerCaseName, skipSpace, trimEnd } from './octets.ts'

/** HTTP versions as major × 10 + minor. */
export const Version = { simple: 9, http10: 10, http11: 11 } as const

const HTTP_SLASH = lowerCaseName('http/')
const VERSION_BYTES = 8
const PERCENT = 0x25
const QUESTION = 0x3f

/** 1 for octets of a target at which there is something to do. */
const TARGET_STOP = new Uint8Array(256)
for (let c = 0; c < 256; c++) if (c <= SP || c >= 0x7f || c === PERCENT || c === QUESTION) TARGET_STOP[c] = 1

/** `HTTP/1.1` is 11; anything else that begins like a version is flagged and read as if it were 1.1. */
abstract class StartLine extends LineReader {
  version = 0

  protected readVersion(bytes: Uint8Array, start: number, end: number): void {
    this.version = Version.http11
    if (end - start === VERSION_BYTES && isHttp1(bytes, start)) {
      this.version = Version.http10 + bytes[end - 1] - 0x30
    } else {
      this.flags |= HeadFlag.version
    }
  }
}

/** `HTTP/1.0` or `HTTP/1.1`, in capitals (RFC 9112 section 2.3). */
function isHttp1(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x48 &&
    bytes[at + 1] === 0x54 &&
    bytes[at + 2] === 0x54 &&
    bytes[at + 3] === 0x50 &&
    bytes[at + 4] === 0x2f &&
    bytes[at + 5] === 0x31 &&
    bytes[at + 6] === 0x2e &&
    (bytes[at + 7] | 1) === 0x31
  )
}

function beginsVersion(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > HTTP_SLASH.length && equalsIgnoringCase(bytes, start, HTTP_SLASH)
}

/** The first line of a request, RFC 9112 section 3; also HTTP/0.9's, which has no version (RFC 1945 section 4.1). */
export class RequestLine extends StartLine {
  method: number = UNKNOWN_METHOD
  methodStart = 0
  methodEnd = 0
  targetStart = 0
  targetEnd = 0
  /** Where the query begins, behind the question mark; -1 without one. */
  queryStart = -1

  /** Position behind the line, `INCOMPLETE` or `NO_START_LINE`. */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.flags = 0
    let i = start
    while (i < end && TOKEN[bytes[i]] === 1) i++
    if (i >= end) return INCOMPLETE
    if (i === start || (bytes[i] !== SP && bytes[i] !== TAB)) return NO_START_LINE
    this.methodStart = start
    this.methodEnd = i
    this.method = findMethod(bytes, start, i)
    const lf = this.lineEnd(bytes, i, end)
    if (lf < 0) return INCOMPLETE
    return this.#readRest(bytes, i, lf) ? lf + 1 : NO_START_LINE
  }

  /** Target and version between the method and the line feed at `lf`. */
  #readRest(bytes: Uint8Array, start: number, lf: number): boolean {
    const textEnd = trimEnd(bytes, start, lf)
    const target = skipSpace(bytes, start, textEnd)
    if (textEnd !== lf - (bytes[lf - 1] === CR ? 1 : 0) || target !== start + 1)
      this.flags |= HeadFlag.spacing
    let last = textEnd
    while (last > target && bytes[last - 1] !== SP && bytes[last - 1] !== TAB) last--
    if (beginsVersion(bytes, last, textEnd)) {
      this.readVersion(bytes, last, textEnd)
      this.#readTarget(bytes, target, trimEnd(bytes, target, last))
      if (this.method === UNKNOWN_METHOD) this.flags |= HeadFlag.methodUnknown
      return true
    }
    // Only GET is simple; other lines without a version are not HTTP's.
    if (this.method !== METHOD_GET || target === textEnd || last !== target) return false
    this.version = Version.simple
    this.#readTarget(bytes, target, textEnd)
    return true
  }

  #readTarget(bytes: Uint8Array, start: number, end: number): void {
    this.targetStart = start
    this.targetEnd = end
    this.queryStart = -1
    if (start === end) this.flags |= HeadFlag.targetMissing
    let i = start
    while (true) {
      while (i < end && TARGET_STOP[bytes[i]] === 0) i++
      if (i >= end) return
      const c = bytes[i]
      if (c === QUESTION) {
        if (this.queryStart < 0) this.queryStart = i + 1
      } else if (c === PERCENT) {
        if (isEncodedLineBreak(bytes, i, end)) this.flags |= HeadFlag.encodedLineBreak
      } else {
        this.flags |= c === SP || c === TAB ? HeadFlag.spaceInTarget : HeadFlag.targetCharacter
      }
      i++
    }
  }
}

/** `%0d` or `%0a`, by which a line break is brought into a response (response splitting). */
function isEncodedLineBreak(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 2 >= end || bytes[at + 1] !== 0x30) return false
  const c = bytes[at + 2] | 0x20
  return c === 0x64 || c === 0x61
}

/** The first line of a response, RFC 9112 section 4. */
export class StatusLine extends StartLine {
  /** 100 to 599, or 0 when it is none. */
  status = 0

  /** Position behind the line, `INCOMPLETE` or `NO_START_LINE`. */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.flags = 0
    const lf = this.lineEnd(bytes, start, end)
    if (lf < 0) return INCOMPLETE
    if (!beginsVersion(bytes, start, lf)) return NO_START_LINE
    let versionEnd = start
    while (bytes[versionEnd] > SP) versionEnd++
    this.readVersion(bytes, start, versionEnd)
    const status = skipSpace(bytes, versionEnd, lf)
    if (status !== versionEnd + 1 || bytes[versionEnd] !== SP) this.flags |= HeadFlag.spacing
    return this.#readStatus(bytes, status, lf) ? lf + 1 : NO_START_LINE
  }

  #readStatus(bytes: Uint8Array, start: number, lf: number): boolean {
    let i = start
    let status = 0
    while (isDigit(bytes[i]) && i < start + 4) status = status * 10 + bytes[i++] - 0x30
    if (i === start) return false
    const isStatus = i === start + 3 && status >= 100 && status <= 599 && (i === lf || bytes[i] <= SP)
    this.status = isStatus ? status : 0
    if (!isStatus) this.flags |= HeadFlag.status
    return true
  }
}
