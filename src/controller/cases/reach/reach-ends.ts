import type { ReachEnd } from '../../../privacy/reach.ts'
import { controllerLimits } from '../../limits.ts'

const order = { suspect: 0, reached: 1, reachable: 2 }

/** Ends of a breach, each once, up to a bound. */
export class ReachEnds {
  readonly #ends = new Map<string, ReachEnd>()
  /** There were more than are kept. */
  isCut = false

  get(id: string): ReachEnd | undefined {
    return this.#ends.get(id)
  }

  has(id: string): boolean {
    return this.#ends.has(id)
  }

  /** Who was reached earlier, or is suspicious, stays so. Undefined where there are too many. */
  add(end: ReachEnd): string | undefined {
    const known = this.#ends.get(end.id)
    if (known === undefined && this.#ends.size >= controllerLimits.reachEnds) {
      this.isCut = true
      return undefined
    }
    const isEarlier = known !== undefined && (end.since ?? '') < (known.since ?? '')
    if (known === undefined || (known.how !== 'suspect' && isEarlier)) this.#ends.set(end.id, end)
    return end.id
  }

  /** Those that are so many steps away. */
  at(hops: number): ReachEnd[] {
    return [...this.#ends.values()].filter((end) => end.hops === hops)
  }

  /** Steps to the one that is farthest. */
  get depth(): number {
    let most = 0
    for (const { hops } of this.#ends.values()) most = Math.max(most, hops)
    return most
  }

  /** What is suspicious, what was reached, what could have been; the nearest first. */
  list(): ReachEnd[] {
    return [...this.#ends.values()].toSorted(
      (a, b) => order[a.how] - order[b.how] || a.hops - b.hops || (a.name < b.name ? -1 : 1),
    )
  }
}
