import { hexValue } from '../../../lib/ascii.ts'

/** Number that `count` hexadecimal digits at a place say, -1 where they are not all there. */
export function hexNumber(text: string, at: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) {
    const digit = hexValue(text.charCodeAt(at + i))
    if (!(digit >= 0)) return -1
    value = value * 16 + digit
  }
  return value
}

/** A character of Unicode as one byte: full-width forms are what they look like, of others the low byte is left. */
export function narrow(code: number): string {
  return String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code & 0xff)
}
