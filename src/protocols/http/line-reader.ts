import { HeadFlag } from './anomalies.ts'
import { CR, LF, SP, TAB } from './octets.ts'

/** More bytes are needed. */
export const INCOMPLETE = -1
/** This is no start line. */
export const NO_START_LINE = -2

/** Finds the ends of lines and collects what is off in them. */
export class LineReader {
  /** Bits of `HeadFlag`. */
  flags = 0

  /**
   * Position of the line feed that ends the line which `bytes[start, end)` is the rest of, or `INCOMPLETE`. A bare LF
   * ends a line as CRLF does (RFC 9112 section 2.2); a bare CR does not, though some recipients take it for a space or
   * for a line's end.
   */
  protected lineEnd(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (true) {
      while (i < end && bytes[i] >= SP) i++
      if (i >= end) return INCOMPLETE
      const c = bytes[i]
      if (c === CR) {
        if (i + 1 < end && bytes[i + 1] === LF) return i + 1
        this.flags |= HeadFlag.bareCr
      } else if (c === LF) {
        this.flags |= HeadFlag.bareLf
        return i
      } else if (c !== TAB) {
        this.flags |= HeadFlag.control
      }
      i++
    }
  }
}
