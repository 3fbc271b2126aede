import { limits } from '../limits.ts'
import { HashSketch } from './hash-sketch.ts'
import { personsOf, type SketchedKind } from './persons-of.ts'

/** Keyed hashes of one record's values, of different kinds; kept apart for speed. Its owner uses it again. */
export class LinkedValues {
  readonly kinds: string[] = []
  /** How well values of each kind single out one person. */
  readonly ranks: number[] = []
  readonly highs: number[] = []
  readonly lows: number[] = []

  get isEmpty(): boolean {
    return this.kinds.length === 0
  }

  /** The first of a kind stays. */
  add(kind: string, rank: number, high: number, low: number): void {
    if (this.kinds.includes(kind) || this.kinds.length >= limits.subjectKinds) return
    this.kinds.push(kind)
    this.ranks.push(rank)
    this.highs.push(high)
    this.lows.push(low)
  }

  clear(): void {
    for (const list of [this.kinds, this.ranks, this.highs, this.lows]) list.length = 0
  }
}

/** That all values of a kind have a partner of another one; in a text. */
const allMark = '='
/** Characters of a kind's name with what stands around it, at most. */
const kindNames = 68

/**
 * Whose data it is, as far as it takes to count persons once over several flows, whichever of their identifiers each of them carries.
 * For each kind of identifier it has a sketch of its values, and of those among them that stood in one record with a value of another
 * kind: so that, of two sketches together, it can be told how many persons are known by one identifier here and by another there.
 * No hash can be had back from it.
 */
export class SubjectSketch {
  readonly #kinds = new Map<string, SketchedKind>()
  /** The kinds of all records so far, where all had the same. */
  #steady: SketchedKind[] = []
  #estimate: number | undefined

  get isEmpty(): boolean {
    return this.#kinds.size === 0
  }

  /**
   * Adds a record: values that belong to one person. Adding it again, or more of it, changes nothing but by what is new.
   *
   * @param isOpen more of it may come: of many records, what it lacks so far is not held against it
   */
  add(record: LinkedValues, isOpen = false): void {
    this.#estimate = undefined
    if (!this.#addSteady(record)) this.#addLinked(record, isOpen)
  }

  /** Rows of a table all have the same columns: there is nothing new in how their values are linked. */
  #addSteady({ kinds, highs, lows }: LinkedValues): boolean {
    const steady = this.#steady
    if (steady.length !== kinds.length) return false
    for (let i = 0; i < kinds.length; i++) if (steady[i].name !== kinds[i]) return false
    for (let i = 0; i < kinds.length; i++) steady[i].values.add(highs[i], lows[i])
    return true
  }

  #addLinked(record: LinkedValues, isOpen: boolean): void {
    this.#steady = []
    const all: SketchedKind[] = []
    for (const [i, name] of record.kinds.entries()) {
      const kind = this.#kindOf(name, record.ranks[i])
      if (kind === undefined) continue
      all.push(kind)
      if (!(isOpen && kind.values.isLarge))
        for (const partner of kind.partners.keys())
          if (!record.kinds.includes(partner)) ownPartners(kind, partner)
      for (const other of record.kinds) if (other !== name) linkTo(kind, other, record, i)
      kind.values.add(record.highs[i], record.lows[i])
    }
    const isSteady = ({ partners }: SketchedKind): boolean =>
      partners.size === record.kinds.length - 1 && [...partners.values()].every((each) => each === 'all')
    if (all.length === record.kinds.length && all.every(isSteady)) this.#steady = all
  }

  /** Adds what another one, as a text, has seen. False where it is none: then nothing was added. */
  merge(text: string): boolean {
    const parsed = parse(text)
    if (parsed === undefined) return false
    this.#merge(parsed)
    return true
  }

  /** Adds what another one has seen. */
  addAll(other: SubjectSketch): void {
    this.#merge(other.#kinds)
  }

  #merge(kinds: ReadonlyMap<string, SketchedKind>): void {
    this.#estimate = undefined
    this.#steady = []
    for (const [name, theirs] of kinds) {
      const own = this.#kindOf(name, theirs.rank)
      if (own !== undefined) mergeKind(own, theirs)
    }
  }

  /** About how many persons. */
  estimate(): number {
    return (this.#estimate ??= personsOf(this.#kinds))
  }

  /**
   * For `merge`; the same for the same persons in whatever order they came. Of one that would be too long the links are left out,
   * weakest identifiers first: then persons may count more than once, and none is lost.
   */
  text(): string {
    const byRank = [...this.#kinds.values()].toSorted((a, b) => b.rank - a.rank || (a.name < b.name ? -1 : 1))
    let left = limits.sketchLength
    for (const { values } of byRank) left -= values.text().length + kindNames
    const parts = byRank.map((kind) => {
      const text = kindText(kind, left)
      left -= text.length - kind.values.text().length
      return text
    })
    return parts.join(';')
  }

  #kindOf(name: string, rank: number): SketchedKind | undefined {
    const known = this.#kinds.get(name)
    if (known !== undefined || this.#kinds.size >= limits.sketchedKinds) return known
    const made: SketchedKind = { name, rank, values: new HashSketch(), partners: new Map() }
    this.#kinds.set(name, made)
    return made
  }
}

/** The value at a place of a record has a partner of another kind. */
function linkTo(kind: SketchedKind, other: string, record: LinkedValues, place: number): void {
  const known = kind.partners.get(other)
  if (known === undefined && kind.values.isEmpty) kind.partners.set(other, 'all')
  else if (known !== 'all') ownPartners(kind, other).add(record.highs[place], record.lows[place])
}

/** Of those that have a partner, a sketch of their own: from here on there may be others. */
function ownPartners(kind: SketchedKind, partner: string): HashSketch {
  const known = kind.partners.get(partner)
  if (known !== undefined && known !== 'all') return known
  const made = known === 'all' ? kind.values.clone() : new HashSketch()
  kind.partners.set(partner, made)
  return made
}

function mergeKind(own: SketchedKind, theirs: SketchedKind): void {
  const isNew = own.values.isEmpty
  for (const partner of new Set([...own.partners.keys(), ...theirs.partners.keys()])) {
    const [mine, other] = [own.partners.get(partner), theirs.partners.get(partner)]
    if ((mine === 'all' || isNew) && other === 'all') own.partners.set(partner, 'all')
    else ownPartners(own, partner).addAll(other === 'all' ? theirs.values : (other ?? new HashSketch()))
  }
  own.values.addAll(theirs.values)
}

/**
 * `5email:VALUES,phone:=,iban:PARTNERS`: the rank, the kind with its values, and those of them with partners of other kinds. Sets
 * that have turned out to be all of them are not kept any longer.
 */
function kindText({ name, rank, values, partners }: SketchedKind, room: number): string {
  const all = values.text()
  const sorted = [...partners].toSorted(([a], [b]) => (a < b ? -1 : 1))
  let left = room
  const parts = sorted.map(([partner, some]) => {
    const text = some === 'all' ? all : some.text()
    if (text === all) partners.set(partner, 'all')
    const part = `,${partner}:${text === all ? allMark : text}`
    left -= part.length
    return left < 0 ? '' : part
  })
  return `${rank}${name}:${all}${parts.join('')}`
}

function parse(text: string): Map<string, SketchedKind> | undefined {
  const kinds = new Map<string, SketchedKind>()
  if (text === '') return kinds
  if (text.length > limits.sketchLength) return undefined
  for (const part of text.split(';', limits.sketchedKinds + 1)) {
    const [first, ...rest] = part.split(',', limits.sketchedKinds + 1)
    const own = /^([1-9])([a-z0-9-]{1,64}):([A-Za-z0-9_.-]+)$/.exec(first)
    if (own === null || kinds.has(own[2]) || kinds.size === limits.sketchedKinds) return undefined
    const kind: SketchedKind = {
      ...{ name: own[2], rank: Number(own[1]) },
      ...{ values: new HashSketch(), partners: new Map() },
    }
    if (!kind.values.merge(own[3]) || !rest.every((each) => parsePartners(kind, each))) return undefined
    kinds.set(own[2], kind)
  }
  return kinds
}

function parsePartners(kind: SketchedKind, text: string): boolean {
  const match = /^([a-z0-9-]{1,64}):(=|[A-Za-z0-9_.-]+)$/.exec(text)
  if (match === null || kind.partners.has(match[1])) return false
  const partners = match[2] === allMark ? 'all' : new HashSketch()
  kind.partners.set(match[1], partners)
  return partners === 'all' || partners.merge(match[2])
}
