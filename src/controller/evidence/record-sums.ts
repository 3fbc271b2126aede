import { controllerLimits } from '../limits.ts'

/** What several records that say the same come to. */
export interface RecordSum<Said> {
  said: Said
  count: number
  /** RFC 3339. */
  first: string
  last: string
}

/** Adds up records that say the same, until they are taken. */
export class RecordSums<Said> {
  readonly #sums = new Map<string, RecordSum<Said>>()
  /** Records for which there was no room. */
  #beyond = 0

  /** @param count how many more, @param times of the first and the last of them */
  add(said: Said, count: number, { first, last }: { first: string; last: string }): void {
    const key = JSON.stringify(said)
    const known = this.#sums.get(key)
    if (known !== undefined) {
      known.count += count
      if (last > known.last) known.last = last
      if (first < known.first) known.first = first
    } else if (this.#sums.size < controllerLimits.evidenceSums) {
      this.#sums.set(key, { said, count, first, last })
    } else {
      this.#beyond += count
    }
  }

  /** What was added since it was taken last, in parts of at most `evidencePerEntry`; nothing where there is nothing. */
  take(): { sums: RecordSum<Said>[]; beyond: number }[] {
    const all = [...this.#sums.values()]
    const beyond = this.#beyond
    this.#sums.clear()
    this.#beyond = 0
    const parts: { sums: RecordSum<Said>[]; beyond: number }[] = []
    for (let from = 0; from < all.length; from += controllerLimits.evidencePerEntry) {
      parts.push({ sums: all.slice(from, from + controllerLimits.evidencePerEntry), beyond: 0 })
    }
    if (beyond > 0) parts.push({ sums: [], beyond })
    return parts
  }
}
