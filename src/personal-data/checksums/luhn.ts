/**
 * The Luhn formula, ISO/IEC 7812-1 annex B, over the digits of `bytes[start, end)`; anything else is skipped. `before` is
 * the sum of digits that are not written but count: 24 for the 80840 of health care in the United States.
 */
export function isLuhn(bytes: Uint8Array, start: number, end: number, before = 0): boolean {
  let sum = before
  let doubled = false
  for (let i = end - 1; i >= start; i--) {
    const digit = bytes[i] - 0x30
    if (digit < 0 || digit > 9) continue
    const value = doubled ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
    doubled = !doubled
  }
  return sum % 10 === 0
}
