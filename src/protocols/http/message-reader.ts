import type { Direction } from '../../model/direction.ts'
import { Anomaly, tellHeadFlags } from './anomalies.ts'
import type { BodyOwner } from './body.ts'
import { BodyReader, BodyState } from './body-reader.ts'
import { CollectedBytes } from './collected-bytes.ts'
import type { ConnectionDetails } from './connection-details.ts'
import type { Exchanges } from './exchanges.ts'
import { FieldSection } from './field-section.ts'
import { Framing } from './framing.ts'
import { limits } from './limits.ts'
import { INCOMPLETE, NO_START_LINE } from './line-reader.ts'
import { LostBytes } from './lost-bytes.ts'
import type { MediaType } from './media-type.ts'
import { UNDECLARED, mediaTypes } from './media-type.ts'
import { CR, LF } from './octets.ts'
import type { SectionTaker } from './section-reader.ts'
import { SectionReader } from './section-reader.ts'
import type { Verdict } from './start-prefix.ts'
import { StartPrefix } from './start-prefix.ts'
import { StartVerdict } from './start-verdict.ts'

/** What the readers of both directions share. */
export interface Connection extends BodyOwner {
  readonly details: ConnectionDetails
  readonly exchanges: Exchanges
  /** Nothing was lost so far and no request is half read: there can be no more responses than requests. */
  readonly isInStep: boolean
  /** A direction lost its place: which response belongs to which request is known no more. */
  lostPlace(direction: Direction): void
  /** The connection carries another protocol from here on. */
  switchProtocol(): void
  /** The response to a request that asked for another protocol came, and leaves the connection to HTTP. */
  answered(): void
}

const State = {
  /** Between messages. */
  idle: 0,
  /** Within the first bytes of a message. */
  prefix: 1,
  startLine: 2,
  /** Within the fields of a head, or of trailers. */
  fields: 3,
  trailers: 4,
  body: 5,
  /** The place was lost. */
  lost: 6,
  /** What comes waits for the response that tells whose it is. */
  held: 7,
  switched: 8,
} as const

/** What a request asked for: nothing, another protocol that the server may pass over, or a tunnel. */
export type Awaits = 'nothing' | 'upgrade' | 'tunnel'

/** For heads that are whole in the bytes at hand, which most are. */
const FIELDS = new FieldSection()

/** One direction of a connection: cuts it into messages, whatever pieces it comes in. */
export abstract class MessageReader implements SectionTaker {
  protected direction: Direction
  protected connection: Connection
  /** The message at hand, or the one before, is the last that its sender announced. */
  protected isLast = false
  /** Bytes behind the message belong to whom its response will say. */
  protected awaits: Awaits = 'nothing'
  #state: number = State.idle
  #declared: MediaType = UNDECLARED
  #body: BodyReader | undefined
  #prefix: StartPrefix | undefined
  #kept: CollectedBytes | undefined
  #section: SectionReader | undefined
  #lost: LostBytes | undefined
  /** Bytes that were taken before it was known that they are the other protocol's. */
  early: Uint8Array | undefined

  constructor(connection: Connection, direction: Direction) {
    this.connection = connection
    this.direction = direction
  }

  /** Reads for another connection from here on; only where it is resting or has ended. */
  reuse(connection: Connection, direction: Direction): this {
    this.connection = connection
    this.direction = direction
    this.isLast = false
    this.awaits = 'nothing'
    this.early = undefined
    return this
  }

  /** Whether a message begins where one must begin. */
  protected abstract get startVerdict(): Verdict
  /** Whether a message begins where anything may stand. */
  protected abstract get strictVerdict(): Verdict
  /** Position behind the start line, `INCOMPLETE` or `NO_START_LINE`. */
  protected abstract readStartLine(bytes: Uint8Array, start: number, end: number): number
  /** Takes the start line that was just read; false when the message has no fields (HTTP/0.9). */
  protected abstract beginMessage(bytes: Uint8Array): boolean
  /** Takes what the fields in these bytes say, besides how the body is to be read. */
  protected abstract noteFields(bytes: Uint8Array, fields: FieldSection): void
  /** All fields are read: how the body is delimited. */
  protected abstract endHead(fields: FieldSection): Framing
  /** The head's body is entered, and nothing of the head is needed any more. */
  protected headEnded(): void {}

  /** Whether bytes that are no message are a body all the same: the response to an HTTP/0.9 request. */
  protected abstract takesSimpleBody(): boolean

  /** Between messages, and nothing is to be remembered of the one before: another connection may have it meanwhile. */
  get isResting(): boolean {
    return this.#state === State.idle && this.awaits === 'nothing' && this.early === undefined && !this.isLast
  }

  /** Part of a head, or what waits for an answer. */
  get holds(): boolean {
    return this.#kept !== undefined || this.#section !== undefined || this.#prefix !== undefined
  }

  get isBetweenMessages(): boolean {
    return this.#state === State.idle
  }

  /** Reads on; returns where it stopped, less than `end` when the rest is another protocol's. */
  read(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && this.#state !== State.switched) i = this.#step(bytes, i, end)
    return i
  }

  /** Reads what was kept; should the connection switch within it, the rest is the other protocol's. */
  #readKept(kept: { readonly bytes: Uint8Array; readonly length: number }): void {
    const stopped = this.read(kept.bytes, 0, kept.length)
    if (stopped < kept.length) this.early = kept.bytes.slice(stopped, kept.length)
  }

  #step(bytes: Uint8Array, start: number, end: number): number {
    switch (this.#state) {
      case State.idle:
        return this.#readStart(bytes, start, end)
      case State.body:
        return this.#readBody(bytes, start, end)
      case State.trailers:
      case State.fields:
        return this.#readSection(bytes, start, end)
      case State.startLine:
        return this.#collectStartLine(bytes, start, end)
      case State.prefix:
        return this.#collectPrefix(bytes, start, end)
      case State.held:
        return this.#hold(bytes, start, end)
      default:
        return this.#readLost(bytes, start, end)
    }
  }

  // The head.

  #readStart(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    // Empty lines before a start line are to be passed over, RFC 9112 section 2.2.
    while (i < end && (bytes[i] === CR || bytes[i] === LF)) i++
    if (i === end) return end
    switch (this.startVerdict(bytes, i, end)) {
      case StartVerdict.yes:
        return this.#tryStartLine(bytes, i, end)
      case StartVerdict.maybe:
        this.#prefix = new StartPrefix()
        this.#state = State.prefix
        return i
      case StartVerdict.preface:
        this.#switch()
        return i
      default:
        this.#unexpected()
        return i
    }
  }

  #tryStartLine(bytes: Uint8Array, start: number, end: number): number {
    const lineEnd = this.readStartLine(bytes, start, Math.min(end, start + limits.headBytes))
    if (lineEnd >= 0) return this.#startLineRead(bytes, lineEnd, end)
    if (lineEnd === NO_START_LINE) this.#unexpected()
    else this.#collect(State.startLine)
    return start
  }

  #collectPrefix(bytes: Uint8Array, start: number, end: number): number {
    const prefix = (this.#prefix ??= new StartPrefix())
    const i = prefix.read(bytes, start, end, this.startVerdict)
    if (prefix.verdict === StartVerdict.yes) {
      this.#prefix = undefined
      this.#beginWith(prefix)
    } else if (prefix.verdict === StartVerdict.no) {
      this.#prefix = undefined
      this.#unexpected()
      this.#readKept(prefix)
    } else if (prefix.verdict === StartVerdict.preface) {
      this.#switch()
    }
    return i
  }

  #beginWith(prefix: StartPrefix): void {
    this.#collect(State.startLine)
    this.#readKept(prefix)
  }

  /** Enters a state that keeps bytes; false when there is no memory for it. */
  #collect(state: number): boolean {
    this.#kept = CollectedBytes.open()
    if (this.#kept !== undefined) {
      this.#state = state
      return true
    }
    this.connection.anomaly(Anomaly.headMemory)
    this.#lose(true)
    return false
  }

  #collectStartLine(bytes: Uint8Array, start: number, end: number): number {
    const kept = this.#kept
    if (kept === undefined) return end
    const i = kept.appendLine(bytes, start, end)
    if (!kept.endsLine && !kept.isFull) return i
    this.#kept = undefined
    if (!kept.endsLine) {
      this.connection.anomaly(Anomaly.headTooLarge)
      this.#lose(true)
      this.#readKept(kept)
    } else if (this.readStartLine(kept.bytes, 0, kept.length) === NO_START_LINE) {
      this.#unexpected()
      this.#readKept(kept)
    } else {
      this.#startLineRead(kept.bytes, kept.length, kept.length)
    }
    kept.close()
    return i
  }

  /** Goes on behind a start line that ends at `lineEnd`. */
  #startLineRead(bytes: Uint8Array, lineEnd: number, end: number): number {
    this.#declared = UNDECLARED
    this.connection.sink.beginMessage?.(this.direction)
    if (this.beginMessage(bytes)) return this.#beginSection(State.fields, bytes, lineEnd, end)
    FIELDS.begin()
    this.#enter(this.endHead(FIELDS), FIELDS)
    return lineEnd
  }

  #beginSection(state: number, bytes: Uint8Array, start: number, end: number): number {
    this.#state = state
    FIELDS.begin()
    const sectionEnd = FIELDS.read(bytes, start, Math.min(end, start + limits.headBytes))
    if (sectionEnd !== INCOMPLETE) {
      this.takeFields(bytes, FIELDS, start, FIELDS.readTo)
      this.#sectionRead(FIELDS)
      return sectionEnd
    }
    this.#section = SectionReader.open()
    if (this.#section !== undefined) return start
    this.connection.anomaly(Anomaly.headMemory)
    this.#lose(false)
    return start
  }

  #readSection(bytes: Uint8Array, start: number, end: number): number {
    const section = this.#section
    if (section === undefined) return this.#beginSection(this.#state, bytes, start, end)
    const i = section.read(bytes, start, end, this)
    if (!section.isDone) return i
    this.#section = undefined
    if (section.isTooLarge) this.connection.anomaly(Anomaly.headTooLarge)
    this.#sectionRead(section.fields)
    section.close()
    return i
  }

  takeFields(bytes: Uint8Array, fields: FieldSection, start: number, end: number): void {
    if (start < end) this.connection.sink.content(this.direction, 'http.header', 'headers', bytes, start, end)
    if (this.#state !== State.fields) return
    const { contentType } = fields
    if (contentType.start >= 0) this.#declared = mediaTypes.get(bytes, contentType.start, contentType.end)
    this.noteFields(bytes, fields)
  }

  takeLongLine(bytes: Uint8Array, start: number, end: number): void {
    this.connection.sink.content(this.direction, 'http.header', 'text', bytes, start, end)
  }

  #sectionRead(fields: FieldSection): void {
    if (this.#state === State.fields) {
      this.#enter(this.endHead(fields), fields)
      this.headEnded()
      return
    }
    tellHeadFlags(fields.flags, this.connection)
    if (fields.hasFraming) this.connection.anomaly(Anomaly.forbiddenTrailer)
    this.#endMessage()
  }

  // The body.

  #enter(framing: Framing, fields: FieldSection): void {
    if (framing === Framing.none) {
      this.#endMessage()
    } else if (framing === Framing.switch) {
      this.#switch()
    } else {
      this.#body = BodyReader.open(this.connection, this.direction)
      this.#body.begin(framing, this.#declared, fields)
      this.#state = State.body
    }
  }

  #readBody(bytes: Uint8Array, start: number, end: number): number {
    const body = this.#body
    if (body === undefined) return end
    const i = body.read(bytes, start, end)
    if (body.state !== BodyState.open) this.#bodyRead(body.state)
    return i
  }

  #bodyRead(state: BodyState): void {
    this.#endBody()
    if (state === BodyState.broken) this.#lose(true)
    else if (state === BodyState.trailers) this.#state = State.trailers
    else this.#endMessage()
  }

  #endBody(): void {
    this.#body?.abandon()
    this.#body = undefined
  }

  #endMessage(): void {
    this.connection.sink.endMessage?.(this.direction)
    this.#state = this.awaits === 'nothing' ? State.idle : State.held
  }

  // Bytes that belong to no message.

  /** No message begins where one must; the bytes are read on by the state that this enters. */
  #unexpected(): void {
    if (this.takesSimpleBody()) {
      FIELDS.begin()
      this.#declared = UNDECLARED
      this.#enter(Framing.untilClose, FIELDS)
      return
    }
    this.connection.anomaly(Anomaly.unexpectedData)
    this.#lose(true)
  }

  #lose(midLine: boolean): void {
    this.#endBody()
    this.#state = State.lost
    this.#lost = new LostBytes(this.connection.sink, this.direction, this.strictVerdict, midLine)
    this.connection.lostPlace(this.direction)
  }

  #readLost(bytes: Uint8Array, start: number, end: number): number {
    const lost = this.#lost
    if (lost === undefined) return end
    const i = lost.read(bytes, start, end)
    if (!lost.isFound) return i
    this.#lost = undefined
    const { prefix } = lost
    lost.end(false)
    this.#beginWith(prefix)
    return i
  }

  // Other protocols.

  #hold(bytes: Uint8Array, start: number, end: number): number {
    if (this.#kept === undefined && !this.#collect(State.held)) return start
    const i = this.#kept?.append(bytes, start, end) ?? end
    if (i < end) this.#heldTooMuch()
    return i
  }

  /** More came than is held until the response: a tunnel is likely, an upgrade that nobody waits for is not. */
  #heldTooMuch(): void {
    this.connection.anomaly(Anomaly.earlyData)
    if (this.awaits === 'tunnel') this.#switch()
    else this.release()
  }

  /** The response came and leaves the connection to HTTP: so is what waited for it. */
  release(): void {
    this.awaits = 'nothing'
    if (this.#state !== State.held) return
    this.#state = State.idle
    const kept = this.#kept
    this.#kept = undefined
    if (kept === undefined) return
    this.#readKept(kept)
    kept.close()
  }

  /** The response may be among bytes that were lost: an upgrade is then taken for one that was passed over. */
  answerLost(): void {
    if (this.awaits === 'upgrade') this.release()
  }

  #switch(): void {
    this.#state = State.switched
    this.connection.switchProtocol()
  }

  /** Nothing more of this direction is HTTP. What was held or begun is the other protocol's. */
  switched(): void {
    this.#state = State.switched
    const early = this.#kept ?? this.#prefix
    if (early !== undefined && early.length > 0) this.early = early.bytes.slice(0, early.length)
    this.#endContents()
  }

  // Losses and ends.

  gap(length: number): void {
    const body = this.#body
    if (this.#state === State.body && body?.gap(length) === true) {
      if (body.state !== BodyState.open) this.#bodyRead(body.state)
    } else if (this.#state === State.lost) {
      this.#lost?.gap()
    } else if (this.#state !== State.switched) {
      this.#passKept()
      this.#endContents()
      this.#lose(false)
    }
  }

  end(): void {
    if (this.#state === State.switched) return
    this.#passKept()
    this.#body?.close()
    this.#body = undefined
    this.#endContents()
    this.#state = State.idle
  }

  /** What was kept of an incomplete head is inspected as it is. */
  #passKept(): void {
    const kept = this.#kept ?? this.#section?.kept ?? this.#prefix
    if (kept === undefined || kept.length === 0) return
    if (this.#state !== State.held) this.connection.anomaly(Anomaly.headIncomplete)
    this.connection.sink.content(this.direction, 'payload', 'text', kept.bytes, 0, kept.length)
  }

  #endContents(): void {
    this.#endBody()
    this.connection.sink.endMessage?.(this.direction)
    this.#lost?.end(true)
    this.#lost = undefined
    this.#kept?.close()
    this.#kept = undefined
    this.#section?.close()
    this.#section = undefined
    this.#prefix = undefined
  }
}
