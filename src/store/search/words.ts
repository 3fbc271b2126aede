import { storeLimits } from '../limits.ts'

/** What ends a part of a word, so that `example.com` finds `api.example.com` and `iban` finds `customer.iban`. */
const joints = '.-_:@'

/**
 * The words by which a record is found: of each text those that are set off by anything but letters, digits and `. - _ : @`, in
 * lower case, and the rest of each from every joint on (not of addresses, whose rest says nothing).
 */
export function searchWords(texts: readonly (string | undefined)[]): string[] {
  const words = new Set<string>()
  for (const text of texts) {
    if (text === undefined) continue
    for (const token of tokensOf(text)) {
      words.add(token)
      if (!isAddress(token)) for (const rest of restsOf(token)) words.add(rest)
    }
  }
  return [...words].slice(0, storeLimits.facetWords).toSorted()
}

/** The words that are asked for, each of which has to begin a word of what is found. */
export function queryWords(text: string): string[] {
  return [...new Set(tokensOf(text))].slice(0, storeLimits.queryWords)
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && belongsToWord(text.charCodeAt(i))) continue
    const token = trimmed(text.slice(start, i))
    if (token !== '') tokens.push(cut(token.toLowerCase()))
    start = i + 1
  }
  return tokens
}

function trimmed(token: string): string {
  let [start, end] = [0, token.length]
  while (start < end && joints.includes(token[start])) start++
  while (end > start && joints.includes(token[end - 1])) end--
  return token.slice(start, end)
}

/** Not within a surrogate pair: half of one is no text. */
function cut(token: string): string {
  return token.slice(0, storeLimits.wordLength).toWellFormed()
}

function* restsOf(token: string): Generator<string> {
  for (let i = 1; i < token.length; i++) {
    if (joints.includes(token[i - 1]) && !joints.includes(token[i])) yield token.slice(i)
  }
}

function belongsToWord(code: number): boolean {
  return isDigit(code) || isLetter(code) || code >= 0x80 || joints.includes(String.fromCharCode(code))
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39
const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** Of digits, dots and colons, and the letters that IPv6 has. */
function isAddress(token: string): boolean {
  let separators = 0
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i)
    if (code === 0x2e || code === 0x3a) separators++
    else if (!isDigit(code) && !(code >= 0x61 && code <= 0x66)) return false
  }
  return separators >= 2
}
