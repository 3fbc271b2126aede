import { formatAddress } from '../../lib/ip.ts'
import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { CoverageRecord, ViolationCriterion, ViolationRecord } from '../../model/records.ts'
import { FlowPhase } from '../../packet/flow-phase.ts'
import { FlowEnd } from '../../packet/flow-table.ts'
import { DecodeStatus, IpProtocol, LinkType, Packet, TcpFlag } from '../../packet/packet.ts'
import type { Seen } from '../../threats/seen.ts'
import type { ThreatDefinition } from '../../threats/threat.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { Conversation } from '../conversation.ts'
import { FollowedChoices } from '../followed-choices.ts'
import { Engine, type EngineOptions, type ObservationSink } from '../engine.ts'
import type { FlowObserver } from '../flow-observer.ts'
import { AnsweredNames } from './answered-names.ts'
import { isLoopbackFlow, type PeerContext } from './connection-peers.ts'
import { ConnectionFlag, ConnectionTable } from './connection-table.ts'
import { noteOf, type RecalledConnection } from './connection-note.ts'
import { CoverageCounts } from './coverage-counts.ts'
import { hasContent, isControlMessage } from './control-message.ts'
import { type Denied, Denials } from './denials.ts'
import { type KnownConnection, KnownConnections } from './known-connections.ts'
import { InlineAction } from './inline-action.ts'
import { type InlineCounters, newCounters } from './inline-counters.ts'
import { limits } from './limits.ts'
import { Judgement, PolicyJudge } from './policy-judge.ts'
import { PickUps, type Watched } from './pick-ups.ts'
import { Refusals } from './refusals.ts'
import { PolicyRequestHandling } from './request-handling.ts'
import { ResetPackets } from './reset-packets.ts'
import { segmentSuspicion, Suspicion, suspicionOf } from './suspicion.ts'
import { ThreatAnswer, ThreatBlocks } from './threat-blocks.ts'
import { ViolationNotes } from './violation-notes.ts'
import { Violations } from './violations.ts'
import type { WatchedWorkload } from './watched-workload.ts'

export interface InlineOptions extends Omit<EngineOptions, 'isInline' | 'observer'> {
  /** Kept up to date by whoever has it: a change counts from the next packet on. */
  live: LivePolicy
  /** Names that answers gave, where others see answers of the same networks, too. */
  names?: AnsweredNames
}

/** Takes the records of flows, as of an engine, and what is told of decisions. */
export interface InlineSink extends ObservationSink {
  violation(record: ViolationRecord): void
  coverage(record: CoverageRecord): void
}

/**
 * Decides about packets before they are forwarded: the same inspection as of captures, and the policy's word on what it sees. One for
 * each thread, and all packets of a network namespace go to the same.
 */
export class InlineInspector implements FlowObserver {
  /** What to send where `decide` says `reset`; valid until it is called again. */
  readonly resets = new ResetPackets()
  /** Where `decide` says `release`: what to keep of the connection, 9 bits, for when it is to be decided about again. */
  note = 0
  readonly counters: InlineCounters = newCounters()
  readonly engine: Engine
  readonly requests: PolicyRequestHandling
  readonly #choices: FollowedChoices
  readonly #sink: InlineSink
  readonly #context: PeerContext
  readonly #judge: PolicyJudge
  readonly #violations: Violations
  readonly #denials: Denials
  readonly #refusals: Refusals
  readonly #threats: ThreatBlocks
  readonly #pickUps: PickUps
  readonly #coverage = new CoverageCounts()
  readonly #watched = new Map<number, Watched>()
  /** The packet at hand, and what is known of its connection by those who released it. */
  #packet = new Packet()
  #recalled = NOT_RECALLED
  #isOutgoing = false
  /** Bits of `Suspicion`. */
  #suspicion = 0
  /** Why whoever begins the connection at hand may not. */
  #keptOut: ReturnType<ThreatBlocks['keepsOut']>
  /** A flow is over because it was decided about. */
  #isLeaving = false

  constructor(options: InlineOptions, sink: InlineSink) {
    const { live } = options
    this.#sink = sink
    const bounds = { maxFlows: limits.flows, timeoutsMs: limits.timeoutsMs }
    this.engine = new Engine({ ...bounds, ...options, isInline: true, observer: this }, sink)
    this.#choices = new FollowedChoices(options.live, this.engine)
    const { flows } = this.engine
    this.#threats = new ThreatBlocks(flows)
    this.#context = {
      live,
      flows,
      names: options.names ?? new AnsweredNames(),
      connections: new ConnectionTable(),
    }
    this.requests = new PolicyRequestHandling(this.#context)
    this.#judge = new PolicyJudge(this.#context)
    this.#violations = new Violations(live)
    const notes = new ViolationNotes(this.engine, this.#context, this.#judge, this.#violations)
    this.#denials = new Denials(this.#context, this.#judge, notes)
    this.#refusals = new Refusals(this.engine, this.#context, this.resets)
    this.#pickUps = new PickUps(this.engine, this.#context, this.#coverage)
  }

  /** @param origin - `originNetworkId` of its packets: any number that is one namespace's */
  watch(origin: number, workload: WatchedWorkload, now: Microseconds): void {
    const before = this.#watched.get(origin) ?? { since: now, known: new KnownConnections(), awaited: 0 }
    this.#watched.set(origin, { ...before, workload })
  }

  /**
   * Others watched a namespace until now, and will say by `know` what they know of its connections. Until they have, or for a few seconds,
   * connections that go on are decided about only where it makes no difference.
   */
  awaitKnown(origin: number, others: number): void {
    const watched = this.#watched.get(origin)
    if (watched !== undefined) watched.awaited = others
  }

  /** What one of those knows. */
  know(origin: number, connections: readonly KnownConnection[]): void {
    const watched = this.#watched.get(origin)
    if (watched === undefined) return
    watched.awaited--
    watched.known.add(connections)
  }

  unwatch(origin: number): void {
    this.engine.endOrigin(origin)
    this.#watched.delete(origin)
  }

  /**
   * Decides about one packet, from its IP header on: `bytes`, `start`, `end`, `originalLength`, `time` and `originNetworkId` are set,
   * `end` before `start + originalLength` where the kernel handed over less than there is.
   *
   * @param isOutgoing - the workload in whose namespace it is sends it
   * @param recalled - what was noted when its connection was released: it is to be decided about again
   */
  decide(packet: Packet, isOutgoing: boolean, recalled: RecalledConnection = NOT_RECALLED): InlineAction {
    packet.linkType = LinkType.raw
    packet.isOuterOnly = true
    this.#packet = packet
    this.#isOutgoing = isOutgoing
    this.#recalled = recalled
    this.#suspicion = 0
    this.#threats.answer = ThreatAnswer.none
    this.#keptOut = undefined
    this.counters.packets++
    this.#choices.follow()
    this.engine.packet(packet)
    const flow = this.engine.current
    const action = flow < 0 ? this.#decideWithout(packet) : this.#decideOn(flow, packet)
    this.#count(action)
    return action
  }

  /** Tells of flows with news, of violations and of gaps; looks at `atMost` flows, true when it has been through all. */
  report(now: Microseconds, atMost: number): boolean {
    this.#violations.report(now, (record) => this.#sink.violation(record))
    this.counters.unlistedViolations = this.#violations.unlisted
    this.#coverage.report(now, (record) => this.#sink.coverage(record))
    return this.engine.report(now, atMost)
  }

  expire(now: Microseconds): void {
    this.engine.expire(now)
  }

  /** All is over: every flow ends, and the rest is told. */
  close(now: Microseconds): void {
    this.engine.close()
    this.#violations.close((record) => this.#sink.violation(record))
    this.#coverage.report(now, (record) => this.#sink.coverage(record))
  }

  // What the engine says of the packet at hand.

  admits(flow: number, packet: Packet): boolean {
    const { flows, connections } = this.#context
    if (flows.created) this.#begin(flow, packet)
    if (isSynAck(packet)) connections.set(flow, ConnectionFlag.answered)
    const isGuarded = connections.isGuarded(flow)
    this.engine.peeks = isGuarded && this.#mayForbid(flow)
    // Of what may not be cut nothing is refused: to know what was sent again is worth no copy.
    this.engine.tcp.keepsBytes = isGuarded
    if (!isGuarded) return true
    if (this.#isForged(flow)) this.#suspicion |= Suspicion.refused
    else if (packet.protocol === IpProtocol.tcp) {
      const { answered, midstream } = ConnectionFlag
      this.#suspicion |= segmentSuspicion(packet, connections.has(flow, answered | midstream))
    }
    return (this.#suspicion & (Suspicion.refused | Suspicion.urgent)) === 0
  }

  /** It was released, but not by the policy that holds now. */
  resumes(flow: number): boolean {
    if (this.engine.flows.phase(flow) !== FlowPhase.released) return false
    if (this.#recalled.note >= 0) return true
    if (this.#judge.isCurrent(flow)) return false
    const isFromAnswerer = this.engine.flows.direction === Direction.toClient
    this.#recalled = { note: this.#context.connections.note[flow], isFromAnswerer }
    return true
  }

  anomaly(flow: number, code: string): void {
    if (this.#isAtHand(flow)) this.#suspicion |= suspicionOf(code, this.#packet)
  }

  gap(flow: number, _direction: Direction, length: number): void {
    if (!this.#isAtHand(flow)) return
    this.#suspicion |= Suspicion.gap
    this.#coverage.add(this.#workloadOf(flow)?.subject, 'inline-stream-gap', 0, length)
  }

  /** Not one that ends while the packet of another is taken, whose holes nobody reads any more. */
  #isAtHand(flow: number): boolean {
    return flow === this.engine.current && !this.#isLeaving
  }

  threat(threat: ThreatDefinition, seen: Seen): boolean {
    const subject = this.#watched.get(seen.origin)?.workload.subject
    if (subject === undefined || !this.#isSubjectEnforced(subject)) return false
    const { live } = this.#context
    return this.#threats.isBlocked(threat, seen, live.policy.threatsOf(live.peerOfWorkload(subject)))
  }

  thresholds(origin: number): readonly string[] | undefined {
    const subject = this.#watched.get(origin)?.workload.subject
    const { live } = this.#context
    return subject === undefined ? undefined : live.policy.thresholdsOf(live.peerOfWorkload(subject))
  }

  /** Before the answer is forwarded, so that a connection that follows it is to a known name. */
  resolved(flow: number, name: string, address: Uint8Array, ttlSeconds: number): void {
    const { flows, names } = this.#context
    const resolvers = this.#workloadOf(flow)?.resolvers
    if (resolvers !== undefined && !resolvers.has(formatAddress(flows.serverAddress(flow)))) return
    names.learn(flows.networkId(flow), { name, address, ttlSeconds }, flows.last(flow))
  }

  /** What only its last bytes told has passed, and is told of as that. */
  ending(flow: number): void {
    const { flows, connections } = this.#context
    if (this.#isLeaving || !connections.isGuarded(flow) || !hasContent(flows.protocol(flow))) return
    const judgement = this.#judge.judge(flow, this.engine.conversationOf(flow), this.#workloadOf(flow))
    if (judgement === Judgement.blocked) this.#tellNews(flow)
  }

  #decideOn(flow: number, packet: Packet): InlineAction {
    const phase = this.engine.flows.phase(flow)
    if (isControlMessage(packet)) return InlineAction.pass
    if (phase === FlowPhase.released) return this.#released(flow)
    if (phase === FlowPhase.cut) return this.#afterCut(flow, packet)
    const answer = this.#answerThreat(flow, packet)
    if (answer !== undefined) return answer
    if (this.#context.connections.has(flow, ConnectionFlag.awaitsKnown))
      this.#pickUps.lookUp(flow, packet, this.#watched.get(packet.originNetworkId))
    const conversation = this.engine.conversationOf(flow)
    const judgement = this.#judge.judge(flow, conversation, this.#workloadOf(flow))
    if (this.#isAttacked(flow)) return this.#cut(flow, packet, 'attack')
    if (judgement === Judgement.blocked) return this.#cut(flow, packet, this.#denials.criterion(flow))
    if (judgement === Judgement.watched && this.#holdsForbidden(flow))
      return this.#cut(flow, packet, 'personal-data')
    if (judgement === Judgement.reported) this.#tellNews(flow)
    if (this.#suspicion !== 0) {
      const answer = this.#weigh(flow, packet)
      if (answer !== InlineAction.pass) return answer
    }
    return this.#isDone(flow, conversation, judgement) ? this.#release(flow) : InlineAction.pass
  }

  #isAttacked(flow: number): boolean {
    if (this.engine.isAttacked && this.requests.blocksAttacks(flow)) return true
    for (const match of this.engine.sensorMatches)
      if (match.flow === flow && this.requests.sensorHandling(flow, match.sensor) === 'block') return true
    return false
  }

  /** The record of the threat tells of it; that somebody is kept out because of one is told once. */
  #answerThreat(flow: number, packet: Packet): InlineAction | undefined {
    const { answer } = this.#threats
    const keptOut = this.#keptOut
    if (answer === ThreatAnswer.drop) return InlineAction.drop
    if (answer === ThreatAnswer.none && keptOut === undefined) return undefined
    const denied = this.#deniedOf(flow)
    this.#leave(flow, 'cut')
    this.counters.cut++
    if (keptOut?.isTold === false) {
      keptOut.isTold = true
      this.#denials.tell(denied, 'blocked', 'threat')
    }
    return this.#resetWith(flow, packet, this.engine.tcp.expected)
  }

  #begin(flow: number, packet: Packet): void {
    const { flows, connections } = this.#context
    const { localClient, localServer, loopback, midstream, awaitsKnown } = ConnectionFlag
    const isLocalClient = this.#isOutgoing === (flows.direction === Direction.toServer)
    const isMidstream = flows.phase(flow) === FlowPhase.tcpMidstream
    const where = (isLocalClient ? localClient : localServer) | (isLoopbackFlow(flows, flow) ? loopback : 0)
    connections.begin(flow, where | (isMidstream ? midstream | awaitsKnown : 0))
    if (this.#recalled.note >= 0) {
      this.#pickUps.recall(flow, packet, this.#recalled)
      this.#judge.judge(flow, this.engine.conversationOf(flow), this.#workloadOf(flow))
      return
    }
    this.#keptOut = this.#threats.keepsOut(flow, packet.originNetworkId, packet.time)
    // Where it is settled, nothing that is sent has to be guarded against.
    this.#judge.judge(flow, undefined, this.#workloadOf(flow))
    if (isMidstream) this.#pickUp(flow, packet)
  }

  #pickUp(flow: number, packet: Packet): void {
    this.counters.pickedUp++
    const watched = this.#watched.get(packet.originNetworkId)
    this.#pickUps.lookUp(flow, packet, watched)
    const isKnown = !this.#context.connections.has(flow, ConnectionFlag.midstream)
    if (!isKnown && packet.time - (watched?.since ?? 0) > limits.pickUpUs) this.#suspicion |= Suspicion.late
  }

  /** It leaves the namespace and says that the other end sent it. */
  #isForged(flow: number): boolean {
    const { flows, connections } = this.#context
    const isFromClient = flows.direction === Direction.toServer
    const isLocal = isFromClient === connections.has(flow, ConnectionFlag.localClient)
    // From without the kernel takes none that says it is its own: then both ends are here, and each packet comes twice.
    if (isLocal && !this.#isOutgoing) connections.set(flow, ConnectionFlag.loopback)
    return this.#isOutgoing && !isLocal && !connections.has(flow, ConnectionFlag.loopback)
  }

  /** A packet that belongs to no flow: there are too many, or it is none that a receiver would take. */
  #decideWithout(packet: Packet): InlineAction {
    const watched = this.#watched.get(packet.originNetworkId)
    const subject = watched?.workload.subject
    if (this.#threats.answer !== ThreatAnswer.none) return InlineAction.drop
    const isCut = packet.status === DecodeStatus.truncated
    if (packet.status === DecodeStatus.ok || isCut) {
      const gap = isCut ? 'inline-packet-cut' : 'inline-flow-refused'
      this.#coverage.add(subject, gap, 1, packet.originalLength)
      if (watched?.workload.onFailure !== 'closed') return InlineAction.pass
    }
    return this.#isSubjectEnforced(subject) ? InlineAction.drop : InlineAction.pass
  }

  #isSubjectEnforced(subject: string | undefined): boolean {
    const { live } = this.#context
    const peer = subject === undefined ? -1 : live.peerOfWorkload(subject)
    return peer >= 0 && live.policy.modeOfPeer(peer) === 'Protect'
  }

  /** What is sent on after a connection was cut. RSTs pass: ours are among them. */
  #afterCut(flow: number, packet: Packet): InlineAction {
    const { flows, connections } = this.#context
    if (packet.protocol === IpProtocol.tcp && (packet.tcpFlags & TcpFlag.rst) !== 0) return InlineAction.pass
    const afterAnswer = this.#refusals.after(flow, packet)
    if (afterAnswer !== undefined) return afterAnswer
    if (packet.protocol !== IpProtocol.tcp && !this.#judge.isCurrent(flow)) {
      flows.end(flow, FlowEnd.finished)
      return InlineAction.drop
    }
    const isRecent = packet.time - connections.resetAt[flow] < limits.resetEveryUs
    if (connections.resets[flow] >= limits.resetsPerFlow && isRecent) return InlineAction.drop
    return this.#resetWith(flow, packet, packet.sequence | 0)
  }

  /** Ends a connection at the packet at hand, which is not forwarded. */
  #cut(flow: number, packet: Packet, criterion: ViolationCriterion): InlineAction {
    const conversation = this.engine.conversationOf(flow)
    const isAnswered = this.#refusals.answer(flow, packet, conversation, criterion)
    this.#leave(flow, 'cut')
    this.counters.cut++
    this.#denials.tell(this.#deniedOf(flow, conversation), 'blocked', criterion)
    if (isAnswered) return InlineAction.answer
    return this.#resetWith(flow, packet, this.engine.tcp.expected)
  }

  #resetWith(flow: number, packet: Packet, expected: number): InlineAction {
    const { connections } = this.#context
    connections.resets[flow]++
    connections.resetAt[flow] = packet.time
    this.resets.make(packet, expected)
    return this.resets.toSender.end === 0 ? InlineAction.drop : InlineAction.reset
  }

  /** Categories of personal data may decide, as far as is known. */
  #mayForbid(flow: number): boolean {
    return this.#judge.isUndecided(flow) || this.#denials.forbidden(flow) !== 0
  }

  /** A value that may not cross is whole with this packet, though more may yet show that it is none. */
  #holdsForbidden(flow: number): boolean {
    if (!this.#context.connections.isGuarded(flow)) return false
    const forbidden = this.#denials.forbidden(flow)
    return forbidden !== 0 && (this.engine.peek() & forbidden) !== 0
  }

  #tellNews(flow: number): void {
    const conversation = this.engine.conversationOf(flow)
    if (this.#denials.isNews(flow, conversation))
      this.#denials.tell(this.#deniedOf(flow, conversation), 'reported', this.#denials.criterion(flow))
  }

  #deniedOf(flow: number, conversation = this.engine.conversationOf(flow)): Denied {
    return { flow, conversation, workload: this.#workloadOf(flow) }
  }

  /** A packet that may make its receiver read something else than what was inspected, or by which some of it was lost to us. */
  #weigh(flow: number, packet: Packet): InlineAction {
    const { connections } = this.#context
    const workload = this.#workloadOf(flow)
    const is = (bits: number) => (this.#suspicion & bits) !== 0
    if (is(Suspicion.unreadable)) this.#coverage.add(workload?.subject, 'inline-not-readable', 1, 0)
    if (is(Suspicion.unverified)) this.#coverage.add(workload?.subject, 'inline-not-verified', 1, 0)
    const isClosed = workload?.onFailure === 'closed'
    const isLate = isClosed && is(Suspicion.late) && !this.#judge.isAllowedAtOnce(flow)
    if (isLate && connections.has(flow, ConnectionFlag.strict))
      return this.#cut(flow, packet, 'not-inspected')
    if (!connections.isGuarded(flow)) return InlineAction.pass
    if (is(Suspicion.urgent)) return this.#cut(flow, packet, 'evasion')
    if (is(Suspicion.differs) && !connections.has(flow, ConnectionFlag.reported))
      this.#denials.tell(this.#deniedOf(flow), 'blocked', 'evasion')
    if (is(Suspicion.differs | Suspicion.refused)) return InlineAction.drop
    if (isClosed && is(Suspicion.unverified)) return InlineAction.drop
    if (isClosed && is(Suspicion.gap | Suspicion.unreadable)) return this.#cut(flow, packet, 'not-inspected')
    return InlineAction.pass
  }

  /** Whether nothing that may come of a connection changes anything, and nobody wants to know what is in it. */
  #isDone(flow: number, conversation: Conversation | undefined, judgement: Judgement): boolean {
    if (judgement === Judgement.open || judgement === Judgement.watched) return false
    if (this.#judge.unmet === 'personal-data') return false
    const isContent = hasContent(this.engine.flows.protocol(flow))
    const { connections, live, flows } = this.#context
    const { told, midstream, deniesSensors } = ConnectionFlag
    const isJudged = this.requests.blocksAttacks(flow) || connections.has(flow, deniesSensors)
    if (isJudged && isContent && conversation?.encrypted !== true) return false
    const workload = this.#workloadOf(flow)
    const isEncrypted = conversation?.encrypted === true
    if (workload?.inspectsContent === true && !isEncrypted) return !hasContent(flows.protocol(flow))
    const isTold = connections.has(flow, told | midstream)
    if (workload?.tellsApplications === true && !isTold) return false
    // Before it is encrypted a hello may be one for show.
    if (conversation?.application === 'SSL' && !isEncrypted) return connections.has(flow, midstream)
    return !live.policy.hasDnsNames || !this.#mayAnswerNames(flow, conversation)
  }

  /** Answers are to be read before they are forwarded. */
  #mayAnswerNames(flow: number, conversation: Conversation | undefined): boolean {
    const { flows, connections } = this.#context
    if (flows.serverPort(flow) === DNS_PORT || conversation?.application === 'DNS') return true
    return flows.protocol(flow) === IpProtocol.udp && !connections.has(flow, ConnectionFlag.told)
  }

  #release(flow: number): InlineAction {
    this.counters.released++
    this.#context.connections.note[flow] = noteOf(this.engine.conversationOf(flow))
    this.#leave(flow, 'released')
    return this.#released(flow)
  }

  #released(flow: number): InlineAction {
    this.note = this.#context.connections.note[flow]
    return InlineAction.release
  }

  #leave(flow: number, phase: 'released' | 'cut'): void {
    this.#isLeaving = true
    this.engine.leave(flow, phase)
    this.#isLeaving = false
  }

  #workloadOf(flow: number): WatchedWorkload | undefined {
    return this.#watched.get(this.engine.originOf(flow))?.workload
  }

  #count(action: InlineAction): void {
    const { counters } = this
    if (action === InlineAction.drop) counters.dropped++
    else if (action === InlineAction.reset) counters.reset++
    else if (action === InlineAction.answer) counters.answered++
    else counters.passed++
  }
}

function isSynAck({ tcpFlags }: Packet): boolean {
  const { syn, ack } = TcpFlag
  return (tcpFlags & (syn | ack)) === (syn | ack)
}

const NOT_RECALLED: RecalledConnection = { note: -1, isFromAnswerer: false }

/** RFC 1035 section 4.2. */
const DNS_PORT = 53
