import { latin1, utf8 } from '../../lib/bytes.ts'
import { limits } from './limits.ts'

/** A name out of a hello, as text of printable ASCII; the rest of the bytes as `\\x..`. Cut at its limit. */
export function readName(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, start + limits.nameCharacters)
  return latin1(bytes, start, stop).replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

/** UTF-8 text without controls, cut at its limit. */
export function readText(bytes: Uint8Array, start: number, end: number): string {
  return utf8(bytes, start, Math.min(end, start + limits.nameCharacters)).replaceAll(/\p{C}/gu, '�')
}
