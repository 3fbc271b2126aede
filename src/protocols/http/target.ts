import type { ValueSpan } from './field-section.ts'

const SLASH = 0x2f
const AT = 0x40
const COLON = 0x3a

/**
 * Finds the authority in a target of absolute form (`http://user@host:port/path`), without the user; an empty span
 * when the target has another form (RFC 9112 section 3.2.2).
 */
export function findAuthority(bytes: Uint8Array, start: number, end: number, span: ValueSpan): void {
  span.start = end
  span.end = end
  let i = start
  while (i < end && bytes[i] !== COLON && bytes[i] !== SLASH) i++
  if (i + 2 >= end || bytes[i] !== COLON || bytes[i + 1] !== SLASH || bytes[i + 2] !== SLASH) return
  i += 3
  span.start = i
  for (; i < end && !endsAuthority(bytes[i]); i++) if (bytes[i] === AT) span.start = i + 1
  span.end = i
}

/** Slash, question mark and number sign. */
function endsAuthority(c: number): boolean {
  return c === SLASH || c === 0x3f || c === 0x23
}
