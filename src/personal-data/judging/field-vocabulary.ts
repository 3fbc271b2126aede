import { utf8 } from '../../lib/bytes.ts'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import type { LabelSpan } from './label.ts'
import { hashText, hashWord } from './word-hash.ts'
import { countriesOf } from './countries.ts'
import { segmentsOf } from './path-segments.ts'
import { technicalNames } from './technical-names.ts'
import { nameWords } from '../../lib/name-words.ts'

/**
 * What a field's name says about one recogniser. `weak`: only a field around it does, or other things are called so too;
 * `shared`: the like of it in other countries is called so too.
 */
export const FieldEvidence = { against: -1, none: 0, weak: 1, shared: 2, leaf: 3 } as const
export type FieldEvidence = (typeof FieldEvidence)[keyof typeof FieldEvidence]

/** What a field's name says. */
export interface FieldReading {
  /** By recogniser. */
  evidence: Int8Array
  /** Recognisers of whole values that the field itself is called after. */
  telling: readonly number[]
}

/** Recognisers that a name speaks for and against. */
interface Entry {
  wordCount: number
  for: number[]
  shared: number[]
  vague: number[]
  against: number[]
}

/** A name that stands in a path; in its leaf, or in a field around it. */
interface EntryInPath {
  name: string
  entry: Entry
  isOfLeaf: boolean
}

/** From this length on a name is also found inside one that is written without separators: `customeremail`. */
const insideLength = 5

/** Reads names of fields for all recognisers at once, and remembers what it read: names repeat in every record. */
export class FieldVocabulary {
  readonly #entries = new Map<string, Entry>()
  readonly #squashed = new Map<string, Entry[]>()
  readonly #recogniserCount: number
  /** Recognisers of whole values by the last words of their fields' names: `name` of `patient name`. */
  readonly #endings = new Map<string, Set<number>>()
  /** Recognisers of whole values by the hash of what their fields are called. */
  readonly #names = new Map<number, Set<number>>()
  readonly #countries: readonly (string | undefined)[]
  readonly #ofValues: readonly boolean[]
  readonly #readings = new Map<string, FieldReading>()
  /** Readings of labels by the hash of their bytes, so that a known one is not decoded again. */
  readonly #labels = new Map<number, FieldReading>()
  /** The same for `possibleAt`. */
  readonly #possible = new Map<number, readonly number[]>()

  constructor(recognisers: readonly Recogniser[]) {
    this.#recogniserCount = recognisers.length
    this.#countries = recognisers.map(({ country }) => country)
    this.#ofValues = recognisers.map(({ value }) => value !== undefined)
    for (const [i, recogniser] of recognisers.entries()) {
      for (const name of recogniser.fieldNames) this.#entry(name).for.push(i)
      for (const name of recogniser.sharedFieldNames ?? []) this.#entry(name).shared.push(i)
      for (const name of recogniser.vagueFieldNames ?? []) this.#entry(name).vague.push(i)
      if (recogniser.value !== undefined) {
        this.#addEndings(recogniser, i)
        this.#addNames(recogniser, i)
      }
      for (const name of recogniser.notFieldNames ?? []) this.#entry(name).against.push(i)
    }
    const all = recognisers.map((_, i) => i)
    for (const name of technicalNames) this.#entry(name).against.push(...all)
  }

  /** For a path such as `$.customer.taxId`, `x-forwarded-for` or a label in a text. */
  read(path: string): FieldReading {
    const known = this.#readings.get(path)
    if (known !== undefined) return known
    const reading = this.#read(path.slice(-limits.fieldNameBytes))
    if (this.#readings.size >= limits.knownFields) this.#readings.clear()
    this.#readings.set(path, reading)
    return reading
  }

  /** The same for a label in `bytes[start, end)`. */
  readLabel(bytes: Uint8Array, label: LabelSpan): FieldReading {
    const known = this.#labels.get(label.hash)
    if (known !== undefined) return known
    const reading = this.read(utf8(bytes, label.start, label.end))
    if (this.#labels.size >= limits.knownFields) this.#labels.clear()
    this.#labels.set(label.hash, reading)
    return reading
  }

  /**
   * Recognisers of whole values that a field with this name may be called after, once the names around it are known too.
   * None for nearly all names, which spares asking for those.
   */
  possibleAt(bytes: Uint8Array, label: LabelSpan): readonly number[] {
    const known = this.#possible.get(label.hash)
    if (known !== undefined) return known
    const [words = []] = segmentsOf(utf8(bytes, label.start, label.end)).slice(-1)
    const possible = new Set(this.read(words.join(' ')).telling)
    for (let end = 1; end <= words.length; end++) {
      for (const rank of this.#endings.get(words.slice(0, end).join(' ')) ?? []) possible.add(rank)
    }
    const ranks = [...possible]
    if (this.#possible.size >= limits.knownFields) this.#possible.clear()
    this.#possible.set(label.hash, ranks)
    return ranks
  }

  /** Whether `bytes[start, end)` is itself what fields of the recogniser are called: `Vorname`, the text of a form's label. */
  isName(bytes: Uint8Array, start: number, end: number, rank: number): boolean {
    return this.#names.get(hashWord(bytes, start, end))?.has(rank) === true && !hasDigit(bytes, start, end)
  }

  #addNames({ fieldNames }: Recogniser, rank: number): void {
    for (const name of fieldNames) {
      const hash = hashText(name)
      const ranks = this.#names.get(hash)
      if (ranks === undefined) this.#names.set(hash, new Set([rank]))
      else ranks.add(rank)
    }
  }

  #addEndings({ fieldNames, vagueFieldNames = [] }: Recogniser, rank: number): void {
    for (const name of [...fieldNames, ...vagueFieldNames]) {
      const words = nameWords(name)
      for (let start = 0; start < words.length; start++) {
        const ending = words.slice(start).join(' ')
        const ranks = this.#endings.get(ending)
        if (ranks === undefined) this.#endings.set(ending, new Set([rank]))
        else ranks.add(rank)
      }
    }
  }

  #entry(name: string): Entry {
    const words = nameWords(name)
    const key = words.join(' ')
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      entry = { wordCount: words.length, for: [], shared: [], vague: [], against: [] }
      this.#entries.set(key, entry)
      const squashed = words.join('')
      this.#squashed.set(squashed, [...(this.#squashed.get(squashed) ?? []), entry])
    }
    return entry
  }

  #read(path: string): FieldReading {
    const segments = segmentsOf(path)
    const leaf = new Evidence(this.#recogniserCount)
    const parents = new Evidence(this.#recogniserCount)
    const leafStart = segments.slice(0, -1).reduce((sum, words) => sum + words.length, 0)
    const words = segments.flat()
    for (const { entry, isOfLeaf } of this.#entriesIn(words, leafStart))
      (isOfLeaf ? leaf : parents).add(entry)
    if (words.length - leafStart === 1) this.#addSquashed(words[leafStart], leaf)
    const countries = countriesOf(segments)
    const evidence = new Int8Array(this.#recogniserCount)
    const telling: number[] = []
    for (let i = 0; i < evidence.length; i++) {
      const verdict = inCountries(leaf.verdict(i), leaf.isOwn(i), this.#countries[i], countries)
      evidence[i] = withParents(verdict, parents.verdict(i))
      if (verdict > FieldEvidence.none && this.#ofValues[i]) telling.push(i)
    }
    return { evidence, telling }
  }

  *#entriesIn(words: readonly string[], leafStart: number): Generator<EntryInPath> {
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 1; end <= words.length; end++) {
        const name = words.slice(start, end).join(' ')
        const entry = this.#entries.get(name)
        if (entry !== undefined) yield { name, entry, isOfLeaf: end > leafStart }
      }
    }
  }

  /**
   * The names in a path that made it speak for a recogniser, or against it, the longest first: names as the recogniser lists
   * them, nothing else of the path. For explanations.
   */
  namesFor(path: string, recogniser: number, evidence: FieldEvidence): string[] {
    const segments = segmentsOf(path.slice(-limits.fieldNameBytes))
    const words = segments.flat()
    const leafStart = words.length - (segments.at(-1)?.length ?? 0)
    const found = [...this.#entriesIn(words, leafStart)]
    if (words.length - leafStart === 1) found.push(...this.#squashedIn(words[leafStart]))
    const lists =
      evidence === FieldEvidence.against ? (['against'] as const) : (['for', 'shared', 'vague'] as const)
    const names = found
      .filter(({ entry }) => lists.some((list) => entry[list].includes(recogniser)))
      .toSorted((a, b) => Number(b.isOfLeaf) - Number(a.isOfLeaf) || b.name.length - a.name.length)
      .map(({ name }) => name)
    return [...new Set(names)]
  }

  *#squashedIn(word: string): Generator<EntryInPath> {
    for (const [name, entry] of this.#entries) {
      const squashed = name.replaceAll(' ', '')
      const isLongEnough = squashed.length >= Math.min(insideLength, word.length)
      if (isLongEnough && (word.startsWith(squashed) || word.endsWith(squashed)))
        yield { name, entry, isOfLeaf: true }
    }
  }

  /** Names that a word written without separators begins or ends with. */
  #addSquashed(word: string, evidence: Evidence): void {
    for (let length = word.length; length >= Math.min(insideLength, word.length); length--) {
      for (const part of [word.slice(0, length), word.slice(-length)]) {
        for (const entry of this.#squashed.get(part) ?? []) evidence.add(entry)
      }
    }
  }
}

/** The longest names found for and against each recogniser, in words. */
class Evidence {
  readonly #for: Int8Array
  /** 1 where one of the names found is not shared. */
  readonly #own: Int8Array
  readonly #shared: Int8Array
  readonly #vague: Int8Array
  readonly #against: Int8Array

  constructor(count: number) {
    this.#for = new Int8Array(count)
    this.#own = new Int8Array(count)
    this.#shared = new Int8Array(count)
    this.#vague = new Int8Array(count)
    this.#against = new Int8Array(count)
  }

  add(entry: Entry): void {
    for (const i of entry.for) {
      this.#for[i] = Math.max(this.#for[i], entry.wordCount)
      if (!entry.shared.includes(i)) this.#own[i] = 1
    }
    for (const i of entry.shared) this.#shared[i] = Math.max(this.#shared[i], entry.wordCount)
    for (const i of entry.vague) this.#vague[i] = Math.max(this.#vague[i], entry.wordCount)
    for (const i of entry.against) this.#against[i] = Math.max(this.#against[i], entry.wordCount)
  }

  /** Whether it is called so in its country alone. */
  isOwn(recogniser: number): boolean {
    return this.#own[recogniser] === 1
  }

  /** The name of more words decides, for `cardOrderId` is an order's. */
  verdict(recogniser: number): FieldEvidence {
    const against = this.#against[recogniser]
    const found = this.#for[recogniser]
    if (found > 0 && found >= against) return FieldEvidence.leaf
    const shared = this.#shared[recogniser]
    if (shared > 0 && shared >= against) return FieldEvidence.shared
    const vague = this.#vague[recogniser]
    if (vague > 0 && vague >= against) return FieldEvidence.weak
    return against > 0 ? FieldEvidence.against : FieldEvidence.none
  }
}

/** A field around it says a little by itself, and makes a vague name sure: `$.addresses[].city`. */
function withParents(verdict: FieldEvidence, around: FieldEvidence): FieldEvidence {
  if (around < FieldEvidence.shared) return verdict
  if (verdict === FieldEvidence.none) return FieldEvidence.weak
  return verdict === FieldEvidence.weak ? FieldEvidence.leaf : verdict
}

/** A country in the name makes what is shared its own, and none of it another's; of another's own name it takes some. */
function inCountries(
  verdict: FieldEvidence,
  isOwn: boolean,
  country: string | undefined,
  countries: ReadonlySet<string>,
): FieldEvidence {
  if (country === undefined || countries.size === 0 || verdict < FieldEvidence.shared) return verdict
  if (countries.has(country)) return FieldEvidence.leaf
  return isOwn ? FieldEvidence.shared : FieldEvidence.none
}

function hasDigit(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] >= 0x30 && bytes[i] <= 0x39) return true
  return false
}
