import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leafHash } from './hashing.ts'
import { consistencyRanges, inclusionRanges, isConsistent, isIncluded } from './proofs.ts'
import { Frontier } from './subtrees.ts'
import { edgeTiles, rangeHash, type ReadTile, TileTree } from './tile-tree.ts'

const count = 66_000
const leaves = Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))

/** A tree that was made in steps of some sizes, and its tiles. */
function grown(steps: readonly number[]): { tree: TileTree; tiles: Map<string, readonly Buffer[]> } {
  const tree = new TileTree(0, [])
  const tiles = new Map<string, readonly Buffer[]>()
  for (const step of steps) {
    for (const { level, index, hashes } of tree.append(leaves.slice(tree.size, tree.size + step))) {
      tiles.set(`${level} ${index}`, hashes)
    }
  }
  return { tree, tiles }
}

const reader =
  (tiles: ReadonlyMap<string, readonly Buffer[]>): ReadTile =>
  async (level, index) =>
    tiles.get(`${level} ${index}`) ?? []

const sizes = [1, 255, 256, 257, 511, 512, 65_537]
const told = new Set([...sizes, 1, 2, 256, 257, 300, 65_536, 65_900, count])

/** Roots of the trees of the first leaves, by how many. */
const roots = new Map<number, Buffer>()
const frontier = new Frontier()
for (const [i, leaf] of leaves.entries()) {
  frontier.push(0, leaf)
  if (told.has(i + 1)) roots.set(i + 1, frontier.root())
}

function rootOfFirst(size: number): Buffer {
  const root = roots.get(size)
  assert.ok(root, `the root of ${size} leaves was not kept`)
  return root
}

test('a tree grows to the same in any steps', () => {
  for (const size of sizes) {
    const half = size >> 1
    assert.ok(grown([size]).tree.root().equals(rootOfFirst(size)), `${size} at once`)
    assert.ok(
      grown([1, half, size - half - 1])
        .tree.root()
        .equals(rootOfFirst(size)),
      `${size} in steps`,
    )
  }
})

test('a tree goes on from the tiles at its edge', () => {
  for (const size of [1, 200, 256, 300, 65_536, 65_800]) {
    const { tree, tiles } = grown([size])
    const edges = edgeTiles(size).map(({ level, index, count: held }) =>
      (tiles.get(`${level} ${index}`) ?? []).slice(0, held),
    )
    const again = new TileTree(size, edges)
    assert.ok(again.root().equals(tree.root()), `${size}`)
    const more = leaves.slice(size, size + 200)
    tree.append(more)
    again.append(more)
    assert.ok(again.root().equals(tree.root()), `${size} and 200`)
  }
})

test('proofs are made of tiles, for trees of the past too', async () => {
  const { tiles } = grown([count])
  const read = reader(tiles)
  const head = (size: number) => ({ size, root: rootOfFirst(size) })
  const hashes = async (ranges: readonly (readonly [number, number])[]): Promise<Buffer[]> => {
    const found = []
    for (const [from, to] of ranges) found.push(await rangeHash(read, from, to))
    return found
  }
  for (const [index, size] of [
    [0, 1],
    [5, 300],
    [299, 300],
    [256, 257],
    [65_000, 65_900],
    [17, count],
  ]) {
    const proof = await hashes(inclusionRanges(index, size))
    assert.ok(isIncluded(leaves[index], { index, size }, proof, head(size).root), `${index} of ${size}`)
  }
  for (const [first, second] of [
    [1, 2],
    [256, 300],
    [257, 65_536],
    [65_536, 65_900],
    [300, count],
  ]) {
    const proof = await hashes(consistencyRanges(first, second))
    assert.ok(isConsistent(head(first), head(second), proof), `${first} to ${second}`)
  }
})

test('what was added to a copy is not in the tree', () => {
  const { tree } = grown([300])
  const root = tree.root()
  tree.fork().append(leaves.slice(300, 400))
  assert.ok(tree.root().equals(root))
  assert.equal(tree.size, 300)
})
