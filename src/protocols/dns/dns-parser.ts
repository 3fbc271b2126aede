import type { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { AddressChain } from './address-chain.ts'
import { Anomaly } from './anomalies.ts'
import { Answered, AskedQuestions } from './asked-questions.ts'
import { FlowSummary } from './flow-summary.ts'
import { Flag, Opcode } from './header.ts'
import { MessageReader, type MessageVisitor } from './message-reader.ts'
import { limits } from './limits.ts'
import type { Name } from './name.ts'
import { type NameText, NameTexts } from './name-texts.ts'
import { isReverseName } from './reverse-name.ts'
import type { ResourceRecord } from './resource-record.ts'
import { type MessageTaker, StreamFraming } from './stream-framing.ts'
import { JOINED_TEXT, joinText } from './text.ts'
import { Type } from './types.ts'

// Work space of a thread: messages are read one at a time, to their end.
const READER = new MessageReader()
const CHAIN = new AddressChain()
const TEXTS = new NameTexts()

/** Of the message at hand. */
const MESSAGE = {
  direction: 0 as Direction,
  questions: 0,
  firstName: undefined as NameText | undefined,
  followsAnswers: false,
}

const NOERROR = 0
const NXDOMAIN = 3

/** DNS (RFC 1035) of one flow, over UDP or TCP, from the start or from its middle. */
export class DnsParser implements ProtocolParser, MessageVisitor, MessageTaker {
  readonly #sink: ProtocolSink
  readonly #summary = new FlowSummary()
  readonly #asked = new AskedQuestions()
  readonly #framing: [StreamFraming, StreamFraming] | undefined

  constructor(sink: ProtocolSink, transport: 'tcp' | 'udp') {
    this.#sink = sink
    if (transport === 'tcp') this.#framing = [new StreamFraming(), new StreamFraming()]
  }

  get handover(): boolean {
    return false
  }

  get encrypted(): boolean {
    return false
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number): number {
    MESSAGE.direction = direction
    if (this.#framing === undefined) this.message(bytes, start, end)
    else this.#framing[direction].read(bytes, start, end, this)
    return end
  }

  message(bytes: Uint8Array, start: number, end: number): void {
    if (!READER.begin(bytes, start, end)) {
      this.anomaly(Anomaly.malformed)
      return
    }
    if ((READER.flags & Flag.reserved) !== 0) this.anomaly(Anomaly.reservedBit)
    MESSAGE.questions = 0
    MESSAGE.firstName = undefined
    MESSAGE.followsAnswers = false
    if (READER.isResponse) this.#summary.answers++
    else this.#summary.queries++
    READER.read(bytes, start, end, this)
    if (end - start > limits.usualBytes && READER.unread > limits.unreadBytes)
      this.#sink.event?.('dns-unread')
    if (READER.isResponse) this.#finishResponse(bytes)
  }

  #finishResponse(bytes: Uint8Array): void {
    this.#summary.responseCode(READER.responseCode)
    // The messages of a zone transfer after the first need not repeat the question (RFC 5936 section 2.2.1).
    if (MESSAGE.questions === 0) this.#admit(undefined)
    if (!MESSAGE.followsAnswers || READER.responseCode !== NOERROR || MESSAGE.firstName === undefined) return
    if (CHAIN.overflowed) this.anomaly(Anomaly.manyAnswers)
    CHAIN.resolve(MESSAGE.firstName.text, bytes, this.#sink)
  }

  question(name: Name, type: number): void {
    const isFirst = MESSAGE.questions++ === 0
    if (!READER.isResponse) {
      this.#ask(name, type)
      return
    }
    if (!isFirst) return
    if (READER.responseCode === NXDOMAIN) this.#sink.unknownName?.(name.joined(), name.joinedLength)
    const wasAsked = !this.#asked.isEmpty
    const isAdmitted = this.#admit(name)
    if (!wasAsked) {
      this.#summary.question(name, type, TEXTS)
      this.#inspectName(name, MESSAGE.direction === 0 ? 1 : 0)
    }
    if (!isAdmitted || READER.opcode !== Opcode.query || !CHAIN.begin(name, type)) return
    MESSAGE.firstName = TEXTS.get(name)
    MESSAGE.followsAnswers = MESSAGE.firstName.isHost
  }

  #ask(name: Name, type: number): void {
    if (READER.opcode === Opcode.query) {
      this.#sink.asked?.(name.joined(), name.joinedLength)
      if (type === Type.axfr || type === Type.ixfr) this.#sink.event?.('dns-zone-transfer')
      if (type === Type.null) this.#sink.event?.('dns-null-question')
    }
    this.#summary.question(name, type, TEXTS)
    const hadForgotten = this.#asked.hasForgotten
    // Sent again it is no other leak.
    if (this.#asked.ask(READER.id, name)) this.#inspectName(name, MESSAGE.direction)
    if (this.#asked.hasForgotten && !hadForgotten) this.anomaly(Anomaly.questionsForgotten)
  }

  /**
   * Whether what a response says may be believed: its question was asked, or nothing was, because the flow is seen from
   * its middle on.
   */
  #admit(name: Name | undefined): boolean {
    const asked = this.#asked
    const isFromMiddle = asked.isEmpty
    const answered = asked.answer(READER.id, name)
    if (answered === Answered.asked) return true
    if (!asked.hasForgotten) {
      const isOther = answered === Answered.otherQuestion
      this.anomaly(isOther ? Anomaly.questionMismatch : Anomaly.responseWithoutQuery)
    }
    return isFromMiddle
  }

  #inspectName(name: Name, direction: Direction): void {
    if (name.length === 0 || isReverseName(name)) return
    this.#sink.content(direction, 'dns.name', 'text', name.joined(), 0, name.joinedLength)
  }

  record(record: ResourceRecord, bytes: Uint8Array, dataName: Name): void {
    if (MESSAGE.followsAnswers) CHAIN.add(record, dataName)
    if (record.type !== Type.txt && record.type !== Type.spf) return
    const length = joinText(bytes, record.dataStart, record.dataEnd)
    this.#sink.field(MESSAGE.direction, 'dns.name', 'TXT', JOINED_TEXT, 0, length)
  }

  anomaly(code: Anomaly): void {
    this.#summary.anomaly(code)
    this.#sink.anomaly(code)
  }

  /** Behind a hole the place is known again only when the hole is within a message. */
  gap(direction: Direction, length: number): boolean {
    return this.#framing?.[direction].gap(length, this) ?? true
  }

  end(direction: Direction): void {
    this.#framing?.[direction].end(this)
  }

  describe(details: FlowDetails): void {
    this.#summary.describe(details)
  }
}
