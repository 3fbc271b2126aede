/*
 * The proofs of RFC 9162, walked through in the browser: what the server says is in its ledger is not believed but
 * computed, with SHA-256 of the browser's own (Web Cryptography).
 */

export interface WalkStep {
  /** On which side of what is known the hash of the proof stands. */
  side: 'left' | 'right'
  /** Hexadecimal, as all hashes here. */
  sibling: string
  result: string
}

/** From one hash up to a root. */
export interface Walk {
  start: string
  steps: WalkStep[]
  root: string
  /** There were as many hashes as the tree has rows above, no more and no less. */
  isWhole: boolean
}

export async function leafHash(text: string): Promise<Uint8Array> {
  return sha256(Uint8Array.of(0), new TextEncoder().encode(text))
}

function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(Uint8Array.of(1), left, right)
}

/** RFC 9162 section 2.1.3.2: from a leaf up to the root of the tree of `size` leaves. */
export async function walkInclusion(
  leaf: Uint8Array,
  place: { index: number; size: number },
  proof: readonly Uint8Array[],
): Promise<Walk> {
  const [path, isWhole] = pathUp(BigInt(place.index), BigInt(place.size - 1), proof)
  const walk = await climb(leaf, path)
  return { ...walk, isWhole: isWhole && place.index < place.size }
}

/** A tree as its signed head tells of it. */
export interface Head {
  size: number
  root: Uint8Array
}

/** The walk to the root of the tree before, and to the root after, which begin with the same hash. */
export interface Growth {
  before: Walk
  after: Walk
}

/** RFC 9162 section 2.1.4.2: whether the second tree is the first with leaves added. `0 < first.size <= second.size`. */
export async function walkConsistency(
  first: Head,
  second: Head,
  proof: readonly Uint8Array[],
): Promise<Growth> {
  // The first tree stands in the second as it is where it is a whole subtree of it.
  const isSubtree = Number.isInteger(Math.log2(first.size)) || first.size === second.size
  const [start, ...steps] = isSubtree ? [first.root, ...proof] : proof
  let [node, last] = [BigInt(first.size - 1), BigInt(second.size - 1)]
  while ((node & 1n) === 1n) [node, last] = [node >> 1n, last >> 1n]
  if (first.size === second.size) last = 0n
  const [path, isWhole] = pathUp(node, last, steps)
  const before = await climb(
    start ?? new Uint8Array(),
    path.filter(({ side }) => side === 'left'),
  )
  const after = await climb(start ?? new Uint8Array(), path)
  return { before: { ...before, isWhole }, after: { ...after, isWhole } }
}

interface PathStep {
  side: WalkStep['side']
  hash: Uint8Array
}

/** The hashes of a proof with their sides, and whether they are as many as there are rows above. */
function pathUp(node: bigint, last: bigint, proof: readonly Uint8Array[]): [PathStep[], boolean] {
  const path: PathStep[] = []
  let [at, end] = [node, last]
  for (const hash of proof) {
    if (end === 0n) return [path, false]
    const isLeft = (at & 1n) === 1n || at === end
    path.push({ side: isLeft ? 'left' : 'right', hash })
    // A node at the edge that has no right sibling is the same in the rows above, until it has a left one.
    if (isLeft) while ((at & 1n) === 0n && at !== 0n) [at, end] = [at >> 1n, end >> 1n]
    at >>= 1n
    end >>= 1n
  }
  return [path, end === 0n]
}

async function climb(start: Uint8Array, path: readonly PathStep[]): Promise<Walk> {
  const steps: WalkStep[] = []
  let hash = start
  for (const { side, hash: sibling } of path) {
    hash = await (side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling))
    steps.push({ side, sibling: hex(sibling), result: hex(hash) })
  }
  return { start: hex(start), steps, root: hex(hash), isWhole: true }
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer())
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** HMAC-SHA-256 of a text under a salt: what a header says of a body. */
export async function commitment(salt: Uint8Array, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', new Uint8Array(salt), algorithm, false, ['sign'])
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))))
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
