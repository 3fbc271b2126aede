import type { TransferFacts } from '../../privacy/map/transfer.ts'
import { type JoinSubjects, mergedTransfer } from '../../privacy/map/transfers-of.ts'

/** Transfers of before this start, joined with those since. Bounded: of too many, those that were seen last stay. */
export class TransferLog {
  readonly #join: JoinSubjects
  readonly #most: number
  /** Of before, and of what the live summary has let go since. */
  readonly #base: Map<string, TransferFacts>
  #live = new Map<string, TransferFacts>()
  /** Of each transfer whose data it was by then: joined anew only where more has come. */
  readonly #joins = new Map<string, { base: string; live: string; both: string }>()

  constructor(base: readonly TransferFacts[], join: JoinSubjects, most: number) {
    this.#base = new Map(base.map((each) => [each.id, each]))
    this.#join = join
    this.#most = most
  }

  /** All of them, by what is seen now: counts since the start. */
  with(seen: readonly TransferFacts[]): TransferFacts[] {
    const live = new Map(seen.map((each) => [each.id, each]))
    for (const [id, before] of this.#live) if ((live.get(id)?.flows ?? 0) < before.flows) this.#keep(before)
    this.#live = live
    const all = [...live.values()].map((each) => this.#joined(each))
    const past = [...this.#base.values()].filter(({ id }) => !live.has(id))
    return [...all, ...past].toSorted((a, b) => b.last - a.last).slice(0, this.#most)
  }

  #keep(transfer: TransferFacts): void {
    this.#base.set(transfer.id, this.#joined(transfer))
    if (this.#base.size <= this.#most) return
    const [oldest] = [...this.#base.values()].toSorted((a, b) => a.last - b.last)
    this.#base.delete(oldest.id)
    this.#joins.delete(oldest.id)
  }

  #joined(transfer: TransferFacts): TransferFacts {
    const known = this.#base.get(transfer.id)
    if (known === undefined) return transfer
    return mergedTransfer(known, transfer, () => this.#joinedSubjects(known, transfer))
  }

  #joinedSubjects({ id, subjects: base }: TransferFacts, { subjects: live }: TransferFacts): string {
    const before = this.#joins.get(id)
    if (before?.base === base && before.live === live) return before.both
    const both = this.#join([base, live])
    this.#joins.set(id, { base, live, both })
    return both
  }
}
