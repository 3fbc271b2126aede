import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { ConnectionDetails } from './connection-details.ts'
import { Exchanges } from './exchanges.ts'
import type { Connection, MessageReader } from './message-reader.ts'
import { RequestReader } from './request-reader.ts'
import { ResponseReader } from './response-reader.ts'
import { StartPrefix } from './start-prefix.ts'
import { StartVerdict, strictRequestVerdict, strictResponseVerdict } from './start-verdict.ts'

/** One HTTP/1.x connection, seen from the side: requests one way, responses the other, paired in order. */
export class HttpParser implements ProtocolParser, Connection {
  readonly sink: ProtocolSink
  readonly details = new ConnectionDetails()
  readonly exchanges = new Exchanges()
  readonly encrypted = false
  handover = false
  #isWhole = true
  #requests = new RequestReader(this, Direction.toServer)
  #responses = new ResponseReader(this, Direction.toClient)
  /** First bytes of who spoke first, until it is known whether that is the client. */
  #opening: { direction: Direction; prefix: StartPrefix } | undefined
  #hasBegun = false

  constructor(sink: ProtocolSink) {
    this.sink = sink
  }

  get isInStep(): boolean {
    return this.#isWhole && this.#requests.isBetweenMessages
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number, _time: Microseconds): number {
    const at = this.#hasBegun ? start : this.#begin(direction, bytes, start, end)
    return this.#hasBegun ? this.#reader(direction).read(bytes, at, end) : at
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
    this.#hasBegun = true
    if (isReversed) {
      this.#requests = new RequestReader(this, Direction.toClient)
      this.#responses = new ResponseReader(this, Direction.toServer)
    }
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
    this.#reader(direction).end()
  }

  #endOpening(): void {
    if (this.#opening !== undefined) this.#settle(this.#opening.direction, false)
    this.#hasBegun = true
  }

  early(direction: Direction): Uint8Array | undefined {
    return this.#reader(direction).early
  }

  describe(details: FlowDetails): void {
    this.details.describe(details)
  }

  anomaly(code: string): void {
    this.details.anomaly(code)
    this.sink.anomaly(code)
  }

  lostPlace(direction: Direction): void {
    this.#isWhole = false
    if (direction === this.#requests.direction) return
    this.exchanges.clear()
    // The answer that an upgrade waits for may be among what was lost.
    this.#requests.answerLost()
  }

  answered(): void {
    this.#requests.release()
  }

  switchProtocol(): void {
    this.handover = true
    this.#requests.switched()
    this.#responses.switched()
  }

  #reader(direction: Direction): MessageReader {
    return direction === this.#requests.direction ? this.#requests : this.#responses
  }
}
