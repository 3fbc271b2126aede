import { fileFormat } from './files/file-start.ts'

/** What decoded bytes are by how they begin; undefined for what is neither text nor known. */
export type EncodedKind = 'text' | 'gzip' | 'deflate' | 'zstd' | 'avro' | 'file'

/**
 * Tells contents from binary data and from names that only look encoded. Text is UTF-8 without control characters
 * other than white space; it may be cut within a character.
 */
export function encodedKind(bytes: Uint8Array, length: number): EncodedKind | undefined {
  if (length < 4) return undefined
  const first = bytes[0]
  if (first === 0x1f) return bytes[1] === 0x8b && bytes[2] === 0x08 ? 'gzip' : undefined
  if (first === 0x28 && bytes[1] === 0xb5) return bytes[2] === 0x2f && bytes[3] === 0xfd ? 'zstd' : undefined
  if (first === 0x4f && bytes[1] === 0x62 && bytes[2] === 0x6a && bytes[3] === 1) return 'avro'
  if (fileFormat(bytes, 0, length) !== undefined) return 'file'
  if (isText(bytes, length)) return 'text'
  return isZlib(first, bytes[1]) ? 'deflate' : undefined
}

/** RFC 1950 section 2.2: deflate with its usual window, no dictionary, and the check over both bytes. */
function isZlib(method: number, flags: number): boolean {
  return method === 0x78 && (flags & 0x20) === 0 && ((method << 8) | flags) % 31 === 0
}

function isText(bytes: Uint8Array, length: number): boolean {
  let at = 0
  while (at < length) {
    const size = characterBytes(bytes[at])
    if (size === 0) return false
    for (let i = 1; i < size && at + i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return false
    at += size
  }
  return true
}

/** Bytes of the character of UTF-8 that begins with `c`; 0 where none does that a text has. */
function characterBytes(c: number): number {
  if (c < 0x20) return c === 0x09 || c === 0x0a || c === 0x0d ? 1 : 0
  if (c < 0x7f) return 1
  if (c < 0xc2) return 0
  if (c < 0xe0) return 2
  if (c < 0xf0) return 3
  return c < 0xf5 ? 4 : 0
}
