import { payloadFormat } from '../content/payload-format.ts'
import type { Microseconds } from '../lib/time.ts'
import { Direction } from '../model/direction.ts'
import type { FlowDetails, Place } from '../model/records.ts'
import type {
  ContentFormat,
  ContentOptions,
  ContentStream,
  Protocol,
  ProtocolEvent,
  ProtocolParser,
  ProtocolSink,
} from '../protocols/protocol.ts'
import type { ThreatWatch } from '../threats/threat-watch.ts'
import type { RuleState } from '../personal-data/custom/rule-state.ts'
import type { Finding } from '../personal-data/detector.ts'
import type { ContentInspector } from './content-inspector.ts'
import type { InspectorContext } from './content-owner.ts'
import type { DetectionChoice } from './detection-choice.ts'
import { type AttackTaker, FlowFindings } from './flow-findings.ts'
import type { FlowObserver } from './flow-observer.ts'
import type { Identification, Identified } from './identification.ts'
import { limits } from './limits.ts'
import { MessageRules } from './message-rules.ts'
import type { NameTable } from './name-table.ts'
import { PendingBytes } from './pending-bytes.ts'
import { describePresumed, type PresumedConversation } from './presumed-conversation.ts'
import type { AttackWatch } from './attacks/attack-watch.ts'
import { TeeStream } from './attacks/tee-stream.ts'
import { StreamEnds } from './stream-ends.ts'

/** What the conversations of one engine share. */
export interface InspectionContext extends InspectorContext {
  identification: Identification
  inspector: ContentInspector
  names: NameTable
  /** Told of names that are news. */
  named: ((network: number, name: string, address: Uint8Array, expires: Microseconds) => void) | undefined
  /** Network of the packet at hand, and its flow. */
  network: number
  flow: number
  /** Which of that flow's messages is at hand, where they interleave; 0 where they do not. */
  message: number
  observer: FlowObserver | undefined
  /** Where somebody is to be told of attacks. */
  attacks: AttackWatch | undefined
  /** Where each value is to be masked: takes it as it was, and its flow; undefined for one that is not known as it was any more. */
  values: ((flow: number, finding: Finding | undefined) => void) | undefined
  threats: ThreatWatch | undefined
  /** What of the detectors counts. */
  choice: DetectionChoice
}

const Flag = {
  /** Both directions in which no protocol recognised itself; `1 << direction` is one of them. */
  refused: 3,
  /** No parser reads it, and none will: it is inspected as plain payload. */
  opaque: 4,
  encrypted: 8,
  udp: 16,
} as const

/** The server's port lies in the bits from here on. */
const portShift = 8

/** What few flows have. */
class Uncommon {
  anomalies: Map<string, number> | undefined
  /** Parsers that handed over to the one at work. */
  past: ProtocolParser[] | undefined
  pending: PendingBytes | undefined
  rules: MessageRules | undefined
  payload: [ContentStream | undefined, ContentStream | undefined] | undefined
  /** Where somebody peeks. */
  ends: StreamEnds | undefined
  /** Categories in what was held at the end of a segment, as bits. */
  peeked = 0
  /** Where messages interleave: the one that something was handed on of last. */
  latest = 0
  /** What others heard of its beginning. */
  presumed: PresumedConversation | undefined
}

const NOTHING_UNCOMMON: Readonly<Uncommon> = new Uncommon()

/**
 * What two ends say to each other on one flow: finds out the protocol, feeds its parser, and takes what the parser hands
 * on. Until the protocol is known the first bytes are kept; when none fits they are inspected as plain payload.
 */
export class Conversation implements ProtocolSink {
  application = 'unknown'
  #findings: FlowFindings | undefined
  readonly #context: InspectionContext
  /** Bits of `Flag` and the server's port: one word for each flow instead of five. */
  #flags: number
  #parser: ProtocolParser | undefined
  #uncommon: Uncommon | undefined

  constructor(context: InspectionContext, transport: 'tcp' | 'udp', serverPort: number) {
    this.#context = context
    this.#flags = (transport === 'udp' ? Flag.udp : 0) | (serverPort << portShift)
  }

  get #serverPort(): number {
    return this.#flags >>> portShift
  }

  get #seldom(): Readonly<Uncommon> {
    return this.#uncommon ?? NOTHING_UNCOMMON
  }

  #own(): Uncommon {
    return (this.#uncommon ??= new Uncommon())
  }

  get encrypted(): boolean {
    return (this.#flags & Flag.encrypted) !== 0
  }

  /** It is known what it speaks, or that this cannot be told. */
  get isTold(): boolean {
    const { past, presumed } = this.#seldom
    if (past !== undefined || presumed !== undefined) return true
    if (this.#parser?.spoken !== undefined) return this.#parser.spoken() !== undefined
    return this.#parser !== undefined || this.#opaque || this.#isUdp
  }

  /** Goes by what others heard of its beginning, which was missed here. What it speaks from now on is found out as ever. */
  presume(presumed: PresumedConversation): void {
    this.application = presumed.application
    this.#own().presumed = presumed
    if (presumed.encryption === 'encrypted') this.#flags |= Flag.encrypted
  }

  /** What somebody may go by who has to do with it from here on. */
  summary(): PresumedConversation {
    const { application, encryption } = this
    const { tls, http } = this.details()
    const host = tls?.sni ?? http?.host
    return {
      application,
      encryption,
      ...(tls?.version === undefined ? {} : { tlsVersion: tls.version }),
      ...(host === undefined ? {} : { host }),
    }
  }

  /** Whether what it carries is encrypted; `pending` where what was said so far may yet lead to it. */
  get encryption(): 'pending' | 'none' | 'encrypted' {
    if (this.encrypted) return 'encrypted'
    if (this.#isUdp || this.#opaque) return 'none'
    const { presumed } = this.#seldom
    if (this.#parser === undefined && presumed !== undefined) return presumed.encryption
    return this.#parser === undefined || this.#parser.isAskingForEncryption === true ? 'pending' : 'none'
  }

  /** Where messages interleave: the request that something was said of last, if no byte of its answer was; 0 where there is none. */
  get unanswered(): number {
    const { latest } = this.#seldom
    return latest !== 0 && this.#parser?.awaitsAnswer?.(latest) === true ? latest : 0
  }

  /** Whether a message of a direction has begun and is not whole. */
  isWithin(direction: Direction): boolean {
    return this.#parser?.isWithin?.(direction) === true
  }

  /** What its protocols learnt of it; made anew at each call. */
  details(): FlowDetails {
    const details: FlowDetails = {}
    this.describe(details)
    return details
  }

  get #isUdp(): boolean {
    return (this.#flags & Flag.udp) !== 0
  }

  get #opaque(): boolean {
    return (this.#flags & Flag.opaque) !== 0
  }

  /** Bytes of a stream, in order. */
  data(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    this.#read(direction, bytes, start, end)
    if (this.#context.peeks === true) this.#peekHeld(direction, bytes, start, end)
  }

  /** What its parser holds is looked at as the text that it may be. */
  #peekHeld(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const own = this.#own()
    const ends = (own.ends ??= new StreamEnds())
    if (this.#parser?.holds?.(direction) === true)
      own.peeked |= ends.peek(this.#context.inspector, direction, bytes, start, end)
    ends.pass(direction, bytes, start, end)
  }

  #read(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    if (this.#parser !== undefined) this.#parse(this.#parser, direction, bytes, start, end)
    else if (this.#opaque) this.#inspectPayload(direction, bytes, start, end)
    else this.#identify(direction, bytes, start, end)
  }

  /** One datagram; each is identified anew until one is known. */
  datagram(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    if (this.#parser === undefined) {
      const found = this.#context.identification.udp(direction, bytes, start, end, this.#serverPort)
      if (found) this.#adopt(found)
    }
    if (this.#parser !== undefined) {
      this.#parser.data(direction, bytes, start, end, this.#context.now)
      if (this.#parser.encrypted) this.#flags |= Flag.encrypted
    } else {
      this.content(direction, 'payload', 'text', bytes, start, end)
    }
  }

  gap(direction: Direction, length: number): void {
    this.anomaly('stream-gap')
    if (this.#parser !== undefined) {
      if (!this.#parser.gap(direction, length)) this.#giveUp(this.#parser)
    } else if (this.#opaque) {
      this.#closePayload(direction, false)
    } else {
      this.#becomeOpaque()
    }
  }

  end(direction: Direction): void {
    if (this.#parser === undefined && !this.#opaque) this.#becomeOpaque()
    this.#parser?.end(direction)
    this.#closePayload(direction, true)
  }

  /** Everything that is still open ends here: the flow is over. */
  close(): void {
    this.end(0)
    this.end(1)
  }

  describe(details: FlowDetails): void {
    for (const parser of this.#seldom.past ?? []) parser.describe(details)
    this.#parser?.describe(details)
    const { presumed } = this.#seldom
    if (presumed !== undefined) describePresumed(presumed, details)
  }

  /** Made when there is one: most flows have none. */
  get findings(): FlowFindings {
    return (this.#findings ??= this.#makeFindings())
  }

  #makeFindings(): FlowFindings {
    const { choice, values } = this.#context
    const taker = values && ((finding?: Finding) => values(this.#context.flow, finding))
    return new FlowFindings(choice, this.#attackTaker(), taker)
  }

  /** What WAF sensors match in what servers say is nobody's attack. */
  #attackTaker(): AttackTaker | undefined {
    const { attacks } = this.#context
    return (
      attacks &&
      ((direction, field, { recogniser, masked }) => {
        if (direction === Direction.toServer) attacks.sensor(recogniser, field, masked)
      })
    )
  }

  get hasFindings(): boolean {
    return this.#findings !== undefined
  }

  get anomalies(): ReadonlyMap<string, number> | undefined {
    return this.#seldom.anomalies
  }

  // What parsers hand on.

  content(
    direction: Direction,
    place: Place,
    format: ContentFormat,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    if (direction === Direction.toServer) this.#context.attacks?.content(place, format, bytes, start, end)
    const content = this.#context.inspector.whole(this, direction, place, format)
    content.write(bytes, start, end, true)
    content.close(true)
  }

  field(
    direction: Direction,
    place: Place,
    name: string,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#context.inspector.named(this, direction, place, name).write(bytes, start, end)
  }

  beginMessage(direction: Direction): void {
    this.#context.attacks?.beginMessage(direction)
    if (this.#context.detector.rules?.combines !== true) return
    const own = this.#own()
    own.rules ??= new MessageRules()
    own.rules.begin(direction, this.#context.message)
  }

  endMessage(direction: Direction): void {
    this.#context.attacks?.endMessage(direction)
    this.#seldom.rules?.end(direction, this.#context.message)
  }

  message(id: number): void {
    this.#context.message = id
    if (id !== 0) this.#own().latest = id
  }

  method(name: string): void {
    this.#context.attacks?.method(name)
  }

  /** What the message at hand has of the rules of sensors. */
  ruleState(direction: Direction): RuleState | undefined {
    const { rules } = this.#context.detector
    if (rules === undefined) return undefined
    return this.#seldom.rules?.state(direction, this.#context.message, rules)
  }

  beginRecord(direction: Direction): void {
    this.#context.inspector.beginRecord(this, direction)
  }

  endRecord(): void {
    this.#context.inspector.endRecord()
  }

  open(direction: Direction, place: Place, format: ContentFormat, options?: ContentOptions): ContentStream {
    const content = this.#context.inspector.open(this, direction, place, format, options)
    const judged = this.#context.attacks?.open(direction, place, format)
    return judged === undefined ? content : new TeeStream(content, judged)
  }

  anomaly(code: string): void {
    this.#context.observer?.anomaly(this.#context.flow, code)
    this.#context.threats?.anomaly(this.#context.flow, code)
    this.#context.attacks?.anomaly(code)
    const anomalies = (this.#own().anomalies ??= new Map())
    const known = anomalies.get(code)
    if (known !== undefined || anomalies.size < limits.anomaliesPerFlow) anomalies.set(code, (known ?? 0) + 1)
  }

  /** Categories in what waits until it is known what it is, as bits: its protocol is not told, or what it belongs to is not whole. */
  peekWaiting(): number {
    const { pending, peeked } = this.#seldom
    if (pending === undefined) return peeked
    const { inspector } = this.#context
    return [0, 1].reduce((found, direction) => {
      const bytes = pending.bytes(direction as Direction)
      return found | inspector.peekText(bytes, 0, pending.length(direction as Direction))
    }, peeked)
  }

  asked(name: Uint8Array, length: number): void {
    this.#context.threats?.asked(this.#context.flow, name, length)
    this.#context.attacks?.question(name, length)
  }

  serverName(name: string): void {
    this.#context.attacks?.hello(name)
  }

  unknownName(name: Uint8Array, length: number): void {
    this.#context.threats?.unknownName(this.#context.flow, name, length)
  }

  event(event: ProtocolEvent): void {
    this.#context.threats?.event(this.#context.flow, event)
  }

  resolved(name: string, address: Uint8Array, ttlSeconds: number): void {
    const { names, named, network, now, observer, flow } = this.#context
    observer?.resolved(flow, name, address, ttlSeconds)
    this.#context.threats?.resolved(flow, name, address)
    const expires = now + ttlSeconds * 1_000_000
    // Networks are 32 bits; how a flow's key keeps them has no sign.
    if (names.learn(network >>> 0, name, address, expires)) named?.(network >>> 0, name, address, expires)
  }

  #parse(parser: ProtocolParser, direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const stopped = parser.data(direction, bytes, start, end, this.#context.now)
    if (parser.encrypted) this.#flags |= Flag.encrypted
    if (parser.spoken !== undefined && this.#seldom.past === undefined)
      this.application = parser.spoken() ?? this.application
    if (!parser.handover) return
    this.#handOver(parser)
    this.#takeEarly(parser, 0)
    this.#takeEarly(parser, 1)
    if (stopped < end) this.#read(direction, bytes, stopped, end)
  }

  #takeEarly(parser: ProtocolParser, direction: Direction): void {
    const early = parser.early?.(direction)
    if (early !== undefined && early.length > 0) this.#read(direction, early, 0, early.length)
  }

  #handOver(parser: ProtocolParser): void {
    const past = (this.#own().past ??= [])
    past.push(parser)
    this.#parser = undefined
    this.#flags &= ~Flag.refused
    if (past.length >= limits.handovers) this.#flags |= Flag.opaque
  }

  /** A parser that lost its place: what follows is only looked at as payload. */
  #giveUp(parser: ProtocolParser): void {
    parser.end(0)
    parser.end(1)
    const past = (this.#own().past ??= [])
    past.push(parser)
    this.#parser = undefined
    this.#flags |= Flag.opaque
  }

  #identify(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const first = this.#seldom.pending === undefined
    if (first && this.#decide(direction, bytes, start, end)) {
      this.#read(direction, bytes, start, end)
      return
    }
    const kept = (this.#own().pending ??= new PendingBytes())
    if (!kept.append(direction, bytes, start, end)) {
      this.#becomeOpaque()
      this.#read(direction, bytes, start, end)
    } else if (!first && this.#decide(direction, kept.bytes(direction), 0, kept.length(direction))) {
      this.#replay(kept)
    }
  }

  /** Asks the protocols about the beginning of a direction; true once the flow has a parser or will never have one. */
  #decide(direction: Direction, bytes: Uint8Array, start: number, end: number): boolean {
    if ((this.#flags & (1 << direction)) !== 0) return false
    const found = this.#ask(direction, bytes, start, end)
    if (found) this.#adopt(found)
    if (found === null) this.#flags |= 1 << direction
    if ((this.#flags & Flag.refused) === Flag.refused) this.#flags |= Flag.opaque
    return this.#parser !== undefined || this.#opaque
  }

  #ask(direction: Direction, bytes: Uint8Array, start: number, end: number): Identified {
    const probed = Math.min(end, start + limits.probeBytes)
    return this.#context.identification.tcp(direction, bytes, start, probed, this.#serverPort)
  }

  #adopt(protocol: Protocol): void {
    if (this.application === 'unknown') this.application = protocol.application
    this.#parser = protocol.create(this, (this.#flags & Flag.udp) === 0 ? 'tcp' : 'udp')
  }

  #becomeOpaque(): void {
    this.#flags |= Flag.opaque
    const { pending } = this.#seldom
    if (pending !== undefined) this.#replay(pending)
  }

  /** Hands on what was kept, in the order in which it came. */
  #replay(pending: PendingBytes): void {
    this.#own().pending = undefined
    pending.replay((direction, bytes, start, end) => this.#read(direction, bytes, start, end))
  }

  #inspectPayload(direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const payload = (this.#own().payload ??= [undefined, undefined])
    const stream = (payload[direction] ??= this.open(direction, 'payload', payloadFormat(bytes, start, end)))
    stream.write(bytes, start, end)
  }

  #closePayload(direction: Direction, complete: boolean): void {
    const { payload } = this.#seldom
    if (payload === undefined) return
    payload[direction]?.close(complete)
    payload[direction] = undefined
  }
}
