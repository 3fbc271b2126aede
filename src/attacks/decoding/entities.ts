import { hexValue, isAsciiLetter } from '../../lib/ascii.ts'

/** Named references (HTML, section 13.5) of ASCII characters that mean something in some language, each with its character. */
const names =
  'lt < gt > quot " apos \' amp & lpar ( rpar ) colon : semi ; sol / bsol \\ equals = num # tab \t newline \n dollar $ percnt % ' +
  'period . lbrack [ lsqb [ rsqb ] rbrack ] lbrace { lcub { rcub } rbrace } verbar | vert | grave ` excl ! comma , plus + ast * ' +
  'commat @ quest ? lowbar _ hat ^'

const named = new Map<string, string>([['nbsp', ' ']])
const parts = names.split(' ')
for (let i = 0; i < parts.length; i += 2) named.set(parts[i], parts[i + 1])

/** Characters of the longest reference that is read, leading zeros included. */
const LONGEST = 16

/** Takes references off: `&lt;`, `&#60;`, `&#x3c`, with and without semicolon. The same text where there is none. */
export function decodeEntities(text: string): string {
  let at = text.indexOf('&')
  if (at < 0) return text
  const pieces: string[] = []
  let from = 0
  while (at >= 0) {
    const read = text[at + 1] === '#' ? numeric(text, at + 2) : byName(text, at + 1)
    if (read !== undefined) {
      pieces.push(text.slice(from, at), read.character)
      from = read.end
    }
    at = text.indexOf('&', Math.max(at + 1, from))
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from)
}

interface Reference {
  character: string
  end: number
}

function numeric(text: string, start: number): Reference | undefined {
  const isHex = (text.charCodeAt(start) | 0x20) === 0x78
  const base = isHex ? 16 : 10
  let at = isHex ? start + 1 : start
  const first = at
  let point = 0
  for (; at - first < LONGEST; at++) {
    const digit = hexValue(text.charCodeAt(at))
    if (digit < 0 || digit >= base) break
    point = Math.min(point * base + digit, 0x110000)
  }
  if (at === first || point > 0x10ffff) return undefined
  return { character: String.fromCodePoint(point), end: text[at] === ';' ? at + 1 : at }
}

function byName(text: string, start: number): Reference | undefined {
  let end = start
  while (end - start <= LONGEST && isAsciiLetter(text.charCodeAt(end))) end++
  if (text[end] !== ';') return undefined
  const character = named.get(text.slice(start, end).toLowerCase())
  return character === undefined ? undefined : { character, end: end + 1 }
}
