/** A set of byte values, as 256 bits. */
export class ByteSet {
  readonly #words: Uint32Array

  constructor(words: Uint32Array = new Uint32Array(8)) {
    this.#words = words
  }

  static of(...bytes: number[]): ByteSet {
    const set = new ByteSet()
    for (const byte of bytes) set.addRange(byte, byte)
    return set
  }

  static range(first: number, last: number): ByteSet {
    const set = new ByteSet()
    set.addRange(first, last)
    return set
  }

  static all(): ByteSet {
    return new ByteSet(new Uint32Array(8).fill(0xffffffff))
  }

  addRange(first: number, last: number): void {
    for (let byte = first; byte <= last; byte++) this.#words[byte >> 5] |= 1 << (byte & 31)
  }

  has(byte: number): boolean {
    return ((this.#words[byte >> 5] >>> (byte & 31)) & 1) === 1
  }

  isEmpty(): boolean {
    return this.#words.every((word) => word === 0)
  }

  union(other: ByteSet): ByteSet {
    return new ByteSet(this.#words.map((word, i) => word | other.#words[i]))
  }

  complement(): ByteSet {
    return new ByteSet(this.#words.map((word) => ~word))
  }

  intersects(other: ByteSet): boolean {
    return this.#words.some((word, i) => (word & other.#words[i]) !== 0)
  }

  /** The same for the same set. */
  key(): string {
    return this.#words.join()
  }

  *[Symbol.iterator](): Generator<number> {
    for (let byte = 0; byte < 256; byte++) if (this.has(byte)) yield byte
  }
}

/** Bytes that may not stand next to a match with a word boundary: ASCII letters and digits. */
export const wordBytes: ByteSet = ByteSet.range(0x30, 0x39)
  .union(ByteSet.range(0x41, 0x5a))
  .union(ByteSet.range(0x61, 0x7a))

export const nonWordBytes: ByteSet = wordBytes.complement()
