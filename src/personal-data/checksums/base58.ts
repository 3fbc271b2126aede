import { sha256, sha256DigestBytes } from './sha256.ts'

/** Base58Check of Bitcoin: a number to the base of 58 whose last four bytes begin the double SHA-256 of those before. */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const checkBytes = 4

/** Value of each byte; 255 for what is no character of it. */
const values = new Uint8Array(256).fill(255)
for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value

/** A version, the 20 bytes of a hash, and the checksum: all addresses that are read here. */
const addressBytes = 25

const decoded = new Uint8Array(addressBytes)
const digest = new Uint8Array(sha256DigestBytes)

/** The version of the address that `bytes[start, end)` is, 0 to 255; -1 if it is none. */
export function base58AddressVersion(bytes: Uint8Array, start: number, end: number): number {
  if (!decode(bytes, start, end)) return -1
  sha256(decoded, addressBytes - checkBytes, digest)
  sha256(digest, sha256DigestBytes, digest)
  for (let i = 0; i < checkBytes; i++) if (decoded[addressBytes - checkBytes + i] !== digest[i]) return -1
  return decoded[0]
}

/** False where there is another character, or too many bytes, or another number of leading ones than of zeros. */
function decode(bytes: Uint8Array, start: number, end: number): boolean {
  decoded.fill(0)
  let ones = 0
  while (start + ones < end && bytes[start + ones] === 0x31) ones++
  for (let i = start; i < end; i++) {
    let carry = values[bytes[i]]
    if (carry === 255) return false
    for (let at = addressBytes - 1; at >= 0; at--) {
      carry += decoded[at] * 58
      decoded[at] = carry
      carry >>= 8
    }
    if (carry !== 0) return false
  }
  return ones === decoded.findIndex((byte) => byte !== 0)
}
