import { isDigit } from '../../lib/ascii.ts'

/** Characters as databases class them; a code beyond the end of a text (`NaN`) is in no class. */

/** Blanks, line ends and the no-break space, which MySQL and Oracle take for one; a null byte as well. */
export function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0
}

export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66)
}

/** Letters of a text in lower case, `_`, and everything beyond ASCII but the no-break space. */
export function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x5f || code > 0xa0
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 0x24
}
