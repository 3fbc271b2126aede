import { formatTime, type Microseconds } from '../../lib/time.ts'
import type {
  ViolationCriterion,
  ViolationEnd,
  ViolationFinding,
  ViolationRecord,
} from '../../model/records.ts'
import type { Question } from '../../policy/explanation.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { limits } from './limits.ts'

/** A connection that is not allowed. */
export interface Violation {
  /** Connections of one key are told of together. */
  key: string
  flow: string
  workload: string | undefined
  transport: ViolationRecord['transport']
  client: ViolationEnd
  server: ViolationEnd
  application: string
  action: ViolationRecord['action']
  criterion: ViolationCriterion
  rule: string | undefined
  question: Question
  finding: ViolationFinding | undefined
}

/** What is told of a kind of violations; the rest of the record follows from the first of them. */
interface Kind {
  id: string
  first: Microseconds
  last: Microseconds
  count: number
  /** How many it had when it was last told of, and when. */
  told: number
  toldAt: Microseconds
  violation: Violation
  /** The policy's, whose numbers of peers the question has. */
  generation: number
  explained: Pick<ViolationRecord, 'reason' | 'checks' | 'nearest'> | undefined
}

/** Adds violations up by their kind, and makes records of them when asked to: explaining one takes as long as there are rules. */
export class Violations {
  /** Violations of further kinds than are told of apart. */
  unlisted = 0
  readonly #live: LivePolicy
  readonly #kinds = new Map<string, Kind>()
  /** A flow may be of several kinds. */
  #made = 0

  constructor(live: LivePolicy) {
    this.#live = live
  }

  /** Whether one of this kind was seen: another only has to be counted. */
  count(key: string, now: Microseconds): boolean {
    const kind = this.#kinds.get(key)
    if (kind === undefined) return false
    kind.count++
    kind.last = Math.max(kind.last, now)
    return true
  }

  add(violation: Violation, now: Microseconds): void {
    if (this.#kinds.size >= limits.violationKinds && !this.#dropOldest(now)) {
      this.unlisted++
      return
    }
    const { generation } = this.#live
    const times = { first: now, last: now, toldAt: 0 }
    const kind = { id: `violation-${violation.flow}-${++this.#made}`, ...times, count: 1, told: 0 }
    this.#kinds.set(violation.key, { ...kind, violation, generation, explained: undefined })
  }

  /** Records of what has grown since it was last told of; kinds that go on not more often than `limits.violationRepeatUs`. */
  report(now: Microseconds, sink: (record: ViolationRecord) => void): void {
    let explanations = 0
    for (const kind of this.#kinds.values()) {
      if (kind.count === kind.told || now - kind.toldAt < limits.violationRepeatUs) continue
      if (kind.explained === undefined && ++explanations > limits.explanationsPerReport) return
      kind.explained ??= this.#explain(kind)
      kind.told = kind.count
      kind.toldAt = now
      sink(recordOf(kind, kind.explained))
    }
  }

  /** The rest, however short ago its kind was told of. */
  close(sink: (record: ViolationRecord) => void): void {
    for (const kind of this.#kinds.values()) {
      if (kind.count > kind.told) sink(recordOf(kind, (kind.explained ??= this.#explain(kind))))
    }
    this.#kinds.clear()
  }

  /** Makes room where the oldest kind has been told of and is over; false where it is not. */
  #dropOldest(now: Microseconds): boolean {
    for (const [key, kind] of this.#kinds) {
      if (kind.count > kind.told || now - kind.last < limits.violationRepeatUs) return false
      this.#kinds.delete(key)
      return true
    }
    return false
  }

  #explain({ violation, generation }: Kind): Pick<ViolationRecord, 'reason' | 'checks' | 'nearest'> {
    const special = reasonOf(violation.criterion)
    if (special !== undefined) return { reason: special }
    if (generation !== this.#live.generation)
      return { reason: 'The policy that decided this has been replaced since.' }
    const { reason, decidedBy, nearest } = this.#live.policy.explain(violation.question)
    return {
      reason,
      ...(decidedBy === undefined ? {} : { checks: decidedBy.checks }),
      ...(nearest === undefined ? {} : { nearest: nearest.rule.id }),
    }
  }
}

/** Where it was not a rule that decided. */
function reasonOf(criterion: ViolationCriterion): string | undefined {
  if (criterion === 'evasion')
    return 'It was sent so that its receiver may read something else than what was inspected.'
  if (criterion === 'not-inspected')
    return 'It could not be inspected any further, and its group asks for such connections to be cut.'
  if (criterion === 'attack')
    return 'A request or statement on it is an attack, and its group asks for such connections to be cut.'
  if (criterion === 'threat')
    return 'Whoever begins it was a threat a moment ago, and its group asks for such sources to be kept out.'
  return undefined
}

function recordOf(
  { id, first, last, count, violation }: Kind,
  explained: Pick<ViolationRecord, 'reason' | 'checks' | 'nearest'>,
): ViolationRecord {
  const { flow, workload, transport, client, server, application, action, criterion, rule, finding } =
    violation
  return {
    type: 'violation',
    id,
    first: formatTime(first),
    last: formatTime(last),
    count,
    flow,
    ...(workload === undefined ? {} : { workload }),
    transport,
    client,
    server,
    application,
    action,
    criterion,
    ...(rule === undefined ? {} : { rule }),
    ...explained,
    ...(finding === undefined ? {} : { finding }),
  }
}
