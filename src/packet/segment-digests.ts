import { i32 } from '../lib/bytes.ts'

/** A power of two. */
const ENTRIES = 16_384
const Entry = { stream: 0, sequence: 1, length: 2, digest: 3 } as const
const ENTRY_WORDS = 4

/** Bytes that a digest covers wholly; of a longer segment it takes samples, so many words. */
const WHOLE_BYTES = 128
const SAMPLES = 16

/** What comparing with earlier content came to. */
export const Comparison = { unknown: 0, equal: 1, differs: 2 } as const
export type Comparison = (typeof Comparison)[keyof typeof Comparison]

/**
 * Remembers segments that were given on by a digest each, so that another that claims the same place with other content
 * is told. A fixed table in which a newer segment displaces an older one of the same slot.
 *
 * It sees: a segment that begins where a remembered one began and is at least as long. It does not see: another
 * segmentation of the same bytes, what was displaced since, and a difference in a long segment that the samples miss;
 * where they lie depends on the seed, so nobody can aim between them.
 */
export class SegmentDigests {
  readonly #entries = new Int32Array(ENTRIES * ENTRY_WORDS).fill(-1)
  /** How often streams of a number were forgotten: numbers are used again, and a new stream was not there before. */
  readonly #generations = new Int32Array(ENTRIES)
  readonly #seed0: number
  readonly #seed1: number

  constructor(seed: readonly [number, number]) {
    this.#seed0 = seed[0] | 0
    this.#seed1 = seed[1] | 0
  }

  remember(stream: number, sequence: number, bytes: Uint8Array, start: number, end: number): void {
    const at = this.#slot(stream, sequence)
    const entries = this.#entries
    entries[at + Entry.stream] = this.#tag(stream)
    entries[at + Entry.sequence] = sequence
    entries[at + Entry.length] = end - start
    entries[at + Entry.digest] = this.#digest(bytes, start, end - start)
  }

  compare(stream: number, sequence: number, bytes: Uint8Array, start: number, end: number): Comparison {
    const at = this.#slot(stream, sequence)
    const entries = this.#entries
    const length = entries[at + Entry.length]
    if (entries[at + Entry.stream] !== this.#tag(stream)) return Comparison.unknown
    if (entries[at + Entry.sequence] !== (sequence | 0)) return Comparison.unknown
    if (length > end - start) return Comparison.unknown
    return entries[at + Entry.digest] === this.#digest(bytes, start, length)
      ? Comparison.equal
      : Comparison.differs
  }

  /** The stream is over; of another that gets its number nothing is remembered. */
  forget(stream: number): void {
    this.#generations[stream & (ENTRIES - 1)]++
  }

  /** Streams have 21 bits (`flowLimits.flows`), the rest is for the generation. */
  #tag(stream: number): number {
    return stream ^ (this.#generations[stream & (ENTRIES - 1)] << 21)
  }

  #slot(stream: number, sequence: number): number {
    const mixed = Math.imul(stream ^ this.#seed1, 0x9e3779b1) ^ Math.imul(sequence, 0x85ebca6b)
    return ((mixed ^ (mixed >>> 15)) & (ENTRIES - 1)) * ENTRY_WORDS
  }

  /** The first and the last word always count. */
  #digest(bytes: Uint8Array, start: number, length: number): number {
    let digest = (this.#seed0 ^ length) | 0
    if (length <= WHOLE_BYTES) return digestAll(digest, bytes, start, length)
    const stride = Math.trunc((length - 4) / SAMPLES)
    let at = start + (((this.#seed1 ^ length) >>> 0) % stride)
    digest = mix(digest, i32(bytes, start))
    for (let i = 0; i < SAMPLES; i++, at += stride) digest = mix(digest, i32(bytes, at))
    return mix(digest, i32(bytes, start + length - 4))
  }
}

function digestAll(seed: number, bytes: Uint8Array, start: number, length: number): number {
  let digest = seed
  let at = start
  for (const end = start + length - 3; at < end; at += 4) digest = mix(digest, i32(bytes, at))
  for (const end = start + length; at < end; at++) digest = mix(digest, bytes[at])
  return digest
}

/** One step of a multiplicative hash; every bit of `word` reaches the upper bits of the result. */
function mix(digest: number, word: number): number {
  const product = Math.imul(digest ^ word, 0x2c1b3c6d)
  return product ^ (product >>> 15)
}
