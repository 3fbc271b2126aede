import { hexValue, isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import { limits } from '../limits.ts'
import { readUtf8 } from './utf8.ts'

/** What base64 or hexadecimal digits say, where a value is nothing but them and they say a text; else the same value. */
export function decodeEncoded(text: string): string {
  const start = text.startsWith('data:') ? text.indexOf(',') + 1 : 0
  const end = endOfDigits(text, start)
  if (end - start < limits.encodedCharacters || !isPadding(text, end)) return text
  return hexText(text, start, end) ?? base64Text(text, start, end) ?? text
}

function endOfDigits(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isBase64 =
      isAsciiLetter(code) || isDigit(code) || code === 0x2b || code === 0x2f || code === 0x2d || code === 0x5f
    if (!isBase64) break
  }
  return at
}

function isPadding(text: string, start: number): boolean {
  const rest = text.length - start
  return rest === 0 || (rest <= 2 && text[start] === '=' && text.at(-1) === '=')
}

function hexText(text: string, start: number, end: number): string | undefined {
  const from = text[start] === '0' && (text.charCodeAt(start + 1) | 0x20) === 0x78 ? start + 2 : start
  if ((end - from) % 2 !== 0) return undefined
  for (let i = from; i < end; i++) if (hexValue(text.charCodeAt(i)) < 0) return undefined
  return readable(Buffer.from(text.slice(from, end), 'hex'))
}

/** Its first characters tell whether it is a text: most of what looks like base64 is a token. */
function base64Text(text: string, start: number, end: number): string | undefined {
  const head = Buffer.from(text.slice(start, start + limits.encodedCharacters), 'base64')
  if (readable(head.subarray(0, 6)) === undefined) return undefined
  return readable(Buffer.from(text.slice(start, end), 'base64'))
}

/** Undefined where bytes are no text: nearly all of one is printable. */
function readable(bytes: Buffer): string | undefined {
  let others = 0
  for (const byte of bytes)
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte >= 0x7f) others++
  return others * 20 <= bytes.length ? readUtf8(bytes) : undefined
}
