/**
 * ISO/IEC 7064 MOD 97-10 as IBANs use it (ISO 13616): the first four characters are moved to the end, letters count
 * from A = 10, and the whole leaves 1. Case does not matter; what is neither letter nor digit is skipped.
 */
export function isMod97(bytes: Uint8Array, start: number, end: number): boolean {
  let body = start
  for (let kept = 0; kept < 4 && body < end; body++) if (valueOf(bytes[body]) >= 0) kept++
  return remainder(bytes, start, body, remainder(bytes, body, end, 0)) === 1
}

/** The same with the check digits where they are computed, at the end: nothing is moved. */
export function isMod97InOrder(bytes: Uint8Array, start: number, end: number): boolean {
  return remainder(bytes, start, end, 0) === 1
}

/** Two digits more than this still fit 31 bits: the remainder need not be taken at each one. */
const reduceFrom = 10_000_000

function remainder(bytes: Uint8Array, start: number, end: number, before: number): number {
  let rest = before
  for (let i = start; i < end; i++) {
    const value = valueOf(bytes[i])
    if (value < 0) continue
    if (rest >= reduceFrom) rest %= 97
    rest = value > 9 ? rest * 100 + value : rest * 10 + value
  }
  return rest % 97
}

/** 0 to 9 for digits, 10 to 35 for letters, -1 for anything else. */
function valueOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 26 ? letter + 10 : -1
}
