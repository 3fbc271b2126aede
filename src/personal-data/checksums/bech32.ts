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

/** Whether `bytes[start, end)`, whose name goes up to `separator`, has the checksum that it says. */
export function isBech32(bytes: Uint8Array, start: number, separator: number, end: number): boolean {
  let sum = 1
  for (let i = start; i < separator; i++) sum = step(sum, lower(bytes[i]) >> 5)
  sum = step(sum, 0)
  for (let i = start; i < separator; i++) sum = step(sum, lower(bytes[i]) & 31)
  for (let i = separator + 1; i < end; i++) {
    if (values[bytes[i]] === 255) return false
    sum = step(sum, values[bytes[i]])
  }
  return sum === 1
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}
