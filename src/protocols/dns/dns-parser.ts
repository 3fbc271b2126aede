import type { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { AddressChain } from './address-chain.ts'
import { Anomaly } from './anomalies.ts'
import { Answered, AskedQuestions } from './asked-questions.ts'
import { FlowSummary } from './flow-summary.ts'
import { Flag, Opcode } from './header.ts'
import { MessageReader, type MessageVisitor } from './message-reader.ts'
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

const NOERROR = 0

/** DNS (RFC 1035) of one flow, over UDP or TCP, from the start or from its middle. */
export class DnsParser implements ProtocolParser, MessageVisitor, MessageTaker {
  readonly handover = false
  readonly encrypted = false
  readonly #sink: ProtocolSink
  readonly #summary = new FlowSummary()
  readonly #asked = new AskedQuestions()
  readonly #framing: [StreamFraming, StreamFraming] | undefined
  #direction: Direction = 0
  /** Of the message at hand. */
  #questions = 0
  #firstName: NameText | undefined
  #followsAnswers = false

  constructor(sink: ProtocolSink, transport: 'tcp' | 'udp') {
    this.#sink = sink
    if (transport === 'tcp') this.#framing = [new StreamFraming(), new StreamFraming()]
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number): number {
    this.#direction = direction
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
    this.#questions = 0
    this.#firstName = undefined
    this.#followsAnswers = false
    if (READER.isResponse) this.#summary.answers++
    else this.#summary.queries++
    READER.read(bytes, start, end, this)
    if (READER.isResponse) this.#finishResponse(bytes)
  }

  #finishResponse(bytes: Uint8Array): void {
    this.#summary.responseCode(READER.responseCode)
    // The messages of a zone transfer after the first need not repeat the question (RFC 5936 section 2.2.1).
    if (this.#questions === 0) this.#admit(undefined)
    if (!this.#followsAnswers || READER.responseCode !== NOERROR || this.#firstName === undefined) return
    if (CHAIN.overflowed) this.anomaly(Anomaly.manyAnswers)
    CHAIN.resolve(this.#firstName.text, bytes, this.#sink)
  }

  question(name: Name, type: number): void {
    const isFirst = this.#questions++ === 0
    if (!READER.isResponse) {
      this.#ask(name, type)
      return
    }
    if (!isFirst) return
    const wasAsked = !this.#asked.isEmpty
    const isAdmitted = this.#admit(name)
    if (!wasAsked) {
      this.#summary.question(name, type, TEXTS)
      this.#inspectName(name, this.#direction === 0 ? 1 : 0)
    }
    if (!isAdmitted || READER.opcode !== Opcode.query || !CHAIN.begin(name, type)) return
    this.#firstName = TEXTS.get(name)
    this.#followsAnswers = this.#firstName.isHost
  }

  #ask(name: Name, type: number): void {
    this.#summary.question(name, type, TEXTS)
    const hadForgotten = this.#asked.hasForgotten
    // Sent again it is no other leak.
    if (this.#asked.ask(READER.id, name)) this.#inspectName(name, this.#direction)
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
    if (this.#followsAnswers) CHAIN.add(record, dataName)
    if (record.type !== Type.txt && record.type !== Type.spf) return
    const length = joinText(bytes, record.dataStart, record.dataEnd)
    this.#sink.field(this.#direction, 'dns.name', 'TXT', JOINED_TEXT, 0, length)
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
