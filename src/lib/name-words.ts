const combiningMarks = /\p{Mn}/gu

/** Lower case, without accents: `Número` becomes `numero`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(combiningMarks, '').toLowerCase()
}

/**
 * Words of a name as programmers and people write it: camelCase, PascalCase with acronyms, snake_case, kebab-case. Digits separate and
 * are left out: `phone2` is about a phone, and `taxId`, `TAX_ID` and `tax id` are the same two words.
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

const Kind = { none: 0, lower: 1, upper: 2 } as const

/** Everything beyond ASCII but capitals counts as a small letter; digits and punctuation as no part of a word. */
function kindAt(text: string, at: number): number {
  if (at >= text.length) return Kind.none
  const code = text.charCodeAt(at)
  if (code > 0x7f) return text[at] === text[at].toLowerCase() ? Kind.lower : Kind.upper
  if (code >= 0x61 && code <= 0x7a) return Kind.lower
  return code >= 0x41 && code <= 0x5a ? Kind.upper : Kind.none
}

/** taxId: at the I. IPAddress: at the A, whose follower is small. */
function isWordStart(name: string, at: number): boolean {
  if (kindAt(name, at) !== Kind.upper) return false
  return kindAt(name, at - 1) === Kind.lower || kindAt(name, at + 1) === Kind.lower
}
