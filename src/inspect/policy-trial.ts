import type { ViolationRecord } from '../model/records.ts'
import type { PacketSink } from '../packet/capture/capture.ts'
import { FlowPhase } from '../packet/flow-phase.ts'
import type { Packet } from '../packet/packet.ts'
import type { LivePolicy } from '../policy/live/live-policy.ts'
import { Engine, type EngineOptions, type ObservationSink } from './engine.ts'
import type { FlowObserver } from './flow-observer.ts'
import { AnsweredNames } from './inline/answered-names.ts'
import type { PeerContext } from './inline/connection-peers.ts'
import { ConnectionFlag, ConnectionTable } from './inline/connection-table.ts'
import { Denials } from './inline/denials.ts'
import { Judgement, PolicyJudge } from './inline/policy-judge.ts'
import { ViolationNotes } from './inline/violation-notes.ts'
import { Violations } from './inline/violations.ts'

export interface TrialOptions extends Omit<EngineOptions, 'isInline' | 'observer'> {
  live: LivePolicy
}

/**
 * An engine that asks the policy about what it sees, as the inline inspector does, and changes nothing: what would be cut goes on being
 * inspected. Connections between two ends that no group knows are not asked about.
 */
export class PolicyTrial implements PacketSink, FlowObserver {
  readonly engine: Engine
  readonly #context: PeerContext
  readonly #judge: PolicyJudge
  readonly #denials: Denials
  readonly #violations: Violations

  constructor(options: TrialOptions, sink: ObservationSink) {
    const { live } = options
    this.engine = new Engine({ ...options, observer: this }, sink)
    const { flows } = this.engine
    this.#context = { live, flows, names: new AnsweredNames(), connections: new ConnectionTable() }
    this.#judge = new PolicyJudge(this.#context)
    this.#violations = new Violations(live)
    const notes = new ViolationNotes(this.engine, this.#context, this.#judge, this.#violations)
    this.#denials = new Denials(this.#context, this.#judge, notes)
  }

  packet(packet: Packet): void {
    this.engine.packet(packet)
    if (this.engine.current >= 0) this.#ask(this.engine.current)
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

  anomaly(): void {}

  gap(): void {}

  resolved(flow: number, name: string, address: Uint8Array, ttlSeconds: number): void {
    const { flows, names } = this.#context
    names.learn(flows.networkId(flow), name, address, flows.last(flow), ttlSeconds)
  }

  /** What its last bytes told is known once it has ended. */
  ending(flow: number): void {
    this.#ask(flow)
  }

  #ask(flow: number): void {
    const { connections } = this.#context
    const conversation = this.engine.conversationOf(flow)
    const judgement = this.#judge.judge(flow, conversation, undefined)
    if (judgement !== Judgement.blocked && judgement !== Judgement.reported) return
    const { policy } = this.#context.live
    if (policy.isOutside(connections.from[flow]) && policy.isOutside(connections.to[flow])) return
    const action = judgement === Judgement.blocked ? 'blocked' : 'reported'
    this.#denials.tellNews({ flow, conversation, workload: undefined }, action)
  }
}
