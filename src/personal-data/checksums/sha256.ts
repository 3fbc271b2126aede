/** SHA-256, FIPS 180-4, of texts that fit one block: checksums of addresses need no more. Nothing is allocated. */

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)))
/** The same of the square roots of the first eight. */
const initial = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)))

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0
}

/** Longest text: of 64 bytes, one marks its end and eight say how long it is. */
export const sha256MostBytes = 55

export const sha256DigestBytes = 32

const schedule = new Int32Array(64)
const state = new Int32Array(8)
const block = new Uint8Array(64)

/** Writes the digest of `text[0, length)` to `out`, which may be `text`. */
export function sha256(text: Uint8Array, length: number, out: Uint8Array): void {
  for (let i = 0; i < length; i++) block[i] = text[i]
  block.fill(0, length)
  block[length] = 0x80
  block[62] = (length * 8) >> 8
  block[63] = length * 8
  expand()
  compress()
  for (let i = 0; i < sha256DigestBytes; i++) out[i] = state[i >> 2] >>> (24 - 8 * (i & 3))
}

function expand(): void {
  for (let i = 0; i < 16; i++) {
    const at = 4 * i
    schedule[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3]
  }
  for (let i = 16; i < 64; i++) {
    const [near, far] = [schedule[i - 2], schedule[i - 15]]
    const sigma0 = rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3)
    const sigma1 = rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10)
    schedule[i] = schedule[i - 16] + sigma0 + schedule[i - 7] + sigma1
  }
}

function compress(): void {
  let [a, b, c, d, e, f, g, h] = initial
  for (let i = 0; i < 64; i++) {
    const sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + roundConstants[i] + schedule[i]) | 0
    const sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const worked = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = initial[i] + worked[i]
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}
