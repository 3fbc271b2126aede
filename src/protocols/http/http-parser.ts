import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { ConnectionDetails } from './connection-details.ts'
import { Exchanges } from './exchanges.ts'
import type { Connection, MessageReader } from './message-reader.ts'
import { RequestReader } from './request-reader.ts'
import { ResponseReader } from './response-reader.ts'

/** One HTTP/1.x connection, seen from the side: requests one way, responses the other, paired in order. */
export class HttpParser implements ProtocolParser, Connection {
  readonly sink: ProtocolSink
  readonly details = new ConnectionDetails()
  readonly exchanges = new Exchanges()
  readonly encrypted = false
  handover = false
  #isWhole = true
  readonly #requests: RequestReader
  readonly #responses: ResponseReader

  constructor(sink: ProtocolSink) {
    this.sink = sink
    this.#requests = new RequestReader(this, Direction.toServer)
    this.#responses = new ResponseReader(this, Direction.toClient)
  }

  get isInStep(): boolean {
    return this.#isWhole && this.#requests.isBetweenMessages
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number, _time: Microseconds): number {
    return this.#reader(direction).read(bytes, start, end)
  }

  gap(direction: Direction, length: number): boolean {
    this.#reader(direction).gap(length)
    return true
  }

  end(direction: Direction): void {
    this.#reader(direction).end()
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
    if (direction === Direction.toServer) return
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
    return direction === Direction.toServer ? this.#requests : this.#responses
  }
}
