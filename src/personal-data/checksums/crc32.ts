/** CRC-32 of ISO 3309 and ITU-T V.42, the one of zlib, byte by byte: polynomial 0x04c11db7, read backwards. */
const polynomial = 0xedb88320

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) === 1 ? polynomial : 0)
  return value
})

/** Checksum of `bytes[start, end)`, as an unsigned number. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  let value = 0xffffffff
  for (let i = start; i < end; i++) value = (value >>> 8) ^ table[(value ^ bytes[i]) & 0xff]
  return ~value >>> 0
}

/** The digits `0-9`, `A-Z`, `a-z` in `bytes[start, end)` as a number of base 62; NaN where there is another byte. */
export function base62(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) value = value * 62 + base62Digit(bytes[i])
  return value
}

function base62Digit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41 + 10
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x61 + 36 : NaN
}

/** The digits `0-9`, `a-z` in `bytes[start, end)` as a number of base 36; NaN where there is another byte. */
export function base36(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const isUpper = bytes[i] >= 0x41 && bytes[i] <= 0x5a
    const digit = base62Digit(bytes[i])
    value = value * 36 + (isUpper ? NaN : digit >= 36 ? digit - 26 : digit)
  }
  return value
}
