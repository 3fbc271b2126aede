import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import { Backend } from './backend.ts'
import { Answer, beginsTls, EncryptionRequest, REFUSED } from './encryption-request.ts'
import { Frontend } from './frontend.ts'
import { MessageReader } from './message-reader.ts'
import { clientTypes, serverTypes } from './message-shapes.ts'
import { Session } from './session.ts'
import { isProtocol3, StartupReader, STARTUP } from './startup.ts'

/** What the client's next bytes are, unless its request for encryption is not answered yet. */
const Phase = { startup: 0, messages: 1 } as const

/** PostgreSQL's protocol 3 (documentation, chapter 55), both sides, from the start or from the middle of a connection. */
export class PostgresParser implements ProtocolParser {
  handover = false
  /** By GSSAPI. What TLS encrypts is handed over. */
  encrypted = false
  readonly #session: Session
  readonly #fromClient: MessageReader
  readonly #fromServer: MessageReader
  readonly #startup = new StartupReader()
  #phase: number = Phase.startup
  #request: EncryptionRequest | undefined
  /** The client went on in the clear before the server had answered. */
  #isAnswerDue = false
  #early: Uint8Array | undefined

  get isAskingForEncryption(): boolean {
    return this.#request !== undefined
  }

  constructor(sink: ProtocolSink) {
    this.#session = new Session(sink)
    this.#fromClient = new MessageReader(clientTypes, new Frontend(this.#session))
    this.#fromServer = new MessageReader(serverTypes, new Backend(this.#session))
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number): number {
    if (this.encrypted) return end
    return direction === Direction.toServer
      ? this.#client(bytes, start, end)
      : this.#server(bytes, start, end)
  }

  holds(direction: Direction): boolean {
    if (direction === Direction.toClient) return this.#fromServer.holds
    return this.#fromClient.holds || this.#startup.kept.length > 0 || this.#request !== undefined
  }

  /** Bytes of the client that came before the server agreed to TLS; once. */
  early(direction: Direction): Uint8Array | undefined {
    if (direction === Direction.toClient) return undefined
    const early = this.#early
    this.#early = undefined
    return early
  }

  #client(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && !this.handover) {
      if (this.#request !== undefined) at = this.#hold(this.#request, bytes, at, end)
      else if (this.#phase === Phase.startup) at = this.#start(bytes, at, end)
      else {
        this.#fromClient.read(bytes, at, end)
        at = end
      }
    }
    return at
  }

  #server(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.#request !== undefined && !this.handover && !this.encrypted)
      at = this.#answer(this.#request, bytes[at], at)
    if (this.handover) return at
    if (this.#isAnswerDue && at < end) {
      this.#isAnswerDue = false
      if (bytes[at] === REFUSED) at++
    }
    if (at < end && !this.encrypted) this.#fromServer.read(bytes, at, end)
    return end
  }

  #start(bytes: Uint8Array, start: number, end: number): number {
    const { kept } = this.#startup
    const at = this.#startup.read(bytes, start, end, this.#session.details)
    const { code } = this.#startup
    if (this.#startup.isNone) {
      this.#phase = Phase.messages
      if (this.#startup.lacksRoom) this.#session.sink.anomaly(Anomaly.messageMemory)
      this.#fromClient.read(kept.bytes, 0, kept.length)
      kept.clear()
    } else if (code === STARTUP.ssl || code === STARTUP.gss) {
      this.#request = new EncryptionRequest(code)
    } else if (code !== 0) {
      this.#phase = Phase.messages
      if (isProtocol3(code)) this.#session.dialogue.begin()
    }
    return at
  }

  /** Keeps what the client sends until the answer comes; returns where it stopped. */
  #hold(request: EncryptionRequest, bytes: Uint8Array, start: number, end: number): number {
    if (request.isAnswerLost) return this.#resolve(request, bytes[start], start)
    if (request.keep(bytes, start, end)) return end
    this.#session.sink.anomaly(Anomaly.earlyData)
    this.#isAnswerDue = true
    const { early } = request
    return this.#resolve(request, early.length > 0 ? early.bytes[0] : bytes[start], start)
  }

  /** Takes the answer to a request for encryption; returns where it ends. */
  #answer(request: EncryptionRequest, byte: number, at: number): number {
    if (request.isAnswerLost) return this.#resolve(request, byte, at)
    const answer = request.answer(byte)
    if (answer === Answer.tls) this.#handOver(request)
    else if (answer === Answer.gss) {
      this.encrypted = true
      request.early.clear()
    } else this.#goOnInTheClear(request)
    return answer === Answer.error ? at : at + 1
  }

  /** Tells by what comes next whether the server has agreed. */
  #resolve(request: EncryptionRequest, next: number, at: number): number {
    if (beginsTls(next)) this.#handOver(request)
    else this.#goOnInTheClear(request)
    return at
  }

  #handOver(request: EncryptionRequest): void {
    this.handover = true
    this.#early = request.early.bytes.slice(0, request.early.length)
    request.early.clear()
    // Plain text that a TLS server may take for what came encrypted.
    if (this.#early.length > 0 && !beginsTls(this.#early[0])) this.#session.sink.anomaly(Anomaly.earlyData)
  }

  /** The server has refused: what the client has sent since is read now, and may be another request. */
  #goOnInTheClear(request: EncryptionRequest): void {
    this.#request = undefined
    this.#phase = Phase.startup
    this.#client(request.early.bytes, 0, request.early.length)
    request.early.clear()
  }

  gap(direction: Direction, length: number): boolean {
    if (this.encrypted || this.handover) return true
    this.#session.sink.anomaly(Anomaly.gap)
    if (this.#request !== undefined) return this.#gapInRequest(this.#request, direction, length)
    if (direction === Direction.toServer) {
      this.#phase = Phase.messages
      this.#startup.kept.clear()
    }
    this.#reader(direction).gap(length)
    return true
  }

  /** The client's bytes have no order any more, so that they are given up; without the server's the next bytes answer. */
  #gapInRequest(request: EncryptionRequest, direction: Direction, length: number): boolean {
    if (direction === Direction.toServer || length === 0) return false
    request.isAnswerLost = true
    if (request.early.length > 0 && beginsTls(request.early.bytes[0])) return false
    if (request.early.length > 0) {
      this.#goOnInTheClear(request)
      this.#fromServer.gap(length)
    }
    return true
  }

  /** What is not answered when the server's side ends is read as it would be in the clear. */
  end(direction: Direction): void {
    if (this.handover) return
    if (direction === Direction.toClient && this.#request !== undefined) {
      this.#goOnInTheClear(this.#request)
      this.#fromClient.end()
    }
    this.#startup.kept.clear()
    this.#reader(direction).end()
    if (direction === Direction.toClient) this.#session.statements.forgetAll()
  }

  #reader(direction: Direction): MessageReader {
    return direction === Direction.toServer ? this.#fromClient : this.#fromServer
  }

  describe(details: FlowDetails): void {
    details.postgresql = this.#session.details
  }
}
