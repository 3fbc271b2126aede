import type { Microseconds } from '../lib/time.ts'
import type { ViolationRecord } from '../model/records.ts'
import type { PacketSink } from '../packet/capture/capture.ts'
import { FlowPhase } from '../packet/flow-phase.ts'
import type { Packet } from '../packet/packet.ts'
import type { LivePolicy } from '../policy/live/live-policy.ts'
import { Engine, type EngineOptions, type ObservationSink } from './engine.ts'
import type { FlowObserver } from './flow-observer.ts'
import { FollowedChoices } from './followed-choices.ts'
import { AnsweredNames } from './inline/answered-names.ts'
import { hasContent, isControlMessage } from './inline/control-message.ts'
import type { PeerContext } from './inline/connection-peers.ts'
import { ConnectionFlag, ConnectionTable } from './inline/connection-table.ts'
import { Denials } from './inline/denials.ts'
import { Judgement, PolicyJudge } from './inline/policy-judge.ts'
import { WatchedRequestHandling } from './inline/request-handling.ts'
import { ViolationNotes } from './inline/violation-notes.ts'
import { Violations } from './inline/violations.ts'
import type { WatchedWorkload } from './inline/watched-workload.ts'

export interface TrialOptions extends Omit<EngineOptions, 'isInline' | 'observer'> {
  live: LivePolicy
  /** Names that answers gave, where others see answers of the same networks, too. */
  names?: AnsweredNames
  /**
   * Where traffic is watched as it happens: the workload in whose namespace it is seen, by `originNetworkId`. Nothing is blocked then,
   * and what is not allowed was reported. Undefined for those that are not to be asked about.
   */
  workloadOf?: (origin: number) => WatchedWorkload | undefined
}

/**
 * An engine that asks the policy about what it sees, as the inline inspector does, and changes nothing: what would be cut goes on being
 * inspected. Connections between two ends that no group knows are not asked about.
 */
export class PolicyTrial implements PacketSink, FlowObserver {
  readonly engine: Engine
  readonly requests: WatchedRequestHandling
  readonly #context: PeerContext
  readonly #choices: FollowedChoices
  readonly #judge: PolicyJudge
  readonly #denials: Denials
  readonly #violations: Violations
  readonly #workloadOf: TrialOptions['workloadOf']
  /** Whether there is anything to ask: a policy of no rule in which all is learned allows everything. */
  isAsking = true

  constructor(options: TrialOptions, sink: ObservationSink) {
    const { live } = options
    this.engine = new Engine({ ...options, observer: this }, sink)
    this.#choices = new FollowedChoices(live, this.engine)
    const { flows } = this.engine
    const names = options.names ?? new AnsweredNames()
    this.#context = { live, flows, names, connections: new ConnectionTable() }
    this.requests = new WatchedRequestHandling(this.#context, (flow) => this.#resolve(flow))
    this.#judge = new PolicyJudge(this.#context)
    this.#violations = new Violations(live)
    const notes = new ViolationNotes(this.engine, this.#context, this.#judge, this.#violations)
    this.#denials = new Denials(this.#context, this.#judge, notes)
    this.#workloadOf = options.workloadOf
  }

  packet(packet: Packet): void {
    this.#choices.follow()
    this.engine.packet(packet)
    const flow = this.engine.current
    if (this.isAsking && flow >= 0 && !isControlMessage(packet)) this.#ask(flow)
  }

  /** Kinds of violations that are new or go on. */
  report(now: Microseconds, sink: (record: ViolationRecord) => void): void {
    this.#violations.report(now, sink)
  }

  /** Every kind of violation, once all packets were seen. */
  close(sink: (record: ViolationRecord) => void): void {
    this.#violations.close(sink)
  }

  // What the engine says.

  admits(flow: number): boolean {
    const { flows, connections } = this.#context
    const isMidstream = flows.phase(flow) === FlowPhase.tcpMidstream
    if (flows.created) connections.begin(flow, isMidstream ? ConnectionFlag.midstream : 0)
    return true
  }

  /** What is asked of a request may be asked before the policy was asked about its connection. */
  #resolve(flow: number): void {
    if (this.#judge.isCurrent(flow)) return
    const workload = this.#workloadOf?.(this.engine.originOf(flow))
    this.#judge.resolve(flow, this.engine.conversationOf(flow), workload)
  }

  thresholds(origin: number): readonly string[] | undefined {
    const workload = this.#workloadOf?.(origin)
    const { live } = this.#context
    return workload && live.policy.thresholdsOf(live.peerOfWorkload(workload.subject))
  }

  anomaly(): void {}

  gap(): void {}

  resolved(flow: number, name: string, address: Uint8Array, ttlSeconds: number): void {
    const { flows, names } = this.#context
    names.learn(flows.networkId(flow), { name, address, ttlSeconds }, flows.last(flow))
  }

  /** What its last bytes told is known once it has ended. */
  ending(flow: number): void {
    if (this.isAsking && hasContent(this.#context.flows.protocol(flow))) this.#ask(flow)
  }

  #ask(flow: number): void {
    const { connections } = this.#context
    const conversation = this.engine.conversationOf(flow)
    const workload = this.#workloadOf?.(this.engine.originOf(flow))
    if (workload === undefined && this.#workloadOf !== undefined) return
    const judgement = this.#judge.judge(flow, conversation, workload)
    if (judgement !== Judgement.blocked && judgement !== Judgement.reported) return
    const [from, to] = [connections.from[flow], connections.to[flow]]
    const { live } = this.#context
    if (live.policy.isOutside(from) && live.policy.isOutside(to)) return
    // What a namespace only passes on is told of by the namespaces at its ends.
    const own = workload === undefined ? -1 : live.peerOfWorkload(workload.subject)
    if (own >= 0 && from !== own && to !== own) return
    if (!this.#denials.isNews(flow, conversation)) return
    const isBlocked = judgement === Judgement.blocked && this.#workloadOf === undefined
    const denied = { flow, conversation, workload }
    this.#denials.tell(denied, isBlocked ? 'blocked' : 'reported', this.#denials.criterion(flow))
  }
}
