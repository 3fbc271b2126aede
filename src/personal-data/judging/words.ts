/** Words of names and of texts: how `customer.taxId`, `TAX_ID` and `tax id` come to be the same two words. */

const combiningMarks = /\p{Mn}/gu

/** Lower case, without accents: `Número` becomes `numero`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(combiningMarks, '').toLowerCase()
}

/**
 * Words of a name as programmers write it: camelCase, PascalCase with acronyms, snake_case, kebab-case. Digits separate and
 * are left out: `phone2` is about a phone.
 */
export function nameWords(name: string): string[] {
  const words: string[] = []
  let start = 0
  for (let i = 0; i <= name.length; i++) {
    const kind = kindAt(name, i)
    if (kind === Kind.none) {
      if (i > start) words.push(fold(name.slice(start, i)))
      start = i + 1
    } else if (i > start && isWordStart(name, i)) {
      words.push(fold(name.slice(start, i)))
      start = i
    }
  }
  return words
}

/** Words of a text: runs of letters and digits, folded. */
export function textWords(text: string): string[] {
  const words: string[] = []
  const folded = fold(text)
  let start = 0
  for (let i = 0; i <= folded.length; i++) {
    if (kindAt(folded, i) !== Kind.none || isDigit(folded, i)) continue
    if (i > start) words.push(folded.slice(start, i))
    start = i + 1
  }
  return words
}

const Kind = { none: 0, lower: 1, upper: 2 } as const

/** Everything beyond ASCII counts as a small letter; digits and punctuation as no part of a word. */
function kindAt(text: string, at: number): number {
  if (at >= text.length) return Kind.none
  const code = text.charCodeAt(at)
  if (code > 0x7f || (code >= 0x61 && code <= 0x7a)) return Kind.lower
  return code >= 0x41 && code <= 0x5a ? Kind.upper : Kind.none
}

function isDigit(text: string, at: number): boolean {
  return at < text.length && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39
}

/** taxId: at the I. IPAddress: at the A, whose follower is small. */
function isWordStart(name: string, at: number): boolean {
  if (kindAt(name, at) !== Kind.upper) return false
  return kindAt(name, at - 1) === Kind.lower || kindAt(name, at + 1) === Kind.lower
}
