import { isDigit } from '../../lib/ascii.ts'

/** What stands for a value that is filled in elsewhere: `${PASSWORD}`, `{{ pin }}`, `<secret>`, `%s`, `$1`, `:pw`, `?`, `****`. */
export function isTemplate(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]
  const second = start + 1 < end ? bytes[start + 1] : 0
  const last = bytes[end - 1]
  if (isFilled(bytes, start, end)) return true
  switch (first) {
    case DOLLAR:
      return second === OPEN_BRACE || second === OPEN_PARENTHESIS || isNameBehind(bytes, start + 1, end)
    case COLON:
    case AT:
      return isNameBehind(bytes, start + 1, end)
    case PERCENT:
      return end - start <= 3 || second === SMALL_S || second === OPEN_PARENTHESIS || last === PERCENT
    case LESS:
      return last === GREATER
    case OPEN_BRACE:
      return last === CLOSE_BRACE
    case OPEN_BRACKET:
      return last === CLOSE_BRACKET
    default:
      return hasOpening(bytes, start, end)
  }
}

const DOLLAR = 0x24
const PERCENT = 0x25
const OPEN_PARENTHESIS = 0x28
const COLON = 0x3a
const LESS = 0x3c
const GREATER = 0x3e
const AT = 0x40
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const SMALL_S = 0x73
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** One character over and over: stars, dots, crosses. */
function isFilled(bytes: Uint8Array, start: number, end: number): boolean {
  // Bullets are three bytes of UTF-8.
  const width = bytes[start] < 0x80 ? 1 : 3
  for (let i = start + width; i < end; i++) if (bytes[i] !== bytes[i - width]) return false
  return !isDigit(bytes[start])
}

/** Letters, digits and underscores to the end. */
function isNameBehind(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const letter = bytes[i] | 0x20
    if (!isDigit(bytes[i]) && bytes[i] !== 0x5f && (letter < 0x61 || letter > 0x7a)) return false
  }
  return start < end
}

/** `${`, `{{` or `%s` further on. */
function hasOpening(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) {
    const before = bytes[i - 1]
    if (bytes[i] === OPEN_BRACE && (before === DOLLAR || before === OPEN_BRACE)) return true
    if (bytes[i] === SMALL_S && before === PERCENT) return true
  }
  return false
}
