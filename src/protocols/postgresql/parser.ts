import { u32 } from '../../lib/bytes.ts'
import type { Direction } from '../../model/direction.ts'
import { Direction as Towards } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { Backend } from './backend.ts'
import { Frontend } from './frontend.ts'
import { limits } from './limits.ts'
import { MessageReader } from './message-reader.ts'
import { Session } from './session.ts'
import { readStartup, STARTUP } from './startup.ts'

const SSL_ACCEPTED = 0x53 // S
const GSS_ACCEPTED = 0x47 // G
const REFUSED = 0x4e // N

/** What the next bytes of the connection are. */
const Phase = { startup: 0, encryptionAsked: 1, messages: 2, handedOver: 3, lost: 4 } as const

/** PostgreSQL's protocol 3 (documentation, chapter 55), both sides, from the start or from the middle of a connection. */
export class PostgresParser implements ProtocolParser {
  handover = false
  readonly encrypted = false
  readonly #session: Session
  readonly #frontend: Frontend
  readonly #backend: Backend
  readonly #fromClient = new MessageReader()
  readonly #fromServer = new MessageReader()
  #phase: number
  #startup = new Uint8Array(8)
  #startupLength = 0

  constructor(sink: ProtocolSink) {
    this.#session = new Session(sink)
    this.#frontend = new Frontend(this.#session)
    this.#backend = new Backend(this.#session)
    this.#phase = Phase.startup
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number): number {
    if (direction === Towards.toServer) return this.#client(bytes, start, end)
    return this.#server(bytes, start, end)
  }

  #client(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    if (this.#phase === Phase.startup) at = this.#start(bytes, at, end)
    if (this.#phase === Phase.messages && at < end) {
      this.#fromClient.read(bytes, at, end, this.#frontend)
      if (this.#session.lost) this.#phase = Phase.lost
    }
    return end
  }

  #server(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    if (this.#phase === Phase.encryptionAsked && at < end) {
      const answer = bytes[at]
      if (answer === SSL_ACCEPTED || answer === GSS_ACCEPTED) {
        this.#phase = Phase.handedOver
        this.handover = true
        return at + 1
      }
      // `N` goes on in the clear; an old server answers with an error message instead.
      this.#phase = answer === REFUSED ? Phase.startup : Phase.messages
      if (answer === REFUSED) at++
    }
    // A server that speaks messages while no start-up was seen: the connection was picked up in its middle.
    if (this.#phase === Phase.startup && at < end && this.#startupLength === 0) this.#phase = Phase.messages
    if (this.#phase === Phase.messages && at < end) {
      this.#fromServer.read(bytes, at, end, this.#backend)
      if (this.#session.lost) this.#phase = Phase.lost
    }
    return end
  }

  /** The packets before the first message have no type byte: length, code, parameters. */
  #start(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.#startupLength < this.#neededForStartup()) {
      if (this.#startupLength === this.#startup.length) this.#growStartup()
      this.#startup[this.#startupLength++] = bytes[at++]
      if (this.#startupLength === 8 && this.#isMidstream()) {
        this.#pickUp()
        return at
      }
    }
    if (this.#startupLength < this.#neededForStartup()) return at
    const packet = readStartup(this.#startup, this.#startupLength, this.#session.details)
    this.#startupLength = 0
    if (packet === STARTUP.ssl || packet === STARTUP.gss) this.#phase = Phase.encryptionAsked
    else this.#phase = Phase.messages
    return at < end && this.#phase === Phase.encryptionAsked ? end : at
  }

  #neededForStartup(): number {
    return this.#startupLength < 8 ? 8 : u32(this.#startup, 0)
  }

  /** A length that no start-up packet has means that this is a message already. */
  #isMidstream(): boolean {
    const length = u32(this.#startup, 0)
    return length < 8 || length > limits.startupBytes
  }

  /** The eight bytes collected are the beginning of messages. */
  #pickUp(): void {
    this.#phase = Phase.messages
    this.#startupLength = 0
    this.#fromClient.read(this.#startup, 0, 8, this.#frontend)
  }

  #growStartup(): void {
    const grown = new Uint8Array(Math.min(limits.startupBytes, this.#startup.length * 4))
    grown.set(this.#startup)
    this.#startup = grown
  }

  /** Messages are framed by length: behind a hole there is no telling where the next begins. */
  gap(): boolean {
    this.#session.lose('postgresql-gap')
    return false
  }

  end(): void {
    this.#session.end()
  }

  describe(details: FlowDetails): void {
    details.postgresql = this.#session.details
  }
}
