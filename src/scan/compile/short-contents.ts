import { windowFrequency } from '../automaton/byte-model.ts'
import { ByteSet } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'
import { minLength, unionOf } from '../expression/expression.ts'

const letters = ByteSet.range(0x41, 0x5a).union(ByteSet.range(0x61, 0x7a))

/** Contents longer than this nearly always have a byte that is needed: looking for one would be in vain. */
const longest = 96

/**
 * Tells of a short content, without running the kernel, that nothing in it can match: it is shorter than any match, or none of
 * the bytes is in it of which every match has one. Most values of a database are such: a name, a state, a small number.
 */
export class ShortContents {
  readonly #shortest: number
  readonly #needed: Uint8Array

  constructor({ shortest, needed }: NeededBytes) {
    this.#shortest = shortest
    this.#needed = needed.slice()
  }

  hasNone(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start
    if (length < this.#shortest) return true
    if (length > longest) return false
    const needed = this.#needed
    for (let i = start; i < end; i++) if (needed[bytes[i]] === 1) return false
    return true
  }
}

/** What every match has. */
export interface NeededBytes {
  /** Length of the shortest. */
  shortest: number
  /** 1 for the bytes of which every match of every pattern has at least one. */
  needed: Uint8Array
}

export function neededBytesOf(expressions: readonly Expression[]): NeededBytes {
  const needed = unionOf(expressions.map(neededBytes))
  return {
    shortest: Math.min(...expressions.map(minLength)),
    needed: Uint8Array.from({ length: 256 }, (_, byte) => (needed.has(byte) ? 1 : 0)),
  }
}

/**
 * Of the sets of which every match has a byte, the rarest in ordinary text; all bytes where there is none. One without letters
 * comes first: each pattern's rarest letter is another, and together they are the alphabet.
 */
function neededBytes(expression: Expression): ByteSet {
  switch (expression.kind) {
    case 'bytes':
      return expression.set
    case 'sequence':
      return rarest(expression.items.map(neededBytes))
    case 'choice':
      return unionOf(expression.options.map(neededBytes))
    case 'repeat':
      return expression.min === 0 ? ByteSet.all() : neededBytes(expression.item)
  }
}

function rarest(sets: readonly ByteSet[]): ByteSet {
  let best = ByteSet.all()
  let frequency = Infinity
  for (const set of sets) {
    const own = windowFrequency([set]) + (set.intersects(letters) ? 1 : 0)
    if (own < frequency) [best, frequency] = [set, own]
  }
  return best
}
