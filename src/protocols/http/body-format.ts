import { fileFormat, mayBeFile } from '../../content/files/file-start.ts'
import type { ContentFormat } from '../protocol.ts'
import { limits } from './limits.ts'
import type { MediaType } from './media-type.ts'
import { TOKEN, isSpace, lowerCaseName, equalsIgnoringCase } from './octets.ts'

/**
 * Tells how a body is to be read, from what its Content-Type says and from its first bytes: senders declare nothing,
 * `application/octet-stream` or the wrong type often enough, some of them in order to be overlooked.
 *
 * Invariant: the answer for a prefix is the answer for whatever it is continued with, so cuts make no difference.
 */

const BRACE = 0x7b
const BRACKET = 0x5b
const LESS = 0x3c
const EQUALS = 0x3d

const HTML_STARTS = [
  '!doctype html',
  'html',
  'head',
  'body',
  'title',
  'script',
  'table',
  'div',
  'style',
  'h1',
  'p>',
]
const HTML_NAMES = HTML_STARTS.map(lowerCaseName)
const LONGEST_HTML_START = Math.max(...HTML_NAMES.map((name) => name.length))

/** Format of a body that begins with `bytes[start, end)`, or undefined while more is needed and `final` is not set. */
export function bodyFormat(
  declared: MediaType,
  bytes: Uint8Array,
  start: number,
  end: number,
  final: boolean,
): ContentFormat | undefined {
  if (declared.trust === 'firm') return declared.format
  const to = Math.min(end, start + limits.sniffedBytes)
  const isAll = final || to === start + limits.sniffedBytes
  const first = firstVisible(bytes, start, to)
  if (first === to) return isAll ? declared.format : undefined
  const c = bytes[first]
  if (c === BRACE || c === BRACKET) return declared.format === 'ndjson' ? 'ndjson' : 'json'
  if (c === LESS) return markupFormat(declared, bytes, first + 1, to, isAll)
  if (declared.trust === 'structured' || isUtf16(bytes, start, to)) return declared.format
  const file = fileFormat(bytes, start, to)
  if (file !== undefined) return file
  if (!isAll && mayBeFile(bytes, start, to)) return undefined
  return plainFormat(declared, bytes, start, to, isAll)
}

/** Position behind a UTF-8 byte order mark and white space. */
function firstVisible(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  const mark = [0xef, 0xbb, 0xbf]
  while (i < end && i < start + mark.length && bytes[i] === mark[i - start]) i++
  while (i < end && isSpace(bytes[i])) i++
  return i
}

function isUtf16(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 1 && (bytes[start] & 0xfe) === 0xfe && (bytes[start] ^ bytes[start + 1]) === 1
}

function markupFormat(
  declared: MediaType,
  bytes: Uint8Array,
  start: number,
  end: number,
  isAll: boolean,
): ContentFormat | undefined {
  if (declared.format === 'xml' || declared.format === 'html') return declared.format
  for (const name of HTML_NAMES) {
    if (end - start >= name.length && equalsIgnoringCase(bytes, start, name)) return 'html'
  }
  return isAll || end - start >= LONGEST_HTML_START ? 'xml' : undefined
}

/** Form data, binary, or else text. */
function plainFormat(
  declared: MediaType,
  bytes: Uint8Array,
  start: number,
  end: number,
  isAll: boolean,
): ContentFormat | undefined {
  let inKey = true
  for (let i = start; i < end; i++) {
    const c = bytes[i]
    if (isControl(c)) return declared.trust === 'text' ? 'text' : 'binary'
    if (inKey && c === EQUALS) {
      if (i + 1 === end && !isAll) return undefined
      // Base64 ends in equals signs, a key is followed by something.
      if (i > start && i + 1 < end && bytes[i + 1] !== EQUALS) return 'form'
    }
    inKey &&= isKey(c)
  }
  return isAll ? 'text' : undefined
}

function isControl(c: number): boolean {
  return c < 0x20 && !isSpace(c) && c !== 0x0c && c !== 0x1b
}

/** What keys of forms are made of: tokens' marks cover the percent sign, PHP and Rails write brackets. */
function isKey(c: number): boolean {
  return TOKEN[c] === 1 || c === BRACKET || c === 0x5d
}
