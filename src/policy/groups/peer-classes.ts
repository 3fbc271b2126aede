/**
 * Sets of groups that peers belong to, each once, by a number. Peers of one class have the same rules, so that rules are found
 * for pairs of classes and not of peers.
 */
export class PeerClasses {
  readonly #numbers = new Map<string, number>()
  readonly #groups: (readonly number[])[] = []

  /** @param groups - ascending, each once */
  classOf(groups: readonly number[]): number {
    const key = groups.join(' ')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#groups.length)
    return this.#groups.push([...groups]) - 1
  }

  groupsOf(peerClass: number): readonly number[] {
    return this.#groups[peerClass] ?? []
  }

  get size(): number {
    return this.#groups.length
  }
}

/** Ascending and each once. */
export function sortedSet(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
