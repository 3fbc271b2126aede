/** Value of each byte in base64 and base64url (RFC 4648 sections 4 and 5); 255 for what is no character of either. */
const sextets = new Uint8Array(256).fill(255)
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
for (const [value, character] of [...alphabet].entries()) sextets[character.charCodeAt(0)] = value
for (const [character, value] of [
  ['+', 62],
  ['-', 62],
  ['/', 63],
  ['_', 63],
] as const) {
  sextets[character.charCodeAt(0)] = value
}

/**
 * Decodes `bytes[start, end)` up to the first byte that is no character of it, or until `out` is full. Returns the number
 * of bytes decoded; bits that make no whole byte are left out.
 */
export function decodeBase64(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let length = 0
  let held = 0
  let bits = 0
  for (let i = start; i < end && length < out.length; i++) {
    const sextet = sextets[bytes[i]]
    if (sextet === 255) break
    held = ((held << 6) | sextet) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out[length++] = held >> bits
  }
  return length
}
