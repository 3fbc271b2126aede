import { hexValue } from '../../lib/ascii.ts'

/**
 * Takes the escapes of string literals off, as JSON, JavaScript, C and shells write them: `\u0027`, `\u{27}`, `\x27`, `\47`, `\/`. The same
 * text where there is none.
 */
export function decodeEscapes(text: string): string {
  let at = text.indexOf('\\')
  if (at < 0) return text
  const pieces: string[] = []
  let from = 0
  while (at >= 0) {
    const read = readEscape(text, at + 1)
    if (read !== undefined) {
      pieces.push(text.slice(from, at), read.character)
      from = read.end
    }
    at = text.indexOf('\\', read === undefined ? at + 1 : read.end)
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from)
}

interface Escape {
  character: string
  end: number
}

function readEscape(text: string, at: number): Escape | undefined {
  switch (text[at]) {
    case 'u':
    case 'U':
      return text[at + 1] === '{'
        ? digits(text, at + 2, { base: 16, least: 1, most: 6 }, '}')
        : digits(text, at + 1, { base: 16, least: 4, most: 4 })
    case 'x':
    case 'X':
      return digits(text, at + 1, { base: 16, least: 2, most: 2 })
    case '/':
      return { character: '/', end: at + 1 }
    default:
      return digits(text, at, { base: 8, least: 2, most: 3 })
  }
}

function digits(
  text: string,
  start: number,
  { base, least, most }: { base: number; least: number; most: number },
  closing = '',
): Escape | undefined {
  let at = start
  let point = 0
  for (; at - start < most; at++) {
    const digit = hexValue(text.charCodeAt(at))
    if (digit < 0 || digit >= base) break
    point = point * base + digit
  }
  if (at - start < least || point > 0x10ffff || !text.startsWith(closing, at)) return undefined
  return { character: String.fromCodePoint(point), end: at + closing.length }
}
