/**
 * The frame of gzip members around raw deflate (RFC 1952 section 2.3), read a byte at a time. It is ours so that
 * bytes after the last member, which clients pass over, do not cost what was decoded before them.
 */

const Part = {
  fixed: 0,
  extraLength: 1,
  extra: 2,
  name: 3,
  comment: 4,
  headerCheck: 5,
  data: 6,
  trailer: 7,
} as const

const FLAG_HEADER_CHECK = 0x02
const FLAG_EXTRA = 0x04
const FLAG_NAME = 0x08
const FLAG_COMMENT = 0x10
const FLAGS_RESERVED = 0xe0

const FIXED_BYTES = 10
const TRAILER_BYTES = 8

export class GzipFraming {
  #part: number = Part.fixed
  #at = 0
  #flags = 0
  #extraLength = 0

  begin(): void {
    this.#enter(Part.fixed)
    this.#flags = 0
    this.#extraLength = 0
  }

  /** True where the deflate data begins. */
  get inData(): boolean {
    return this.#part === Part.data
  }

  /** The deflate data has ended: the trailer follows. */
  dataEnded(): void {
    this.#enter(Part.trailer)
  }

  /** Takes one byte outside of the data; false when it cannot belong to a member. */
  take(byte: number): boolean {
    switch (this.#part) {
      case Part.fixed:
        return this.#fixed(byte)
      case Part.extraLength:
        this.#extraLength |= byte << (8 * this.#at++)
        if (this.#at === 2) this.#enter(this.#extraLength > 0 ? Part.extra : this.#after(Part.extra))
        return true
      case Part.extra:
        if (++this.#at === this.#extraLength) this.#enter(this.#after(Part.extra))
        return true
      case Part.name:
      case Part.comment:
        if (byte === 0) this.#enter(this.#after(this.#part))
        return true
      case Part.headerCheck:
        if (++this.#at === 2) this.#enter(Part.data)
        return true
      default:
        // The checksum and the length are not verified: what was read has been inspected either way.
        if (++this.#at === TRAILER_BYTES) this.begin()
        return true
    }
  }

  #fixed(byte: number): boolean {
    const at = this.#at++
    if (at === 0) return byte === 0x1f
    if (at === 1) return byte === 0x8b
    if (at === 2) return byte === 8
    if (at === 3) {
      this.#flags = byte
      return (byte & FLAGS_RESERVED) === 0
    }
    if (at === FIXED_BYTES - 1) this.#enter(this.#after(Part.fixed))
    return true
  }

  /** The part that follows `part` in a header with these flags. */
  #after(part: number): number {
    if (part < Part.extraLength && (this.#flags & FLAG_EXTRA) !== 0) return Part.extraLength
    if (part < Part.name && (this.#flags & FLAG_NAME) !== 0) return Part.name
    if (part < Part.comment && (this.#flags & FLAG_COMMENT) !== 0) return Part.comment
    if (part < Part.headerCheck && (this.#flags & FLAG_HEADER_CHECK) !== 0) return Part.headerCheck
    return Part.data
  }

  #enter(part: number): void {
    this.#part = part
    this.#at = 0
  }
}
