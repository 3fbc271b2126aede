import { createHmac } from 'node:crypto'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import { HmacSha256 } from './hmac.ts'
import { normalise } from './normalise.ts'
import { SipHash } from './siphash.ts'

/** A value where it was found. `Finding` is one. */
export interface FoundValue {
  recogniser: Recogniser
  bytes: Uint8Array
  start: number
  end: number
}

/** Bytes of the HMAC that are kept: 128 bits. */
const hashBytes = 16

/** Longest name of an identifier, with the zero byte that ends it. */
const idBytes = 64

/**
 * Stands for values without giving them away: the same value has the same hash under one key, and nobody without the key can
 * tell which value it is, however few there are to try. The key is made and destroyed elsewhere.
 */
export class KeyedHash {
  /** The last `fingerprint`, unsigned. */
  high = 0
  low = 0
  readonly #hmac: HmacSha256
  readonly #fingerprint: SipHash
  readonly #canonical = Buffer.alloc(limits.normalisedBytes)

  /** @param key - 32 random bytes. */
  constructor(key: Uint8Array) {
    this.#hmac = new HmacSha256(key, idBytes + limits.normalisedBytes)
    // The counting hash has a key of its own: what is learnt of one must say nothing about the other.
    this.#fingerprint = new SipHash(createHmac('sha256', key).update('fingerprint').digest())
  }

  /** HMAC-SHA-256 of the identifier's name and the canonical value, its first 128 bits as 32 hexadecimal digits. */
  hash(value: FoundValue): string {
    const length = this.#normalise(value)
    const { text } = this.#hmac
    const idEnd = text.write(`${value.recogniser.id}\0`, 0, idBytes, 'latin1')
    this.#canonical.copy(text, idEnd, 0, length)
    return this.#hmac.digest(idEnd + length).slice(0, hashBytes * 2)
  }

  /** Sets `high` and `low` to a keyed hash of 64 bits that is cheap enough for every value: for `DistinctCounter`. */
  fingerprint(value: FoundValue): void {
    this.#fingerprint.digest(this.#canonical, this.#normalise(value))
    this.high = this.#fingerprint.high
    this.low = this.#fingerprint.low
  }

  #normalise(value: FoundValue): number {
    return normalise(value.recogniser, value.bytes, value, this.#canonical)
  }
}
