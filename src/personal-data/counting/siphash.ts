/**
 * SipHash-2-4 (Aumasson and Bernstein 2012): a keyed hash of 64 bits that is fast on short inputs, so that every value can be
 * counted. Whoever does not know the key can neither guess values from it nor make it collide. 64-bit words are pairs
 * of 32-bit integers, high and low.
 */
export class SipHash {
  /** Result of the last `digest`, unsigned. */
  high = 0
  low = 0
  readonly #key = new Int32Array(4)
  /** v0 to v3: low half at 2i, high half at 2i + 1. */
  readonly #state = new Int32Array(8)

  /** @param key - 16 bytes. */
  constructor(key: Uint8Array) {
    for (let i = 0; i < 4; i++) this.#key[i] = littleEndian(key, i * 4)
  }

  /** Hashes `bytes[0, length)` into `high` and `low`. */
  digest(bytes: Uint8Array, length: number): void {
    const v = this.#state
    const key = this.#key
    v[0] = key[0] ^ 0x70736575
    v[1] = key[1] ^ 0x736f6d65
    v[2] = key[2] ^ 0x6e646f6d
    v[3] = key[3] ^ 0x646f7261
    v[4] = key[0] ^ 0x6e657261
    v[5] = key[1] ^ 0x6c796765
    v[6] = key[2] ^ 0x79746573
    v[7] = key[3] ^ 0x74656462
    const whole = length & ~7
    for (let at = 0; at < whole; at += 8) {
      this.#absorb(littleEndian(bytes, at), littleEndian(bytes, at + 4))
    }
    let low = 0
    let high = length << 24
    for (let i = length - 1; i >= whole; i--) {
      const place = i - whole
      if (place >= 4) high |= bytes[i] << ((place - 4) * 8)
      else low |= bytes[i] << (place * 8)
    }
    this.#absorb(low, high)
    v[4] ^= 0xff
    for (let i = 0; i < 4; i++) round(v)
    this.low = (v[0] ^ v[2] ^ v[4] ^ v[6]) >>> 0
    this.high = (v[1] ^ v[3] ^ v[5] ^ v[7]) >>> 0
  }

  #absorb(low: number, high: number): void {
    const v = this.#state
    v[6] ^= low
    v[7] ^= high
    round(v)
    round(v)
    v[0] ^= low
    v[1] ^= high
  }
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

/** SipRound, with the 64-bit additions and rotations on halves. */
function round(v: Int32Array): void {
  add(v, 0, 2)
  rotateXor(v, 2, 13, 0)
  swapHalves(v, 0)
  add(v, 4, 6)
  rotateXor(v, 6, 16, 4)
  add(v, 0, 6)
  rotateXor(v, 6, 21, 0)
  add(v, 4, 2)
  rotateXor(v, 2, 17, 4)
  swapHalves(v, 4)
}

/** v[to] += v[from] */
function add(v: Int32Array, to: number, from: number): void {
  const low = (v[to] >>> 0) + (v[from] >>> 0)
  v[to + 1] = v[to + 1] + v[from + 1] + (low > 0xffffffff ? 1 : 0)
  v[to] = low
}

/** v[at] = rotl(v[at], bits) ^ v[other], for fewer than 32 bits. */
function rotateXor(v: Int32Array, at: number, bits: number, other: number): void {
  const low = v[at]
  const high = v[at + 1]
  v[at] = ((low << bits) | (high >>> (32 - bits))) ^ v[other]
  v[at + 1] = ((high << bits) | (low >>> (32 - bits))) ^ v[other + 1]
}

/** rotl(v[at], 32) */
function swapHalves(v: Int32Array, at: number): void {
  const low = v[at]
  v[at] = v[at + 1]
  v[at + 1] = low
}
