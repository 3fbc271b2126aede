import { hexValue } from '../../lib/ascii.ts'
import { readUtf8 } from './utf8.ts'

/**
 * Takes percent-encoding off: `%27`, as browsers write it, and `%u0027`, as IIS reads it. Bytes are read as UTF-8, overlong
 * forms too. What is no encoding stays. Returns the same text where there is none.
 */
export function decodePercent(text: string): string {
  let at = text.indexOf('%')
  if (at < 0) return text
  const pieces: string[] = []
  let from = 0
  const bytes: number[] = []
  for (; at >= 0; at = text.indexOf('%', at)) {
    const start = at
    at = readEscapes(text, at, bytes)
    if (at === start) {
      const unit = unicodeUnit(text, at)
      if (unit < 0) {
        at++
        continue
      }
      pieces.push(text.slice(from, at), String.fromCharCode(unit))
      from = at += 6
      continue
    }
    pieces.push(text.slice(from, start), readUtf8(bytes))
    from = at
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from)
}

/** Reads the bytes of `%27%28…` at `at`; returns where they end. */
function readEscapes(text: string, at: number, bytes: number[]): number {
  bytes.length = 0
  let end = at
  for (; text[end] === '%'; end += 3) {
    const high = hexValue(text.charCodeAt(end + 1))
    const low = hexValue(text.charCodeAt(end + 2))
    if (high < 0 || low < 0) break
    bytes.push(high * 16 + low)
  }
  return end
}

/** `%uHHHH` at `at`; -1 where it is none. */
function unicodeUnit(text: string, at: number): number {
  if ((text.charCodeAt(at + 1) | 0x20) !== 0x75) return -1
  let unit = 0
  for (let i = at + 2; i < at + 6; i++) {
    const digit = hexValue(text.charCodeAt(i))
    if (digit < 0) return -1
    unit = unit * 16 + digit
  }
  return unit
}
