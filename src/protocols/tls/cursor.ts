import { u16, u24 } from '../../lib/bytes.ts'

/** Reads the presentation language of TLS (RFC 8446 section 3) forwards; past the end it fails instead of throwing. */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  end = 0
  failed = false

  begin(bytes: Uint8Array, start: number, end: number): this {
    this.bytes = bytes
    this.at = start
    this.end = end
    this.failed = false
    return this
  }

  get isAtEnd(): boolean {
    return this.at >= this.end
  }

  u8(): number {
    return this.#take(1) ? this.bytes[this.at - 1] : 0
  }

  u16(): number {
    return this.#take(2) ? u16(this.bytes, this.at - 2) : 0
  }

  u24(): number {
    return this.#take(3) ? u24(this.bytes, this.at - 3) : 0
  }

  skip(length: number): void {
    this.#take(length)
  }

  /** End of a vector whose length was just read; the end of all where it would reach further, which is a failure. */
  endOf(length: number): number {
    if (this.at + length <= this.end) return this.at + length
    this.failed = true
    return this.end
  }

  #take(length: number): boolean {
    if (this.at + length > this.end) {
      this.failed = true
      this.at = this.end
      return false
    }
    this.at += length
    return true
  }
}
