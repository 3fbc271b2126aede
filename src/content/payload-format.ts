import type { ContentFormat } from '../model/content-format.ts'
import { fileFormat } from './files/file-start.ts'

/** Byte that MLLP puts before a message of HL7 v2. */
const MLLP_START = 0x0b

/** How the bytes of a connection are to be read that no protocol is known of, by how they begin. */
export function payloadFormat(bytes: Uint8Array, start: number, end: number): ContentFormat {
  const at = start < end && bytes[start] === MLLP_START ? start + 1 : start
  return isHl7Header(bytes, at, end) ? 'hl7' : (fileFormat(bytes, start, end) ?? 'text')
}

/** `MSH` and the separators, which are neither letters nor digits. */
function isHl7Header(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 6 || bytes[at] !== 0x4d || bytes[at + 1] !== 0x53 || bytes[at + 2] !== 0x48) return false
  return isSeparator(bytes[at + 3]) && isSeparator(bytes[at + 4]) && isSeparator(bytes[at + 5])
}

function isSeparator(c: number): boolean {
  const letter = c | 0x20
  return c > 0x20 && c < 0x7f && !(c >= 0x30 && c <= 0x39) && !(letter >= 0x61 && letter <= 0x7a)
}
