import { hexValue, isDigit, isLetterOrBeyondAscii } from '../../lib/ascii.ts'

const PERCENT = 0x25
const PLUS = 0x2b
const SPACE = 0x20

/** Byte strings that are looked for at every position of a text: as they are, and percent-encoded. */
export class ValueTrie {
  /** By node and byte: the node behind it. */
  readonly #next = new Map<number, number>()
  readonly #ends = new Set<number>()
  /** By byte: whether a value begins with it, or with what may stand for it. */
  readonly #begins = new Uint8Array(256)
  readonly #most: number
  #nodes = 1

  /** @param most nodes, which are at most as many as the bytes of all values */
  constructor(most: number) {
    this.#most = most
  }

  /** False where there is no room for it. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    if (start < end) this.#begins[bytes[start]] = this.#begins[PERCENT] = this.#begins[PLUS] = 1
    let node = 0
    for (let i = start; i < end; i++) {
      const key = (node << 8) | bytes[i]
      const known = this.#next.get(key)
      if (known === undefined && this.#nodes > this.#most) return false
      node = known ?? this.#nodes++
      if (known === undefined) this.#next.set(key, node)
    }
    this.#ends.add(node)
    return true
  }

  /** Where the longest value ends that begins at `at`, as a word of its own; `at` where none does. */
  match(text: Uint8Array, at: number): number {
    if (this.#begins[text[at]] === 0) return at
    let node: number | undefined = 0
    let last = at
    if (at > 0 && isWordByte(text[at - 1]) && isWordByte(text[at])) return at
    for (let i = at; i < text.length && node !== undefined;) {
      const key: number = node << 8
      const literal = this.#next.get(key | text[i])
      const escaped: number = literal === undefined ? escapedByte(text, i) : -1
      i += escaped >= 0 && text[i] === PERCENT ? 3 : 1
      node = escaped < 0 ? literal : this.#next.get(key | escaped)
      if (node !== undefined && this.#ends.has(node) && isWordEnd(text, i)) last = i
    }
    return last
  }
}

/** What a form says with `%XX` or `+`; -1 where it is neither. */
function escapedByte(text: Uint8Array, at: number): number {
  if (text[at] === PLUS) return SPACE
  if (text[at] !== PERCENT || at + 2 >= text.length) return -1
  const [high, low] = [hexValue(text[at + 1]), hexValue(text[at + 2])]
  return high < 0 || low < 0 ? -1 : (high << 4) | low
}

function isWordEnd(text: Uint8Array, at: number): boolean {
  return at >= text.length || !isWordByte(text[at]) || !isWordByte(text[at - 1])
}

/** A letter, a digit, or part of a character beyond ASCII. */
export function isWordByte(byte: number): boolean {
  return isLetterOrBeyondAscii(byte) || isDigit(byte)
}
