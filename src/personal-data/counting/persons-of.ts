import { HashSketch } from './hash-sketch.ts'

/** Values of one kind of identifier, as far as they are counted. */
export interface SketchedKind {
  name: string
  /** How well they single out one person: 1 and up. */
  rank: number
  values: HashSketch
  /** Those that stood in a record with a value of another kind. */
  partners: Map<string, HashSketch | 'all'>
}

type Kinds = ReadonlyMap<string, SketchedKind>

/** Nobody has more values of a lesser kind than this for each of a better one, on average: the better one is then not a person's own. */
const mostPerPerson = 8
/** For a lesser kind to stand for a person, its values have to be as many as those of the better kind. */
const oneToOne = 0.95
/** By so much other orders have to tell fewer persons to be believed: estimates differ by chance. */
const isFewer = 0.9

/**
 * About how many persons values belong to. Kinds are in an order, best first; a value stands for a person unless it was seen with a
 * value of a kind before its own. The order is by rank. Where kinds are only linked through a lesser one (an e-mail address with an
 * account here, the account with an insurance number there), the order is the better one that begins at that one, which makes
 * fewer persons of the same values.
 */
export function personsOf(kinds: Kinds): number {
  const ranked = byRank(kinds)
  const first = standing(kinds, ranked)
  if (first.most > first.total * isFewer) return Math.round(first.total)
  const others = ranked.map((root) => standing(kinds, linkedFrom(root, kinds, ranked)).total)
  const fewest = Math.min(...others)
  return Math.round(fewest < first.total * isFewer ? fewest : first.total)
}

function byRank(kinds: Kinds): string[] {
  const counted = Array.from(kinds.values(), ({ name, rank, values }) => ({
    ...{ name, rank },
    count: values.estimate(),
  }))
  counted.sort((a, b) => b.rank - a.rank || b.count - a.count || (a.name < b.name ? -1 : 1))
  return counted.map(({ name }) => name)
}

/** How many values stand for a person: of all kinds, and of the one of which most do. */
function standing(kinds: Kinds, order: readonly string[]): { total: number; most: number } {
  let [total, most] = [0, 0]
  for (const [place, name] of order.entries()) {
    const kind = kinds.get(name) as SketchedKind
    const better = order.slice(0, place).filter((other) => standsFor(kinds, other, name))
    const count = Math.max(0, kind.values.estimate() - withPartners(kind, better))
    total += count
    most = Math.max(most, count)
  }
  return { total, most }
}

/** Of the values of a kind, how many were seen with one of these kinds. */
function withPartners({ values, partners }: SketchedKind, kinds: readonly string[]): number {
  if (kinds.length === 0) return 0
  const sets = kinds.flatMap((kind) => partners.get(kind) ?? [])
  if (sets.includes('all')) return values.estimate()
  const joined = new HashSketch()
  for (const set of sets) if (set !== 'all') joined.addAll(set)
  return joined.estimate()
}

/** Whether a value of one kind can stand for the person that a value of another kind is of, by how many there are of each. */
function standsFor(kinds: Kinds, name: string, other: string): boolean {
  const [kind, lesser] = [kinds.get(name), kinds.get(other)] as [SketchedKind, SketchedKind]
  const [count, countOther] = [withPartners(kind, [other]), withPartners(lesser, [name])]
  if (kind.rank > lesser.rank) return countOther <= count * mostPerPerson
  return count >= countOther * oneToOne
}

/** All kinds by how many links they are away from one, then as they are ranked. */
function linkedFrom(root: string, kinds: Kinds, ranked: readonly string[]): string[] {
  const order = [root]
  for (let at = 0; at < order.length; at++) {
    const partners = kinds.get(order[at])?.partners
    order.push(...ranked.filter((name) => partners?.has(name) === true && !order.includes(name)))
  }
  return [...order, ...ranked.filter((name) => !order.includes(name))]
}
