/** A set of byte values, as 256 bits. */
export class ByteSet {
  readonly #words: Uint32Array
  #key: string | undefined

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
    this.#key = undefined
  }

  has(byte: number): boolean {
    return ((this.#words[byte >> 5] >>> (byte & 31)) & 1) === 1
  }

  /** Which of the eight bytes from `octet * 8` on are in it, the first in the lowest bit. */
  octet(octet: number): number {
    return (this.#words[octet >> 2] >>> ((octet & 3) * 8)) & 0xff
  }

  isEmpty(): boolean {
    return this.#words.every((word) => word === 0)
  }

  union(other: ByteSet): ByteSet {
    const words = new Uint32Array(8)
    for (let i = 0; i < 8; i++) words[i] = this.#words[i] | other.#words[i]
    return new ByteSet(words)
  }

  /** Adds all bytes of another. */
  addAll(other: ByteSet): void {
    for (let i = 0; i < 8; i++) this.#words[i] |= other.#words[i]
    this.#key = undefined
  }

  complement(): ByteSet {
    return new ByteSet(this.#words.map((word) => ~word))
  }

  intersects(other: ByteSet): boolean {
    for (let i = 0; i < 8; i++) if ((this.#words[i] & other.#words[i]) !== 0) return true
    return false
  }

  /** Every byte whose low and high half are halves of some byte of the set. */
  halvesClosure(): ByteSet {
    let lows = 0
    for (let i = 0; i < 8; i++) lows |= (this.#words[i] & 0xffff) | (this.#words[i] >>> 16)
    const words = new Uint32Array(8)
    for (let i = 0; i < 8; i++) {
      const word = this.#words[i]
      words[i] = ((word & 0xffff) === 0 ? 0 : lows) | (word >>> 16 === 0 ? 0 : lows << 16)
    }
    return new ByteSet(words)
  }

  /** The same for the same set. */
  key(): string {
    return (this.#key ??= this.#words.join())
  }

  /** Calls `visit` with each byte, ascending. */
  forEach(visit: (byte: number) => void): void {
    for (let i = 0; i < 8; i++) {
      for (let rest = this.#words[i]; rest !== 0; rest &= rest - 1)
        visit(i * 32 + 31 - Math.clz32(rest & -rest))
    }
  }

  /** The bytes of word `i`, of eight, as bits. */
  word(i: number): number {
    return this.#words[i]
  }

  [Symbol.iterator](): ArrayIterator<number> {
    const bytes: number[] = []
    this.forEach((byte) => bytes.push(byte))
    return bytes.values()
  }
}

/** Bytes that may not stand next to a match with a word boundary: ASCII letters and digits. */
export const wordBytes: ByteSet = ByteSet.range(0x30, 0x39)
  .union(ByteSet.range(0x41, 0x5a))
  .union(ByteSet.range(0x61, 0x7a))

export const decimalDigits: ByteSet = ByteSet.range(0x30, 0x39)

export const nonWordBytes: ByteSet = wordBytes.complement()
