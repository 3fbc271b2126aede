import type { Match } from '../../../../scan/scanner.ts'

/** What stands between two groups of digits, as bits. */
export const Separator = { space: 1, hyphen: 2, dot: 4, slash: 8, parenthesis: 16 } as const

const separators = new Uint8Array(256)
separators[0x20] = Separator.space
separators[0x2d] = Separator.hyphen
separators[0x2e] = Separator.dot
separators[0x2f] = Separator.slash
separators[0x28] = Separator.parenthesis
separators[0x29] = Separator.parenthesis

/** Groups that are looked at one by one. */
const mostGroups = 8

/** How the digits of a match are written. One object is reused. */
export class WrittenNumber {
  digits = 0
  /** The first six digits as a number, with zeros for those that are missing. */
  firstSix = 0
  groupCount = 0
  /** Lengths of the groups: `212-555-0143` is 0x334. */
  key = 0
  /** Value and length of each group, as far as there are. */
  readonly values = new Float64Array(mostGroups)
  readonly lengths = new Uint8Array(mostGroups)
  /** Separators in use. */
  separators = 0
  hasExtension = false

  /**
   * Reads a match up to its extension, without its first digits, `skipped` of them. `(0)`, dialled inside the country only, is
   * left out behind a calling code.
   */
  read({ bytes, start, end }: Match, skipped: number): void {
    this.digits = 0
    this.firstSix = 0
    this.groupCount = 0
    this.key = 0
    this.separators = 0
    this.hasExtension = false
    let length = 0
    let value = 0
    let left = skipped
    let at = start
    for (; at < end; at++) {
      const byte = bytes[at]
      const digit = byte - 0x30
      if (digit >= 0 && digit <= 9) {
        if (left-- > 0 || (isTrunkPrefix(bytes, at) && this.digits > 0)) continue
        if (this.digits < 6) this.firstSix = this.firstSix * 10 + digit
        this.digits++
        length++
        value = value * 10 + digit
        continue
      }
      if (length > 0) this.#addGroup(value, length)
      length = 0
      value = 0
      if (isExtension(byte)) break
      this.separators |= separators[byte]
    }
    if (length > 0) this.#addGroup(value, length)
    this.hasExtension = at < end
    for (let i = this.digits; i < 6; i++) this.firstSix *= 10
  }

  #addGroup(value: number, length: number): void {
    if (this.groupCount < mostGroups) {
      this.values[this.groupCount] = value
      this.lengths[this.groupCount] = length
    }
    this.groupCount++
    this.key = this.key * 16 + length
  }
}

/** `(0)` */
export function isTrunkPrefix(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x30 && bytes[at - 1] === 0x28 && bytes[at + 1] === 0x29
}

/** Begins an extension behind the digits: `x123`, `ext. 123`, or the comma before it. */
export function isExtension(byte: number): boolean {
  const letter = byte | 0x20
  return letter === 0x78 || letter === 0x65 || byte === 0x2c
}
