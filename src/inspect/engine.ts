import type { Microseconds } from '../lib/time.ts'
import { Direction } from '../model/direction.ts'
import type { PacketSink } from '../packet/capture/capture.ts'
import { decode } from '../packet/decode.ts'
import { Defragmenter } from '../packet/defragment.ts'
import { FlowPhase } from '../packet/flow-phase.ts'
import { FlowEnd, type FlowSink, FlowTable, type FlowTableOptions } from '../packet/flow-table.ts'
import { DecodeStatus, IpProtocol, type Packet } from '../packet/packet.ts'
import { type StreamSink, TcpReassembler } from '../packet/tcp-reassembler.ts'
import { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
import type { AttackException } from '../model/attack-exception.ts'
import type { AttackRecord, ThreatRecord } from '../model/records.ts'
import type { DetectionChoices } from '../policy/detection.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { settingsNamed, type ThreatSettings } from '../threats/settings.ts'
import { ThreatWatch } from '../threats/threat-watch.ts'
import { AttackWatch, type FlowNames, type SensorMatch } from './attacks/attack-watch.ts'
import type { UserRuleSets } from './attacks/user-rules.ts'
import { ContentInspector } from './content-inspector.ts'
import { Conversation, type InspectionContext } from './conversation.ts'
import type { PresumedConversation } from './presumed-conversation.ts'
import { DetectionChoice } from './detection-choice.ts'
import type { FlowObserver } from './flow-observer.ts'
import { FlowReports } from './flow-reports.ts'
import { FlowView } from './flow-view.ts'
import { Identification } from './identification.ts'
import { limits } from './limits.ts'
import { NameTable } from './name-table.ts'
import { Redaction } from './redaction.ts'

export interface EngineOptions {
  protocols: readonly Protocol[]
  detector: PersonalDataDetector
  /** Key of the hashes of found values. */
  hashKey: Uint8Array
  /** Random bits for the flow table's hash. */
  seed: readonly [number, number]
  maxFlows?: number
  /** How long a flow that rests is kept, by its phase. */
  timeoutsMs?: FlowTableOptions['timeoutsMs']
  /** Names a flow by its number in this run; by default the number itself. */
  flowId?: (number: number) => string
  /** Packets wait until it is decided about them: what differs from what was inspected is told, and tunnels stay closed. */
  isInline?: boolean
  observer?: FlowObserver
  /** What of the threats is looked for otherwise than their table says. */
  threats?: ThreatSettings
  /** What users bring that attacks are told by. */
  rules?: UserRuleSets
  /** Where each value is to be masked. */
  values?: InspectionContext['values']
  /** Over how many engines the connections of a network are spread, of which this is one. */
  engines?: number
}

export interface ObservationSink {
  /**
   * A flow has ended, or `report` found that it has news. `view` is reused: take records from it during the call.
   */
  flow(view: FlowView): void
  /** An answer gave an address a name that it did not have before. What `Engine.learnName` takes, elsewhere. */
  named?(network: number, name: string, address: Uint8Array, expires: Microseconds): void
  /** A threat is new or goes on; `origin` is the namespace in which it was seen. Without it none is looked for. */
  threat?(record: ThreatRecord, origin: number): void
  /** The same of attacks in content. */
  attack?(record: AttackRecord, origin: number): void
}

export interface EngineCounters {
  packets: number
  bytes: number
  /** Packets by what decoding came to, by the names of `DecodeStatus`. */
  statuses: number[]
}

const NO_MATCHES: readonly SensorMatch[] = []

/** From packets to observations: the same for captures and for live traffic. */
export class Engine implements PacketSink {
  readonly counters: EngineCounters = {
    packets: 0,
    bytes: 0,
    statuses: Object.values(DecodeStatus).map(() => 0),
  }
  readonly flows: FlowTable
  readonly tcp: TcpReassembler
  /** Flow of the packet last taken; -1 where it has none. */
  current = -1
  readonly #isInline: boolean
  readonly #observer: FlowObserver | undefined
  readonly #defragmenter = new Defragmenter()
  readonly #context: InspectionContext
  readonly #conversations: (Conversation | undefined)[] = []
  /** Covers what is a person's in texts of records. */
  readonly redaction: Redaction
  readonly #sink: ObservationSink
  readonly #view: FlowView
  readonly #reports = new FlowReports()
  readonly #flowId: (number: number) => string
  readonly #choice = new DetectionChoice()
  readonly #threats: ThreatWatch | undefined
  readonly #attacks: AttackWatch | undefined
  /** Where `report` and `closeSome` go on. */
  #reported = 0
  #closed = 0

  constructor(options: EngineOptions, sink: ObservationSink) {
    const { detector } = options
    this.#isInline = options.isInline ?? false
    this.#observer = options.observer
    this.flows = new FlowTable(this.#flowEvents(), tableOptions(options))
    this.tcp = new TcpReassembler(this.flows, this.#streamEvents(), { isInline: this.#isInline })
    this.#sink = sink
    this.#flowId = options.flowId ?? String
    this.#threats = sink.threat === undefined ? undefined : this.#watchThreats(options)
    this.#context = this.#makeContext(options)
    this.redaction = new Redaction(detector)
    if (sink.attack !== undefined) this.#attacks = this.#context.attacks = this.#watchAttacks(options)
    this.#view = new FlowView(this.flows, this.#context.names, this.redaction)
  }

  #watchThreats({ threats, seed, engines }: EngineOptions): ThreatWatch {
    return new ThreatWatch(this.flows, {
      settings: threats,
      engines,
      seed,
      // Flows are numbered from 1 on.
      prefix: this.#flowId(0),
      nameFlow: (flow) => this.idOf(flow),
      originOf: (flow) => this.originOf(flow),
      off: this.#choice.threatsOff,
      isWithinRequest: (flow) => this.#conversations[flow]?.isWithin(Direction.toServer) === true,
      found: this.#observer?.threat?.bind(this.#observer),
      saidOf: this.#observer?.thresholds?.bind(this.#observer),
    })
  }

  #watchAttacks({ rules }: EngineOptions): AttackWatch {
    const names: FlowNames = {
      nameFlow: (flow) => this.idOf(flow),
      originOf: (flow) => this.originOf(flow),
      applicationOf: (flow) => this.#conversations[flow]?.application ?? 'unknown',
      isBlocked: (flow) => this.#observer?.requests?.blocksAttacks(flow) === true,
      sensorHandling: (flow, sensor) => this.#observer?.requests?.sensorHandling(flow, sensor) ?? 'report',
      strictness: (flow) => this.#observer?.requests?.strictness(flow) ?? 1,
      threat: (flow, event) => this.#threats?.event(flow, event),
      anomaly: (flow, code) => this.#conversations[flow]?.anomaly(code),
      redact: (text) => this.redaction.text(text),
      off: this.#choice.attacksOff,
      isExcepted: (rule, { flow, ...at }) => {
        const isOf = (groups: readonly string[]) => this.#observer?.requests?.isOf(flow, groups) === true
        return this.#choice.attackExceptions.cover({ rule, ...at, isOf, now: this.#context.now })
      },
    }
    return new AttackWatch(this.#context, this.flows, names, rules)
  }

  #makeContext({ protocols, detector, hashKey, values }: EngineOptions): InspectionContext {
    const shared = { detector, hashes: new KeyedHash(hashKey), now: 0, peeks: false }
    const context: InspectionContext = Object.assign(shared, {
      network: 0,
      flow: -1,
      message: 0,
      observer: this.#observer,
      names: new NameTable(),
      named: this.#sink.named?.bind(this.#sink),
      threats: this.#threats,
      attacks: undefined,
      values,
      choice: this.#choice,
      identification: new Identification(protocols),
      inspector: new ContentInspector(shared),
    })
    return context
  }

  /** What of the detectors counts from now on. */
  choose(choices: DetectionChoices, exceptions: readonly AttackException[] = []): void {
    this.#choice.choose(choices, exceptions)
    this.#threats?.choose(settingsNamed(choices.threats))
  }

  /** What groups say of thresholds of threats. */
  tune(said: readonly (readonly string[])[]): void {
    this.#threats?.tune(said)
  }

  packet(packet: Packet): void {
    this.counters.packets++
    this.counters.bytes += packet.originalLength
    this.current = -1
    this.#attacks?.beginPacket()
    const status = decode(packet)
    this.counters.statuses[status]++
    if (status === DecodeStatus.ok) this.#take(packet)
    else if (status === DecodeStatus.fragment) this.#defragment(packet)
    else this.#threats?.undecoded(packet)
  }

  #defragment(fragment: Packet): void {
    const whole = this.#defragmenter.add(fragment)
    this.#threats?.fragment(fragment, this.#defragmenter.counters)
    if (whole === undefined || whole.status !== DecodeStatus.ok) return
    whole.originNetworkId = fragment.originNetworkId
    this.#take(whole)
  }

  #take(packet: Packet): void {
    const flow = this.#track(packet)
    if (this.flows.created) this.#reports.begin(flow, packet.originNetworkId)
    this.#threats?.packet(packet, flow)
    if (flow < 0) return
    this.current = flow
    if (this.#isInline) this.#context.inspector.forgetWritten()
    if (this.#isInline && this.#isLeft(flow)) return
    if (this.#observer?.admits(flow, packet) === false) return
    this.#context.now = packet.time
    this.#context.network = packet.networkId
    this.#context.flow = flow
    if (packet.protocol === IpProtocol.tcp) this.tcp.segment(flow, packet)
    else if (packet.protocol === IpProtocol.udp && packet.payloadEnd > packet.payloadStart) {
      this.#conversation(flow, 'udp').datagram(
        this.flows.direction,
        packet.bytes,
        packet.payloadStart,
        packet.payloadEnd,
      )
    }
  }

  #track(packet: Packet): number {
    const flow = this.flows.track(packet)
    if (!this.#isInline || flow < 0 || !this.#isLeft(flow)) return flow
    if (this.#observer?.resumes?.(flow) !== true) return flow
    this.flows.end(flow, FlowEnd.finished)
    return this.flows.track(packet)
  }

  #isLeft(flow: number): boolean {
    return this.flows.phase(flow) >= FlowPhase.released
  }

  /** What is known of a flow's protocol and content; undefined while it has said nothing. */
  conversationOf(flow: number): Conversation | undefined {
    return this.#conversations[flow]
  }

  /**
   * Goes by what others know of a connection into whose midst we came, and whose the packet at hand is.
   * @param isClient - the flow takes the right end for its client
   */
  presume(flow: number, known: PresumedConversation & { start: Microseconds }, isClient: boolean): void {
    this.flows.began(flow, known.start, !isClient)
    this.#conversation(flow, this.flows.protocol(flow) === IpProtocol.udp ? 'udp' : 'tcp').presume(known)
  }

  /** Whether `peek` will be asked about the packet at hand. To be set in `FlowObserver.admits`. */
  set peeks(peeks: boolean) {
    this.#context.peeks = peeks
  }

  /**
   * Categories of personal data, as bits, that would be found if all contents ended with the packet at hand: of a value that is whole
   * nobody can tell yet whether it goes on.
   */
  peek(): number {
    const waiting = this.#conversations[this.current]?.peekWaiting() ?? 0
    return waiting | this.#context.inspector.peek()
  }

  /** WAF sensors of the user that matched with the packet at hand; valid until the next. */
  get sensorMatches(): readonly SensorMatch[] {
    return this.#attacks?.matches ?? NO_MATCHES
  }

  /** Whether an attack is whole with the packet at hand. */
  get isAttacked(): boolean {
    return this.#attacks !== undefined && this.current >= 0 && this.#attacks.attacked === this.current
  }

  /** `originNetworkId` of the first packet of a flow: the namespace in which it was seen. */
  originOf(flow: number): number {
    return this.#reports.origin(flow)
  }

  /** Threats that were of more kinds than are told of apart. */
  get unlistedThreats(): number {
    return this.#threats?.unlisted ?? 0
  }

  /** Id of the flow's records. */
  idOf(flow: number): string {
    return this.#flowId(this.#reports.number(flow))
  }

  /** Nothing more is inspected of a flow, which is told of for the last time. Its packets are still known to be of it. */
  leave(flow: number, phase: 'released' | 'cut'): void {
    this.#closeFlow(flow)
    this.flows.moveTo(flow, FlowPhase[phase])
    this.#tell(flow, this.flows.last(flow), true)
    this.#conversations[flow] = undefined
  }

  /** The input is over: every flow ends. */
  close(): void {
    this.flows.endAll()
    this.#tellThreats()
  }

  /** The same in parts, `atMost` indexes each, for whoever has to wait for a reader in between. True when all have ended. */
  closeSome(atMost: number): boolean {
    const to = Math.min(this.flows.records.used, this.#closed + atMost)
    this.flows.endAll(this.#closed, to)
    this.#closed = to
    if (to === this.flows.records.used) this.#tellThreats()
    return to === this.flows.records.used
  }

  /** Time passes without packets. */
  expire(now: number): void {
    this.flows.expire(now)
    this.#defragmenter.expire(now)
  }

  /**
   * Hands on live flows that have news: findings, or growth since they were last told of. Looks at `atMost` indexes and
   * goes on from there at the next call; true when it has been through all. And threats that are new or go on.
   */
  report(now: Microseconds, atMost: number): boolean {
    this.#threats?.report(now, this.#tellThreat)
    this.#attacks?.report(now, (record, origin) => this.#sink.attack?.(record, origin))
    const until = Math.min(this.flows.records.used, this.#reported + atMost)
    for (let flow = this.#reported; flow < until; flow++) {
      if (this.flows.isLive(flow) && this.#hasNews(flow, now)) this.#tell(flow, now, false)
    }
    this.#reported = until < this.flows.records.used ? until : 0
    return this.#reported === 0
  }

  /** Ends the flows that were seen in one namespace: it is not watched any more. */
  endOrigin(origin: number): void {
    for (let flow = 0; flow < this.flows.records.used; flow++) {
      if (this.flows.isLive(flow) && this.#reports.origin(flow) === origin)
        this.flows.end(flow, FlowEnd.finished)
    }
    this.#tellThreats(origin)
  }

  /** Those that were not told yet, of one namespace or of all. */
  #tellThreats(origin?: number): void {
    this.#threats?.close(this.#tellThreat, origin)
    this.#attacks?.close((record, where) => this.#sink.attack?.(record, where), origin)
  }

  readonly #tellThreat = (record: ThreatRecord, origin: number): void => {
    const { subject } = record
    if (subject !== undefined) record.subject = this.redaction.text(subject)
    this.#sink.threat?.(record, origin)
  }

  /** What another engine saw: its `named`. */
  learnName(network: number, name: string, address: Uint8Array, expires: Microseconds): void {
    this.#context.names.learn(network, name, address, expires)
  }

  #hasNews(flow: number, now: Microseconds): boolean {
    if (this.#isLeft(flow)) return false // It was told of for the last time, with what was known of it then.
    const told = this.#reports.told(flow)
    const conversation = this.#conversations[flow]
    if (conversation?.hasFindings === true && conversation.findings.hasNews) return true
    if (this.flows.last(flow) <= told) return false
    const since = told === 0 ? this.flows.start(flow) : told
    return now - since >= (told === 0 ? limits.firstReportUs : limits.nextReportUs)
  }

  #tell(flow: number, now: Microseconds, ended: boolean): void {
    const view = this.#view
    view.flow = flow
    view.id = this.#flowId(this.#reports.number(flow))
    view.origin = this.#reports.origin(flow)
    view.ended = ended
    view.conversation = this.#conversations[flow]
    this.#reports.tell(flow, now)
    this.#sink.flow(view)
  }

  #flowEvents(): FlowSink {
    return { ended: (flow) => this.#endFlow(flow) }
  }

  #streamEvents(): StreamSink {
    return {
      data: (flow, direction, bytes, start, end) => {
        const conversation = this.#conversation(flow, 'tcp')
        conversation.data(direction, bytes, start, end)
        if (conversation.hasFindings) this.#countLeaving(flow, conversation)
      },
      gap: (flow, direction, length) => {
        this.#observer?.gap(flow, direction, length)
        this.#conversation(flow, 'tcp').gap(direction, length)
      },
      ended: (flow, direction) => this.#conversations[flow]?.end(direction),
      anomaly: (flow, code) => this.#conversation(flow, 'tcp').anomaly(code),
    }
  }

  #endFlow(flow: number): void {
    if (this.#isLeft(flow)) return
    this.#closeFlow(flow)
    this.#tell(flow, this.flows.last(flow), true)
    this.#conversations[flow] = undefined
  }

  #closeFlow(flow: number): void {
    this.#context.flow = flow
    this.#threats?.ended(flow)
    if (this.flows.protocol(flow) === IpProtocol.tcp) this.tcp.end(flow)
    const conversation = this.#conversations[flow]
    conversation?.close()
    if (conversation?.hasFindings === true) this.#countLeaving(flow, conversation)
    this.#attacks?.ended(flow)
    this.#observer?.ending(flow)
  }

  /** Values that were found since the last time: how much of them leaves is weighed as it happens. */
  #countLeaving(flow: number, { findings }: Conversation): void {
    if (findings.hasUntold) this.#threats?.personalData(flow, findings.takeUntold())
  }

  #conversation(flow: number, transport: 'tcp' | 'udp'): Conversation {
    const known = this.#conversations[flow]
    if (known !== undefined) return known
    const made = new Conversation(this.#context, transport, this.flows.serverPort(flow))
    // An array that grows index by index stays dense: indexes of flows are handed out in order.
    while (this.#conversations.length <= flow) this.#conversations.push(undefined)
    this.#conversations[flow] = made
    return made
  }
}

function tableOptions({ seed, maxFlows, timeoutsMs }: EngineOptions): FlowTableOptions {
  return {
    seed,
    ...(maxFlows === undefined ? {} : { maxFlows }),
    ...(timeoutsMs === undefined ? {} : { timeoutsMs }),
  }
}
