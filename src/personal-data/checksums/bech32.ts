/** Bech32, of BIP 173: a name, the digit 1, and five bits a character with six characters of checksum at the end. */
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** Value of each byte, in either case; 255 for what is no character of it. */
const values = new Uint8Array(256).fill(255)
for (const [value, character] of [...alphabet].entries()) {
  values[character.charCodeAt(0)] = value
  values[character.toUpperCase().charCodeAt(0)] = value
}

function step(sum: number, value: number): number {
  const top = sum >>> 25
  let next = ((sum & 0x1ffffff) << 5) ^ value
  for (const [bit, generator] of generators.entries()) if (((top >> bit) & 1) === 1) next ^= generator
  return next
}

/** What the checksum of the whole leaves; that of Bech32m, BIP 350, is the second. */
const remainder = 1
const remainderM = 0x2bc830a3

/** Whether `bytes[start, end)`, whose name goes up to `separator`, has the checksum that it says. */
export function isBech32(bytes: Uint8Array, start: number, separator: number, end: number): boolean {
  return checksum(bytes, start, separator, end) === remainder
}

/** The same by BIP 350. */
export function isBech32m(bytes: Uint8Array, start: number, separator: number, end: number): boolean {
  return checksum(bytes, start, separator, end) === remainderM
}

/** -1 where a character stands in it that is none of the alphabet. */
function checksum(bytes: Uint8Array, start: number, separator: number, end: number): number {
  let sum = 1
  for (let i = start; i < separator; i++) sum = step(sum, lower(bytes[i]) >> 5)
  sum = step(sum, 0)
  for (let i = start; i < separator; i++) sum = step(sum, lower(bytes[i]) & 31)
  for (let i = separator + 1; i < end; i++) {
    if (values[bytes[i]] === 255) return -1
    sum = step(sum, values[bytes[i]])
  }
  return sum
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}
