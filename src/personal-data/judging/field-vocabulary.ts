import { utf8 } from '../../lib/bytes.ts'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import type { Label } from './label.ts'
import { technicalNames } from './technical-names.ts'
import { nameWords } from '../../lib/name-words.ts'

/** What a field's name says about one recogniser. */
export const FieldEvidence = { against: -1, none: 0, parent: 1, leaf: 2 } as const
export type FieldEvidence = (typeof FieldEvidence)[keyof typeof FieldEvidence]

/** Recognisers that a name speaks for and against. */
interface Entry {
  wordCount: number
  for: number[]
  against: number[]
}

/** Names that only hold another: what they are called says nothing, the name around them does. */
const wrappers = new Set(['value', 'val', 'item', 'items', 'entry', 'text', 'content', 'string'])

/** From this length on a name is also found inside one that is written without separators: `customeremail`. */
const insideLength = 5

/** Segments of a path that are looked at, from the leaf up. */
const pathDepth = 4

/** Reads names of fields for all recognisers at once, and remembers what it read: names repeat in every record. */
export class FieldVocabulary {
  readonly #entries = new Map<string, Entry>()
  readonly #squashed = new Map<string, Entry>()
  readonly #recogniserCount: number
  readonly #readings = new Map<string, Int8Array>()
  /** Readings of labels by the hash of their bytes, so that a known one is not decoded again. */
  readonly #labels = new Map<number, Int8Array>()

  constructor(recognisers: readonly Recogniser[]) {
    this.#recogniserCount = recognisers.length
    for (const [i, recogniser] of recognisers.entries()) {
      for (const name of recogniser.fieldNames) this.#entry(name).for.push(i)
      for (const name of recogniser.notFieldNames ?? []) this.#entry(name).against.push(i)
    }
    const all = recognisers.map((_, i) => i)
    for (const name of technicalNames) this.#entry(name).against.push(...all)
  }

  /** `FieldEvidence` by recogniser for a path such as `$.customer.taxId`, `x-forwarded-for` or a label in a text. */
  read(path: string): Int8Array {
    const known = this.#readings.get(path)
    if (known !== undefined) return known
    const reading = this.#read(path.slice(-limits.fieldNameBytes))
    if (this.#readings.size >= limits.knownFields) this.#readings.clear()
    this.#readings.set(path, reading)
    return reading
  }

  /** The same for a label in `bytes[start, end)`. */
  readLabel(bytes: Uint8Array, label: Label): Int8Array {
    const known = this.#labels.get(label.hash)
    if (known !== undefined) return known
    const reading = this.read(utf8(bytes, label.start, label.end))
    if (this.#labels.size >= limits.knownFields) this.#labels.clear()
    this.#labels.set(label.hash, reading)
    return reading
  }

  #entry(name: string): Entry {
    const words = nameWords(name)
    const key = words.join(' ')
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      entry = { wordCount: words.length, for: [], against: [] }
      this.#entries.set(key, entry)
      this.#squashed.set(words.join(''), entry)
    }
    return entry
  }

  #read(path: string): Int8Array {
    const segments = segmentsOf(path)
    const leaf = new Evidence(this.#recogniserCount)
    const parents = new Evidence(this.#recogniserCount)
    const leafStart = segments.slice(0, -1).reduce((sum, words) => sum + words.length, 0)
    const words = segments.flat()
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 1; end <= words.length; end++) {
        const entry = this.#entries.get(words.slice(start, end).join(' '))
        if (entry !== undefined) (end > leafStart ? leaf : parents).add(entry)
      }
    }
    if (words.length - leafStart === 1) this.#addSquashed(words[leafStart], leaf)
    return Int8Array.from({ length: this.#recogniserCount }, (_, i) => {
      const verdict = leaf.verdict(i)
      if (verdict !== 0) return verdict > 0 ? FieldEvidence.leaf : FieldEvidence.against
      return parents.verdict(i) > 0 ? FieldEvidence.parent : FieldEvidence.none
    })
  }

  /** Names that a word written without separators begins or ends with. */
  #addSquashed(word: string, evidence: Evidence): void {
    for (let length = word.length; length >= Math.min(insideLength, word.length); length--) {
      for (const part of [word.slice(0, length), word.slice(-length)]) {
        const entry = this.#squashed.get(part)
        if (entry !== undefined) evidence.add(entry)
      }
    }
  }
}

/** The longest names found for and against each recogniser. */
class Evidence {
  readonly #for: Int8Array
  readonly #against: Int8Array

  constructor(count: number) {
    this.#for = new Int8Array(count)
    this.#against = new Int8Array(count)
  }

  add(entry: Entry): void {
    for (const i of entry.for) this.#for[i] = Math.max(this.#for[i], entry.wordCount)
    for (const i of entry.against) this.#against[i] = Math.max(this.#against[i], entry.wordCount)
  }

  /** Above 0 for, below 0 against: the name of more words decides, for `cardOrderId` is an order's. */
  verdict(recogniser: number): number {
    const found = this.#for[recogniser]
    if (found > 0 && found >= this.#against[recogniser]) return 1
    return this.#against[recogniser] > 0 ? -1 : 0
  }
}

/** Words of each segment, the leaf last; wrappers are left out. */
function segmentsOf(path: string): string[][] {
  const segments = splitPath(path)
    .map(nameWords)
    .filter((words) => words.length > 0)
  while (segments.length > 1 && segments[segments.length - 1].every((word) => wrappers.has(word)))
    segments.pop()
  return segments.slice(-pathDepth)
}

function splitPath(path: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let i = 0; i <= path.length; i++) {
    if (i < path.length && !'./[]@:$'.includes(path[i])) continue
    if (i > start) parts.push(path.slice(start, i))
    start = i + 1
  }
  return parts
}
