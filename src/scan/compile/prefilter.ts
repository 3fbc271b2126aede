import { windowFrequency } from '../automaton/byte-model.ts'
import { type ByteSet, decimalDigits, wordBytes } from '../expression/byte-set.ts'
import { unionOf } from '../expression/expression.ts'
import type { Branch } from './branches.ts'
import { costs } from './costs.ts'
import { groupKind, isReadBackwards } from './groups.ts'

/**
 * What the SIMD kernel looks for. Branches with like windows share a bucket; eight buckets, one bit each, make a set. For
 * each position of the window two tables of 16 bytes say which buckets a byte's low and high half can belong to: the
 * scheme of Hyperscan's Teddy, with classes instead of literals.
 */
export interface Prefilter {
  /** Length of the window: one byte before the anchor, the others from the anchor on. */
  positions: number
  /** How many of them, from the first, the vectors look at; the others only a candidate's window. */
  vectorPositions: number
  sets: readonly BucketSet[]
}

export interface BucketSet {
  tables: readonly { low: Uint8Array; high: Uint8Array }[]
  /** Buckets before whose windows no letter or digit stands. */
  wordBuckets: number
}

interface Cluster {
  branches: Branch[]
  window: readonly ByteSet[]
  /** Each kind of branch takes another run of an automaton at a candidate. */
  kinds: ReadonlySet<string>
  /** Of looking for it: what its candidates take at a position, on average. */
  cost: number
}

/** Buckets of a set: bits of a byte. */
const bucketsPerSet = 8
/** The kernel holds the buckets of a candidate in 32 bits. */
const mostSets = 4

/** More positions are fewer candidates, and more to do for each byte: with five, short contents take a tenth less than with seven. */
const vectorPositions = 5

/** Puts branches into buckets so that candidates, by the byte model, are few. Returns each bucket's branches. */
export function planPrefilter(branches: readonly Branch[]): { prefilter: Prefilter; buckets: Branch[][] } {
  let clusters = initialClusters(branches)
  let best: Cluster[] = []
  let bestCost = Infinity
  for (let sets = mostSets; sets > 0; sets--) {
    clusters = mergeClusters([...clusters], sets * bucketsPerSet)
    const taken = Math.ceil(clusters.length / bucketsPerSet)
    const cost = taken * costs.set + clusters.reduce((sum, cluster) => sum + cluster.cost, 0)
    if (cost < bestCost) [best, bestCost] = [clusters, cost]
  }
  const sets: BucketSet[] = []
  for (let from = 0; from < best.length; from += bucketsPerSet) {
    sets.push(bucketSet(best.slice(from, from + bucketsPerSet)))
  }
  return {
    prefilter: { positions: branches[0].window.length, vectorPositions, sets },
    buckets: best.map((cluster) => cluster.branches),
  }
}

/** Clusters among which pairs are compared. */
const comparedClusters = 256

/** Of these, the rarest: where there are more clusters, each other one joins the one of them that it costs least. */
const joinedClusters = 64

/** Branches belong together whose windows are the same but for which digits they allow: numbers have all of them. */
function initialClusters(branches: readonly Branch[]): Cluster[] {
  const distinct = new Map<string, Branch[]>()
  for (const branch of branches) {
    const key = branch.window.map(keyOf).join('/')
    const known = distinct.get(key)
    if (known === undefined) distinct.set(key, [branch])
    else known.push(branch)
  }
  const all = [...distinct.values()].map((members) => {
    const window = members[0].window.map((_, i) => unionOf(members.map((member) => member.window[i])))
    return clusterOf(members, window, new Set(members.map(groupKind)))
  })
  const sorted = all.toSorted((a, b) => b.cost - a.cost)
  const clusters = sorted.slice(0, comparedClusters)
  for (const cluster of sorted.slice(comparedClusters)) joinCheapest(clusters, cluster)
  return clusters
}

function keyOf(set: ByteSet): string {
  return set.intersects(nonDigits) ? set.key() : 'digits'
}

const nonDigits = decimalDigits.complement()

function clusterOf(branches: Branch[], window: readonly ByteSet[], kinds: ReadonlySet<string>): Cluster {
  return { branches, window, kinds, cost: costOf(window, kinds) }
}

function costOf(window: readonly ByteSet[], kinds: ReadonlySet<string>): number {
  const seen = windowFrequency(window.slice(0, vectorPositions).map((set) => set.halvesClosure()))
  let backward = 0
  for (const kind of kinds) backward += isReadBackwards(kind) ? 1 : 0
  const confirmed = (kinds.size - backward) * costs.run + (backward > 0 ? costs.ask : 0)
  return seen * costs.window + windowFrequency(window) * confirmed
}

/** The rarest go together with others that are rare: they cost next to nothing wherever they are. */
function joinCheapest(clusters: Cluster[], cluster: Cluster): void {
  const first = clusters.length - joinedClusters
  const added = clusters.slice(first).map((known) => mergeCost(known, cluster))
  const cheapestIndex = first + added.indexOf(Math.min(...added))
  clusters[cheapestIndex] = merge(clusters[cheapestIndex], cluster)
}

/** Merges the pair that adds the fewest candidates until there are at most `count`, and on while merging adds none. */
function mergeClusters(clusters: Cluster[], count: number): Cluster[] {
  const added = clusters.map((a, i) => clusters.map((b, j) => (j < i ? mergeCost(a, b) : Infinity)))
  for (;;) {
    const [i, j, cost] = cheapest(added)
    if (i < 0 || (clusters.length <= count && cost > 0)) return clusters
    clusters[j] = merge(clusters[i], clusters[j])
    removeAt(clusters, i)
    for (const row of added) removeAt(row, i)
    removeAt(added, i)
    for (let k = 0; k < clusters.length; k++) {
      if (k < j) added[j][k] = mergeCost(clusters[j], clusters[k])
      if (k > j) added[k][j] = mergeCost(clusters[j], clusters[k])
    }
  }
}

function removeAt(items: unknown[], index: number): void {
  items.splice(index, 1)
}

function cheapest(added: readonly number[][]): [i: number, j: number, cost: number] {
  let best: [number, number, number] = [-1, -1, Infinity]
  for (let i = 0; i < added.length; i++) {
    for (let j = 0; j < i; j++) if (added[i][j] < best[2]) best = [i, j, added[i][j]]
  }
  return best
}

/** What a common bucket takes more than the two apart. */
function mergeCost(a: Cluster, b: Cluster): number {
  return costOf(commonWindow(a, b), kindsOf(a, b)) - a.cost - b.cost
}

function merge(a: Cluster, b: Cluster): Cluster {
  return clusterOf([...a.branches, ...b.branches], commonWindow(a, b), kindsOf(a, b))
}

function commonWindow(a: Cluster, b: Cluster): readonly ByteSet[] {
  return a.window.map((set, i) => set.union(b.window[i]))
}

function kindsOf(a: Cluster, b: Cluster): ReadonlySet<string> {
  return a.kinds === b.kinds ? a.kinds : a.kinds.union(b.kinds)
}

function bucketSet(clusters: readonly Cluster[]): BucketSet {
  const positions = clusters[0].window.length
  const tables = Array.from({ length: positions }, () => ({
    low: new Uint8Array(16),
    high: new Uint8Array(16),
  }))
  let wordBuckets = 0
  for (const [bit, { window }] of clusters.entries()) {
    for (const [position, set] of window.entries()) {
      for (const byte of set) {
        tables[position].low[byte & 15] |= 1 << bit
        tables[position].high[byte >> 4] |= 1 << bit
      }
    }
    if (!window[0].intersects(wordBytes)) wordBuckets |= 1 << bit
  }
  return { tables, wordBuckets }
}
