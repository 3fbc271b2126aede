import { u32 } from '../../lib/bytes.ts'
import type { PostgresDetails } from '../../model/records.ts'
import { CollectedBytes } from './collected-bytes.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'

/** Codes in place of a protocol version (documentation, 55.7: SSLRequest, GSSENCRequest, CancelRequest). */
export const STARTUP = { ssl: 80_877_103, gss: 80_877_104, cancel: 80_877_102 } as const

/** Version 3 with any minor: 3.2 is offered since PostgreSQL 18. */
export function isProtocol3(code: number): boolean {
  return code >>> 16 === 3
}

const HEAD = 8

/** The packets before the first message, which have no type byte: length, code, parameters. */
export class StartupReader {
  /** What came so far of a packet that is not whole, or that is none. */
  readonly kept = new CollectedBytes()
  /** Code of the packet that was read last; 0 while there is none. */
  code = 0
  /** What comes is read as messages, and begins with `kept`: it is no start-up packet, or there is no room for it. */
  isNone = false
  lacksRoom = false

  /** Reads up to the end of a packet; returns where it stopped. Fills in who connects to what. */
  read(bytes: Uint8Array, start: number, end: number, details: PostgresDetails): number {
    this.code = 0
    const stop = start + u32(bytes, start)
    if (this.kept.length === 0 && start + HEAD <= stop && stop <= end) {
      this.#packet(bytes, start, stop, details)
      return this.isNone ? start : stop
    }
    return this.#collect(bytes, start, end, details)
  }

  #collect(bytes: Uint8Array, start: number, end: number, details: PostgresDetails): number {
    // Its length is below 2^24. A connection that is picked up in its middle goes on with a message, or the rest of one.
    this.isNone = this.kept.length === 0 && bytes[start] !== 0
    if (this.isNone) return start
    let at = this.#keep(bytes, start, end, HEAD)
    if (this.isNone || this.kept.length < HEAD) return at
    const length = u32(this.kept.bytes, 0)
    this.isNone = length < HEAD || length > limits.startupBytes
    if (this.isNone) return at
    at = this.#keep(bytes, at, end, length)
    if (this.isNone || this.kept.length < length) return at
    this.#packet(this.kept.bytes, 0, length, details)
    this.kept.clear()
    return at
  }

  #packet(bytes: Uint8Array, start: number, end: number, details: PostgresDetails): void {
    this.isNone = end - start > limits.startupBytes
    if (this.isNone) return
    this.code = u32(bytes, start + 4)
    if (isProtocol3(this.code)) readParameters(bytes, start + HEAD, end, details)
  }

  #keep(bytes: Uint8Array, start: number, end: number, length: number): number {
    const stop = Math.min(end, start + Math.max(0, length - this.kept.length))
    this.lacksRoom = !this.kept.append(bytes, start, stop)
    this.isNone = this.lacksRoom
    return this.isNone ? start : stop
  }
}

function readParameters(bytes: Uint8Array, start: number, end: number, details: PostgresDetails): void {
  const cursor = new Cursor()
  cursor.begin(bytes, start, end)
  while (cursor.at < end && !cursor.failed) {
    const name = cursor.string(limits.nameChars)
    if (name === '') break
    const value = cursor.string(limits.nameChars)
    if (name === 'user') details.user = value
    else if (name === 'database') details.database = value
    else if (name === 'application_name') details.applicationName = value
  }
}
