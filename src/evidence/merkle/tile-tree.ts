import { evidenceLimits } from '../limits.ts'
import { Frontier, rootOf, type Subtree, wholeSubtrees } from './subtrees.ts'

/** Hashes of a tile that is full. */
export const tileWidth = 2 ** evidenceLimits.tileLevels

/**
 * Hashes side by side in one row of the tree: those of level 0 are leaves, those of level 1 whole subtrees of 256 leaves, and so
 * on. The last of a row may hold fewer than 256.
 */
export interface Tile {
  level: number
  index: number
  hashes: readonly Buffer[]
}

/** The tree that grows: of each row its last tile. */
export class TileTree {
  #size: number
  readonly #edges: Buffer[][]

  /** @param edges the last tile of each row, as far as it is not full: of `size` leaves */
  constructor(size: number, edges: readonly (readonly Buffer[])[]) {
    this.#size = size
    this.#edges = edges.map((hashes) => [...hashes])
  }

  get size(): number {
    return this.#size
  }

  /** Adds leaves by their hashes. Returns the tiles that are new or have more than before. */
  append(leaves: readonly Buffer[]): Tile[] {
    const changed = new Map<string, Tile>()
    for (const leaf of leaves) {
      this.#add(0, leaf, changed)
      this.#size++
    }
    // Once each, when they are as they stay: an edge goes on growing.
    return Array.from(changed.values(), (tile) => ({ ...tile, hashes: [...tile.hashes] }))
  }

  #add(level: number, hash: Buffer, changed: Map<string, Tile>): void {
    const edge = (this.#edges[level] ??= [])
    edge.push(hash)
    const index = Math.floor(this.#size / tileWidth ** (level + 1))
    changed.set(`${level} ${index}`, { level, index, hashes: edge })
    if (edge.length < tileWidth) return
    this.#edges[level] = []
    this.#add(level + 1, subtreeRoot(edge), changed)
  }

  root(): Buffer {
    const frontier = new Frontier()
    for (const [level, edge] of [...this.#edges.entries()].toReversed()) {
      for (const hash of edge) frontier.push(level * evidenceLimits.tileLevels, hash)
    }
    return frontier.root()
  }

  /** A copy, so that what is added to it can be left again. */
  fork(): TileTree {
    return new TileTree(this.#size, this.#edges)
  }
}

/** Which tiles hold the right edge of a tree of `size` leaves, and how many hashes of each: none where a row ends with a full one. */
export function edgeTiles(size: number): { level: number; index: number; count: number }[] {
  const tiles = []
  for (let level = 0, row = size; row > 0; level++, row = Math.floor(row / tileWidth)) {
    tiles.push({ level, index: Math.floor(row / tileWidth), count: row % tileWidth })
  }
  return tiles
}

export type ReadTile = (level: number, index: number) => Promise<readonly Buffer[]>

/** Hash of the leaves `[from, to)`, where these are a part of the tree that a proof may consist of. */
export async function rangeHash(read: ReadTile, from: number, to: number): Promise<Buffer> {
  const hashes: Buffer[] = []
  for (const subtree of wholeSubtrees(from, to)) hashes.push(await subtreeHash(read, subtree))
  return rootOf(hashes)
}

export async function subtreeHash(read: ReadTile, { level, index }: Subtree): Promise<Buffer> {
  const row = Math.floor(level / evidenceLimits.tileLevels)
  const width = 2 ** (level % evidenceLimits.tileLevels)
  const first = index * width
  const tile = Math.floor(first / tileWidth)
  const hashes = await read(row, tile)
  const offset = first - tile * tileWidth
  return subtreeRoot(hashes.slice(offset, offset + width))
}

/** Root of a power of two of hashes. */
function subtreeRoot(hashes: readonly Buffer[]): Buffer {
  const frontier = new Frontier()
  for (const hash of hashes) frontier.push(0, hash)
  return frontier.root()
}
