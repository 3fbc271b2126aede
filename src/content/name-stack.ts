import { utf8 } from '../lib/bytes.ts'
import { limits } from './limits.ts'

const { depth: maxDepth, nameBytes } = limits

/** Names of the levels that enclose a position, in one buffer: nothing is allocated until a path is asked for. */
export class NameStack {
  /** Levels open, also those beyond `limits.depth`. */
  depth = 0
  readonly #bytes = new Uint8Array(maxDepth * nameBytes)
  readonly #lengths = new Uint8Array(maxDepth)

  clear(): void {
    this.depth = 0
  }

  push(): void {
    if (this.depth < maxDepth) this.#lengths[this.depth] = 0
    this.depth++
  }

  pop(): void {
    if (this.depth > 0) this.depth--
  }

  /** Empties the name of the innermost level. */
  begin(): void {
    if (this.depth > 0 && this.depth <= maxDepth) this.#lengths[this.depth - 1] = 0
  }

  /** Adds bytes to the name of the innermost level; beyond the limit they are dropped. */
  append(bytes: Uint8Array, start: number, end: number): void {
    const level = this.depth - 1
    if (level < 0 || level >= maxDepth) return
    const at = level * nameBytes
    let length = this.#lengths[level]
    for (let i = start; i < end && length < nameBytes; i++) this.#bytes[at + length++] = bytes[i]
    this.#lengths[level] = length
  }

  name(level: number): string {
    if (level >= maxDepth) return '…'
    return utf8(this.#bytes, level * nameBytes, level * nameBytes + this.#lengths[level])
  }

  /** Whether the innermost name equals an ASCII word, whatever its case. */
  innermostIs(lowerCaseWord: string): boolean {
    const level = this.depth - 1
    if (level < 0 || level >= maxDepth || this.#lengths[level] !== lowerCaseWord.length) return false
    for (let i = 0; i < lowerCaseWord.length; i++) {
      if ((this.#bytes[level * nameBytes + i] | 0x20) !== lowerCaseWord.charCodeAt(i)) return false
    }
    return true
  }
}
