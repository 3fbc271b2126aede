import { formatAddress } from '../lib/ip.ts'
import { formatTime, type Microseconds } from '../lib/time.ts'
import type { Endpoint, ThreatRecord } from '../model/records.ts'
import { transportName } from '../packet/transport-name.ts'
import type { ThreatDefinition } from './threat.ts'
import { limits } from './limits.ts'
import type { Seen } from './seen.ts'

/** Occurrences that are told of together. */
interface Kind {
  id: string
  definition: ThreatDefinition
  check: number
  origin: number
  first: Microseconds
  last: Microseconds
  count: number
  /** The furthest that was measured. */
  value: number
  /** Packets of it were not forwarded. */
  isBlocked: boolean
  /** How many it had when it was last told of, and when. */
  told: number
  toldAt: Microseconds
  flow: string | undefined
  subject: string
  protocol: number
  source: Endpoint | undefined
  target: Endpoint | undefined
}

/** Takes a record, and the namespace in which it was seen. */
export type ThreatSink = (record: ThreatRecord, origin: number) => void

/** Is told of each occurrence at once; whether its packet is not forwarded. */
export type ThreatFound = (threat: ThreatDefinition, seen: Seen) => boolean

/** Neighbours of a hash that are tried where it is taken. */
const PROBES = 4
/** Keys of the map are small integers, which need no memory of their own. */
const KEY_MASK = 0x3fff_ffff

const none: ReadonlySet<string> = new Set()

/** Adds occurrences up by their kind; bounded, and told again when there are more. */
export class ThreatLog {
  /** Occurrences of further kinds than are told of apart. */
  unlisted = 0
  readonly #kinds = new Map<number, Kind>()
  readonly #prefix: string
  readonly #nameFlow: (flow: number) => string
  readonly #found: ThreatFound
  readonly #off: ReadonlySet<string>
  #made = 0

  /**
   * @param prefix what ids begin with, unique to this engine
   * @param nameFlow id of a flow's records
   * @param off names of threats that neither count nor are told of; it may change meanwhile
   */
  constructor(
    prefix: string,
    nameFlow: (flow: number) => string,
    found: ThreatFound = () => false,
    off: ReadonlySet<string> = none,
  ) {
    this.#off = off
    this.#prefix = prefix
    this.#nameFlow = nameFlow
    this.#found = found
  }

  /** @param value what was measured; @param count how many occurrences it is */
  add(definition: ThreatDefinition, seen: Seen, value: number, count: number): void {
    if (this.#off.has(definition.name)) return
    const isBlocked = this.#found(definition, seen)
    seen.key(definition.id, definition.by)
    for (let i = 0; i < PROBES; i++) {
      const key = (seen.hash + i) & KEY_MASK
      const kind = this.#kinds.get(key)
      if (kind === undefined) return this.#begin(key, definition, seen, { value, count, isBlocked })
      if (kind.check !== seen.check || kind.definition !== definition) continue
      kind.count += count
      kind.isBlocked ||= isBlocked
      kind.last = Math.max(kind.last, seen.time)
      kind.value = further(definition, kind.value, value)
      return
    }
    this.unlisted += count
  }

  /** Records of what is new or has grown; kinds that go on not more often than `limits.repeatUs`. */
  report(now: Microseconds, sink: ThreatSink): void {
    for (const kind of this.#kinds.values()) {
      if (kind.count > kind.told && now - kind.toldAt >= limits.repeatUs) this.#tell(kind, now, sink)
    }
  }

  /** The rest, however short ago its kind was told of: of one namespace, or of all. */
  close(sink: ThreatSink, origin?: number): void {
    for (const [key, kind] of this.#kinds) {
      if (origin !== undefined && kind.origin !== origin) continue
      if (kind.count > kind.told) this.#tell(kind, kind.last, sink)
      this.#kinds.delete(key)
    }
  }

  #begin(
    key: number,
    definition: ThreatDefinition,
    seen: Seen,
    first: Pick<Kind, 'value' | 'count' | 'isBlocked'>,
  ): void {
    if (this.#kinds.size >= limits.kinds && !this.#dropOldest(seen.time)) {
      this.unlisted += first.count
      return
    }
    const { time, origin, flow, check, protocol, addressBytes: length } = seen
    const isKnown = length > 0
    this.#kinds.set(key, {
      ...{ id: `threat-${this.#prefix}-${++this.#made}`, definition, check, origin, protocol },
      ...first,
      ...{ first: time, last: time, told: 0, toldAt: -Infinity },
      subject: seen.subject,
      flow: flow < 0 ? undefined : this.#nameFlow(flow),
      source: isKnown ? endpoint(seen.source, length, seen.sourcePort) : undefined,
      target: isKnown ? endpoint(seen.target, length, seen.targetPort) : undefined,
    })
  }

  /** Makes room where the oldest kind has been told of and is over; false where it is not. */
  #dropOldest(now: Microseconds): boolean {
    for (const [key, kind] of this.#kinds) {
      if (kind.count > kind.told || now - kind.last < limits.repeatUs) return false
      return this.#kinds.delete(key)
    }
    return false
  }

  #tell(kind: Kind, now: Microseconds, sink: ThreatSink): void {
    kind.told = kind.count
    kind.toldAt = now
    sink(recordOf(kind), kind.origin)
  }
}

/** Of segments it is the smallest that counts, of all else the largest. */
function further({ measure }: ThreatDefinition, known: number, value: number): number {
  return measure.isAtMost === true ? Math.min(known, value) : Math.max(known, value)
}

function endpoint(address: Uint8Array, length: number, port: number): Endpoint {
  return { address: formatAddress(address, 0, length), port }
}

function recordOf({ definition, flow, subject, protocol, source, target, ...kind }: Kind): ThreatRecord {
  const { id: threat, name, severity, technique, stage, measure, confidence, reason } = definition
  const { unit, threshold, seconds } = measure
  const measured = { unit, value: kind.value, threshold, ...(seconds === undefined ? {} : { seconds }) }
  return {
    type: 'threat',
    id: kind.id,
    ...{ first: formatTime(kind.first), last: formatTime(kind.last), count: kind.count },
    ...{ threat, name, severity, technique, stage },
    ...(flow === undefined ? {} : { flow }),
    ...(protocol < 0 ? {} : { transport: transportName(protocol) }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
    ...(subject === '' ? {} : { subject }),
    ...{ measured, confidence, action: kind.isBlocked ? 'blocked' : 'reported', reason },
  }
}
