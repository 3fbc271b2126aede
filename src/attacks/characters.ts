import { isAsciiLetter, isDigit } from '../lib/ascii.ts'

/** Blank as HTML, SQL and shells have it: space, tab, line breaks, form feed, vertical tab; and the no-break space. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0
}

/** A letter, a digit or `_`. */
export function isWordCode(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x5f
}

/** Index of the first character from `at` on that is no blank, or the length. */
export function skipBlanks(text: string, at: number): number {
  let i = at
  while (i < text.length && isBlank(text.charCodeAt(i))) i++
  return i
}

/** Index of the last character before `at` that is no blank, -1 if there is none. */
export function lastBefore(text: string, at: number): number {
  let i = at - 1
  while (i >= 0 && isBlank(text.charCodeAt(i))) i--
  return i
}
