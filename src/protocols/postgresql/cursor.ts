import { utf8 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import { limits } from './limits.ts'

/** Names of statements and portals, which come with every execution. */
const names = new Interned(limits.interned, utf8)

/** Reads a message body from front to end; reads beyond the end give zeros and set `failed`, never throw. */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  end = 0
  failed = false

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.at = start
    this.end = end
    this.failed = false
  }

  int8(): number {
    return this.#has(1) ? this.bytes[this.at++] : 0
  }

  int16(): number {
    if (!this.#has(2)) return 0
    const value = (this.bytes[this.at] << 8) | this.bytes[this.at + 1]
    this.at += 2
    return value
  }

  /** Signed, as lengths are: -1 stands for NULL. */
  int32(): number {
    if (!this.#has(4)) return 0
    const { bytes, at } = this
    this.at += 4
    return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
  }

  skip(length: number): void {
    if (length >= 0 && this.#has(length)) this.at += length
    else this.#fail()
  }

  /** Offset of the zero byte that ends the string here, and moves behind it. */
  stringEnd(): number {
    // Not indexOf: where there is none it would look through all that lies behind the message.
    const { bytes, end } = this
    let zero = this.at
    while (zero < end && bytes[zero] !== 0) zero++
    if (zero === end) {
      this.#fail()
      return end
    }
    this.at = zero + 1
    return zero
  }

  string(maxChars: number): string {
    const start = this.at
    const end = this.stringEnd()
    return end === start ? '' : utf8(this.bytes, start, Math.min(end, start + maxChars))
  }

  /** A name that something is remembered by: undefined where it is too long to be told from others. */
  name(): string | undefined {
    const start = this.at
    const end = this.stringEnd()
    if (end === start) return ''
    return end - start > limits.nameChars ? undefined : names.get(this.bytes, start, end)
  }

  #has(length: number): boolean {
    if (this.at + length <= this.end) return true
    this.#fail()
    return false
  }

  #fail(): void {
    this.failed = true
    this.at = this.end
  }
}
