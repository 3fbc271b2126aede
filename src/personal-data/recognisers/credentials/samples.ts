import { crc32 } from '../../checksums/crc32.ts'

/**
 * Made up secrets for the tables of examples. They are put together here, since written out they would have programs that
 * look for secrets in source code take them for real.
 */
const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** So many characters of an alphabet, the same ones for the same `seed`. */
function made(alphabet: string, length: number, seed: number): string {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)]
  }).join('')
}

export const alphanumeric = (length: number, seed = 1): string => made(base62Digits, length, seed)
export const hex = (length: number, seed = 1): string => made('0123456789abcdef', length, seed)
export const decimal = (length: number, seed = 1): string => made('123456789', length, seed)
export const base32 = (length: number, seed = 1): string =>
  made('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', length, seed)
export const base64 = (length: number, seed = 1): string => made(`${base62Digits}+/`, length, seed)
export const base64url = (length: number, seed = 1): string => made(`${base62Digits}-_`, length, seed)

/** The checksum of GitHub's and npm's tokens over `body`. */
export function base62Checksum(body: string): string {
  const bytes = Buffer.from(body)
  let rest = crc32(bytes, 0, bytes.length)
  let digits = ''
  while (rest > 0) {
    digits = base62Digits[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits.padStart(6, '0')
}

/** JSON as base64url, as in the parts of a JSON Web Token. */
export const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
