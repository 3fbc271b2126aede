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
  let node = BigInt(place.index)
  let last = BigInt(place.size - 1)
  let hash: Buffer = Buffer.from(leaf)
  for (const step of proof) {
    if (last === 0n) return false
    if ((node & 1n) === 1n || node === last) {
      hash = nodeHash(step, hash)
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      hash = nodeHash(hash, step)
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && hash.equals(root)
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
  const isWhole = Number.isInteger(Math.log2(first.size))
  const path = isWhole ? [first.root, ...proof] : [...proof]
  if (path.length === 0) return false
  let node = BigInt(first.size - 1)
  let last = BigInt(second.size - 1)
  while ((node & 1n) === 1n) {
    node >>= 1n
    last >>= 1n
  }
  let [before] = path
  let after = before
  for (const step of path.slice(1)) {
    if (last === 0n) return false
    if ((node & 1n) === 1n || node === last) {
      before = nodeHash(step, before)
      after = nodeHash(step, after)
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      after = nodeHash(after, step)
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && before.equals(first.root) && after.equals(second.root)
}
