import { emptyRoot, nodeHash } from './hashing.ts'

/** A whole subtree: the `2 ** level` leaves from `index * 2 ** level` on. */
export interface Subtree {
  level: number
  index: number
}

/** The fewest whole subtrees that make up the leaves of `[from, to)`, from left to right; at most two of each level. */
export function wholeSubtrees(from: number, to: number): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = from; at < to;) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level++
    subtrees.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return subtrees
}

/**
 * The right edge of a tree that grows: the whole subtrees of what it holds. What is pushed follows what is there, at a place
 * that is a multiple of its size.
 */
export class Frontier {
  readonly #levels: number[] = []
  readonly #hashes: Buffer[] = []

  /** Adds a whole subtree of `2 ** level` leaves. */
  push(level: number, hash: Buffer): void {
    let height = level
    let joined = hash
    while (this.#levels.at(-1) === height) {
      this.#levels.pop()
      joined = nodeHash(this.#hashes.pop() as Buffer, joined)
      height++
    }
    this.#levels.push(height)
    this.#hashes.push(joined)
  }

  /** Hash of the tree so far. */
  root(): Buffer {
    return rootOf(this.#hashes)
  }
}

/** Hash of the tree whose whole subtrees have these hashes, from left to right. */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right))
}
