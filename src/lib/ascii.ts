/** Classes of bytes and of UTF-16 code units, by ASCII. Outside of an array, where a byte is `undefined`, every class is false. */

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** A to Z. */
export function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

/** a to z, of either case. */
export function isAsciiLetter(code: number): boolean {
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x7a
}

/** A letter of ASCII, or anything beyond it: the bytes of UTF-8 and of the 8-bit alphabets are taken for letters. */
export function isLetterOrBeyondAscii(code: number): boolean {
  return isAsciiLetter(code) || code > 0x7f
}

/** Value of a hexadecimal digit of either case, -1 of anything else. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Whether no character of a text is beyond ASCII. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}
