import { formatTime, type Microseconds } from '../../lib/time.ts'
import type { AttackRecord } from '../../model/records.ts'
import { limits } from './limits.ts'

/** What a record says that does not change while it is counted on. */
export type AttackSeen = Pick<
  AttackRecord,
  'flow' | 'client' | 'server' | 'application' | 'place' | 'field' | 'request' | 'masked' | 'level' | 'action'
>

/** `AttackVerdict` of src/attacks, or what a sensor of the user says. */
interface Verdict {
  readonly class: string
  readonly score: number
  readonly reasons: readonly AttackRecord['reasons'][number][]
}

interface Kind {
  id: string
  origin: number
  first: Microseconds
  last: Microseconds
  count: number
  told: number
  toldAt: Microseconds
  verdict: Verdict
  seen: AttackSeen
}

/** Adds attacks up by flow, class, place and reasons, and makes records of them when asked to. */
export class AttackNotes {
  readonly #kinds = new Map<string, Kind>()
  #made = 0

  /** Whether one of this kind was seen: another only has to be counted. */
  count(key: string, now: Microseconds): boolean {
    const kind = this.#kinds.get(key)
    if (kind === undefined) return false
    kind.count++
    kind.last = Math.max(kind.last, now)
    return true
  }

  /** False where there are too many kinds, none of which may be let go. */
  add(
    key: string,
    verdict: Verdict,
    seen: AttackSeen,
    { now, origin }: { now: Microseconds; origin: number },
  ): boolean {
    if (this.#kinds.size >= limits.kinds && !this.#dropOldest()) return false
    const id = `attack-${seen.flow}-${++this.#made}`
    const times = { first: now, last: now, toldAt: Number.NEGATIVE_INFINITY }
    this.#kinds.set(key, { id, origin, ...times, count: 1, told: 0, verdict, seen })
    return true
  }

  /** Records of what has grown since it was told of. */
  report(now: Microseconds, tell: (record: AttackRecord, origin: number) => void): void {
    for (const kind of this.#kinds.values()) {
      if (kind.count === kind.told || now - kind.toldAt < limits.repeatUs) continue
      kind.told = kind.count
      kind.toldAt = now
      tell(recordOf(kind), kind.origin)
    }
  }

  /** The rest, of one namespace or of all; they are forgotten. */
  close(tell: (record: AttackRecord, origin: number) => void, origin?: number): void {
    for (const [key, kind] of this.#kinds) {
      if (origin !== undefined && kind.origin !== origin) continue
      if (kind.count > kind.told) tell(recordOf(kind), kind.origin)
      this.#kinds.delete(key)
    }
  }

  /** Makes room where the oldest kind has been told of; false where it has not. */
  #dropOldest(): boolean {
    const [oldest] = this.#kinds
    if (oldest === undefined || oldest[1].count > oldest[1].told) return false
    return this.#kinds.delete(oldest[0])
  }
}

function recordOf({ id, first, last, count, verdict, seen }: Kind): AttackRecord {
  return {
    type: 'attack',
    id,
    first: formatTime(first),
    last: formatTime(last),
    count,
    class: verdict.class,
    score: verdict.score,
    reasons: [...verdict.reasons],
    ...seen,
  }
}
