import { u16 } from '../../lib/bytes.ts'
import { Flag, Opcode, isAssignedOpcode } from './header.ts'

/** AA, TC and RA have no meaning in a question; what is left are RD, AD and CD. */
const RESPONSE_FLAGS = 0x0680
const RESPONSE_CODE = 0x000f
/** EDNS, TSIG or SIG(0), and one to spare. */
const MOST_ADDITIONAL = 3

/** Whether a message may begin with this header: an opcode that exists, nothing where nothing must be. */
export function isHeader(bytes: Uint8Array, start: number): boolean {
  const flags = u16(bytes, start + 2)
  if (!isFlags(flags) || u16(bytes, start + 4) > 1) return false
  const opcode = (flags >>> 11) & 15
  if ((flags & Flag.response) !== 0 || opcode === Opcode.update) return true
  // A notification brings its SOA, an incremental transfer asks from one on.
  const answers = u16(bytes, start + 6)
  const authorities = u16(bytes, start + 8)
  const additional = u16(bytes, start + 10)
  return answers <= (opcode === Opcode.notify ? 1 : 0) && authorities <= 1 && additional <= MOST_ADDITIONAL
}

/** As `isHeader`, of a header of which only `bytes[start, end)` have come. */
export function mayBeHeader(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= 4 && !isFlags(u16(bytes, start + 2))) return false
  return end - start < 6 || u16(bytes, start + 4) <= 1
}

/** The header that nearly every resolver sends: one question, and nothing besides it but EDNS. */
export function isPlainQuery(bytes: Uint8Array, start: number): boolean {
  const flags = u16(bytes, start + 2)
  const isQuery = (flags & Flag.response) === 0 && flags >>> 11 === Opcode.query
  return (
    isQuery &&
    u16(bytes, start + 4) === 1 &&
    u16(bytes, start + 6) === 0 &&
    u16(bytes, start + 8) === 0 &&
    u16(bytes, start + 10) <= 1
  )
}

function isFlags(flags: number): boolean {
  if ((flags & Flag.reserved) !== 0 || !isAssignedOpcode((flags >>> 11) & 15)) return false
  return (flags & Flag.response) !== 0 || (flags & (RESPONSE_FLAGS | RESPONSE_CODE)) === 0
}
