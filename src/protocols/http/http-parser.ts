import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { ConnectionDetails } from './connection-details.ts'
import { Exchanges } from './exchanges.ts'
import { limits } from './limits.ts'
import type { Connection, MessageReader } from './message-reader.ts'
import { RequestReader } from './request-reader.ts'
import { ResponseReader } from './response-reader.ts'
import { StartPrefix } from './start-prefix.ts'
import { StartVerdict, strictRequestVerdict, strictResponseVerdict } from './start-verdict.ts'

/** Bits of a connection's state: one word for each of many open ones. */
const Flag = {
  handover: 1,
  /** Something was lost. */
  broken: 2,
  /** The client is on the side that the flow has for its server. */
  reversed: 4,
  /** It is known who is the server. */
  begun: 8,
} as const

/** One HTTP/1.x connection, seen from the side: requests one way, responses the other, paired in order. */
export class HttpParser implements ProtocolParser, Connection {
  readonly sink: ProtocolSink
  readonly details = new ConnectionDetails()
  #exchanges: Exchanges | undefined
  #flags = 0
  /** There only while there is something to read or to remember: most open connections rest between messages. */
  #requests: RequestReader | undefined
  #responses: ResponseReader | undefined
  /** First bytes of who spoke first, until it is known whether that is the client. */
  #opening: { direction: Direction; prefix: StartPrefix } | undefined

  constructor(sink: ProtocolSink) {
    this.sink = sink
  }

  get handover(): boolean {
    return (this.#flags & Flag.handover) !== 0
  }

  get encrypted(): boolean {
    return false
  }

  get #hasBegun(): boolean {
    return (this.#flags & Flag.begun) !== 0
  }

  get exchanges(): Exchanges {
    return (this.#exchanges ??= EXCHANGES.pop() ?? new Exchanges())
  }

  get isInStep(): boolean {
    return (this.#flags & Flag.broken) === 0 && this.#requests?.isBetweenMessages !== false
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number, _time: Microseconds): number {
    if (this.handover) return start
    const at = this.#hasBegun ? start : this.#begin(direction, bytes, start, end)
    if (!this.#hasBegun) return at
    const reader = this.#reader(direction)
    const stopped = reader.read(bytes, at, end)
    if (reader.isResting) this.#putBack(direction)
    return stopped
  }

  /** Finds out who is the server: whoever answers, whatever was made of the ports. Keeps what is too short to tell. */
  #begin(direction: Direction, bytes: Uint8Array, start: number, end: number): number {
    const verdict = direction === Direction.toServer ? strictResponseVerdict : strictRequestVerdict
    const opening = this.#opening
    if (opening === undefined) {
      const first = verdict(bytes, start, end)
      if (first === StartVerdict.maybe) this.#opening = { direction, prefix: new StartPrefix() }
      else this.#settle(direction, first === StartVerdict.yes)
      return first === StartVerdict.maybe ? this.#begin(direction, bytes, start, end) : start
    }
    if (opening.direction !== direction) {
      this.#settle(opening.direction, false)
      return start
    }
    const at = opening.prefix.read(bytes, start, end, verdict)
    if (opening.prefix.verdict !== StartVerdict.maybe) {
      this.#settle(direction, opening.prefix.verdict === StartVerdict.yes)
    }
    return at
  }

  #settle(direction: Direction, isReversed: boolean): void {
    this.#flags |= isReversed ? Flag.begun | Flag.reversed : Flag.begun
    const prefix = this.#opening?.prefix
    this.#opening = undefined
    if (prefix !== undefined) this.#reader(direction).read(prefix.bytes, 0, prefix.length)
  }

  gap(direction: Direction, length: number): boolean {
    this.#endOpening()
    this.#reader(direction).gap(length)
    return true
  }

  end(direction: Direction): void {
    this.#endOpening()
    const reader = this.#carriesRequests(direction) ? this.#requests : this.#responses
    if (reader === undefined) return
    reader.end()
    if (reader.isResting) this.#putBack(direction)
  }

  #endOpening(): void {
    if (this.#opening !== undefined) this.#settle(this.#opening.direction, false)
    this.#flags |= Flag.begun
  }

  holds(direction: Direction): boolean {
    const reader = this.#carriesRequests(direction) ? this.#requests : this.#responses
    return this.#opening !== undefined || reader?.holds === true
  }

  isWithin(direction: Direction): boolean {
    const reader = this.#carriesRequests(direction) ? this.#requests : this.#responses
    return this.#opening !== undefined || reader?.isBetweenMessages === false
  }

  early(direction: Direction): Uint8Array | undefined {
    return (this.#carriesRequests(direction) ? this.#requests : this.#responses)?.early
  }

  describe(details: FlowDetails): void {
    this.details.describe(details)
  }

  anomaly(code: string): void {
    this.details.anomaly(code)
    this.sink.anomaly(code)
  }

  lostPlace(direction: Direction): void {
    this.#flags |= Flag.broken
    if (this.#carriesRequests(direction)) return
    this.#exchanges?.clear()
    // The answer that an upgrade waits for may be among what was lost.
    this.#requests?.answerLost()
  }

  answered(): void {
    this.#requests?.release()
  }

  switchProtocol(): void {
    this.#flags |= Flag.handover
    this.#requests?.switched()
    this.#responses?.switched()
  }

  #carriesRequests(direction: Direction): boolean {
    return (direction === Direction.toServer) !== ((this.#flags & Flag.reversed) !== 0)
  }

  #reader(direction: Direction): MessageReader {
    if (this.#carriesRequests(direction))
      return (this.#requests ??=
        REQUEST_READERS.pop()?.reuse(this, direction) ?? new RequestReader(this, direction))
    return (this.#responses ??=
      RESPONSE_READERS.pop()?.reuse(this, direction) ?? new ResponseReader(this, direction))
  }

  #putBack(direction: Direction): void {
    if (this.#carriesRequests(direction)) {
      if (this.#requests !== undefined && REQUEST_READERS.length < limits.pooled)
        REQUEST_READERS.push(this.#requests)
      this.#requests = undefined
    } else {
      if (this.#responses !== undefined && RESPONSE_READERS.length < limits.pooled)
        RESPONSE_READERS.push(this.#responses)
      this.#responses = undefined
      if (this.#exchanges?.isClear === true) this.#putBackExchanges(this.#exchanges)
    }
  }

  #putBackExchanges(exchanges: Exchanges): void {
    if (EXCHANGES.length < limits.pooled) EXCHANGES.push(exchanges)
    this.#exchanges = undefined
  }
}

/** Of connections that rest. */
const REQUEST_READERS: RequestReader[] = []
const RESPONSE_READERS: ResponseReader[] = []
const EXCHANGES: Exchanges[] = []
