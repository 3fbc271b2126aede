import { limits } from './limits.ts'

const EQUALS = 0x3d
const BACKSLASH = 0x5c
const SLASH = 0x2f
const LF = 0x0a
const CR = 0x0d

/** Value of each character of base64 and base64url (RFC 4648 sections 4 and 5); 255 for every other byte. */
export const base64Value = new Uint8Array(256).fill(255)
for (const [i, c] of Buffer.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
).entries())
  base64Value[c] = i
base64Value[0x2d] = 62
base64Value[0x5f] = 63

/** Where the reader stands: in characters, behind a backslash, behind a line, behind padding. */
const State = { characters: 0, escape: 1, lineEnd: 2, padding: 3, ended: 4 } as const

/** Takes what was encoded. */
export interface DecodedBytes {
  decoded(byte: number): void
}

/**
 * Decodes a run of base64 or base64url as it streams by, up to the first byte that is none of it. A line end, raw or escaped
 * as in a string of JSON, is part of it behind a line as long as encoders break them at (RFC 2045 section 6.8: 76, RFC
 * 7468: 64); so is a backslash before `/`, with which PHP writes JSON.
 */
export class Base64Run {
  readonly #out: DecodedBytes
  #state: number = State.ended
  /** Bits of an unfinished group, and how many characters it has. */
  #bits = 0
  #groupLength = 0
  #lineLength = 0
  /** Characters, padding included. */
  length = 0

  constructor(out: DecodedBytes) {
    this.#out = out
  }

  get isOpen(): boolean {
    return this.#state !== State.ended
  }

  begin(): void {
    this.#state = State.characters
    this.#bits = 0
    this.#groupLength = 0
    this.#lineLength = 0
    this.length = 0
  }

  /** Leaves the rest unread. */
  stop(): void {
    this.#state = State.ended
  }

  /**
   * Reads on; the cut between two calls may fall anywhere. Returns where the run ended, or `end` where it may go on. Does nothing
   * when it has ended.
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    for (; i < end && this.#state !== State.ended; i++) {
      const c = bytes[i]
      const value = base64Value[c]
      if (this.#state === State.escape) this.#escaped(c)
      else if (value !== 255 && this.#state !== State.padding) this.#add(value)
      else this.#other(c)
    }
    const isBehind = i > start && this.#state === State.ended && bytes[i - 1] !== EQUALS
    return isBehind ? i - 1 : i
  }

  #add(value: number): void {
    if (this.#state === State.lineEnd) this.#lineLength = 0
    this.#state = State.characters
    this.length++
    this.#lineLength++
    this.#bits = ((this.#bits << 6) | value) & 0xffffff
    this.#groupLength = (this.#groupLength + 1) & 3
    // With the second character the first byte is whole, with each further one another.
    if (this.#groupLength === 2) this.#out.decoded((this.#bits >> 4) & 0xff)
    else if (this.#groupLength === 3) this.#out.decoded((this.#bits >> 2) & 0xff)
    else if (this.#groupLength === 0) this.#out.decoded(this.#bits & 0xff)
  }

  #other(c: number): void {
    if (c === EQUALS && this.#groupLength > 1 && this.#state !== State.lineEnd) {
      this.length++
      this.#groupLength = (this.#groupLength + 1) & 3
      this.#state = this.#groupLength === 0 ? State.ended : State.padding
    } else if (this.#state === State.padding) this.#state = State.ended
    else if (c === BACKSLASH) this.#state = State.escape
    else if (c === LF || c === CR) this.#endLine()
    // What indents the next line.
    else if (this.#state !== State.lineEnd || (c !== 0x20 && c !== 0x09)) this.#state = State.ended
  }

  #escaped(c: number): void {
    this.#state = State.characters
    if (c === SLASH) this.#add(base64Value[SLASH])
    else if (c === 0x6e || c === 0x72) this.#endLine()
    else this.#state = State.ended
  }

  #endLine(): void {
    this.#state = this.#lineLength >= limits.base64LineCharacters ? State.lineEnd : State.ended
  }
}
