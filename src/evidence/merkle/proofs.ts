import { nodeHash } from './hashing.ts'

/** Leaves `[from, to)`, whose hash is one step of a proof. */
export type LeafRange = readonly [from: number, to: number]

/** What an inclusion proof (RFC 9162 section 2.1.3.1) of leaf `index` in the tree of `size` leaves consists of. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  return ranges.toReversed()
}

/** What a consistency proof (RFC 9162 section 2.1.4.1) from `first` leaves to `second` consists of; `0 < first <= second`. */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  const ranges: LeafRange[] = []
  let [from, to] = [0, second]
  while (to !== first) {
    const middle = from + split(to - from)
    if (first <= middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  // The tree that was there before is known to who asks.
  if (from > 0) ranges.push([from, to])
  return ranges.toReversed()
}

/** The largest power of two below `size`. */
function split(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1)
}

/** RFC 9162 section 2.1.3.2. */
export function isIncluded(
  leaf: Uint8Array,
  place: { index: number; size: number },
  proof: readonly Uint8Array[],
  root: Buffer,
): boolean {
  if (place.index >= place.size) return false
  let hash: Buffer = Buffer.from(leaf)
  const isWhole = climb(BigInt(place.index), BigInt(place.size - 1), proof, (step, isLeft) => {
    hash = isLeft ? nodeHash(step, hash) : nodeHash(hash, step)
  })
  return isWhole && hash.equals(root)
}

/** A tree as one was told of it: how many leaves, and their hash. */
export interface TreeHead {
  size: number
  root: Buffer
}

/** RFC 9162 section 2.1.4.2: whether `second` is `first` with nothing but leaves added. */
export function isConsistent(first: TreeHead, second: TreeHead, proof: readonly Buffer[]): boolean {
  if (first.size > second.size) return false
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root)
  if (first.size === 0) return proof.length === 0
  const isWholeSubtree = Number.isInteger(Math.log2(first.size))
  const [start, ...steps] = isWholeSubtree ? [first.root, ...proof] : proof
  if (start === undefined) return false
  let node = BigInt(first.size - 1)
  let last = BigInt(second.size - 1)
  while ((node & 1n) === 1n) {
    node >>= 1n
    last >>= 1n
  }
  let [before, after] = [start, start]
  const isWhole = climb(node, last, steps, (step, isLeft) => {
    if (isLeft) before = nodeHash(step, before)
    after = isLeft ? nodeHash(step, after) : nodeHash(after, step)
  })
  return isWhole && before.equals(first.root) && after.equals(second.root)
}

/**
 * Goes from a node up to the root, with the hashes of a proof and the side on which each stands. False where these are too many or
 * too few.
 *
 * @param last the last node of the row that it begins in
 */
function climb<Step>(
  node: bigint,
  last: bigint,
  proof: readonly Step[],
  join: (step: Step, isLeft: boolean) => void,
): boolean {
  let [at, end] = [node, last]
  for (const step of proof) {
    if (end === 0n) return false
    const isLeft = (at & 1n) === 1n || at === end
    join(step, isLeft)
    // A node at the edge that has no right sibling is the same in the rows above, until it has a left one.
    if (isLeft) {
      while ((at & 1n) === 0n && at !== 0n) {
        at >>= 1n
        end >>= 1n
      }
    }
    at >>= 1n
    end >>= 1n
  }
  return end === 0n
}
