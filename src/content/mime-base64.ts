import type { DecodedBytes } from './base64-run.ts'
import { base64Value } from './base64-run.ts'

const EQUALS = 0x3d

/** Undoes the base64 of a MIME body (RFC 2045 section 6.8): what is none of its characters is left out. */
export class MimeBase64 {
  #bits = 0
  #groupLength = 0

  reset(): void {
    this.#bits = 0
    this.#groupLength = 0
  }

  read(bytes: Uint8Array, start: number, end: number, out: DecodedBytes): void {
    for (let i = start; i < end; i++) {
      const value = base64Value[bytes[i]]
      // Behind padding another run may follow.
      if (bytes[i] === EQUALS) this.#groupLength = 0
      if (value === 255) continue
      this.#bits = ((this.#bits << 6) | value) & 0xffffff
      this.#groupLength = (this.#groupLength + 1) & 3
      if (this.#groupLength === 2) out.decoded((this.#bits >> 4) & 0xff)
      else if (this.#groupLength === 3) out.decoded((this.#bits >> 2) & 0xff)
      else if (this.#groupLength === 0) out.decoded(this.#bits & 0xff)
    }
  }
}
