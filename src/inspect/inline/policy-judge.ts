import { Direction } from '../../model/direction.ts'
import { IpProtocol } from '../../packet/packet.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import { applicationNumber, applicationPending } from '../../policy/rules/applications.ts'
import { TransportCode } from '../../policy/rules/transport.ts'
import { type Effect, effectOf, rankOf, type Verdict } from '../../policy/verdict.ts'
import type { Conversation } from '../conversation.ts'
import { ConnectionPeers, type PeerContext } from './connection-peers.ts'
import { ConnectionFlag, NOT_ASKED } from './connection-table.ts'
import { limits } from './limits.ts'
import { RequirementJudge, RequirementState } from './requirement-judge.ts'
import type { WatchedWorkload } from './watched-workload.ts'

/** What the policy says of a connection as far as it is known. */
export const Judgement = {
  /** It may pass so far; what decides is not known yet. */
  open: 0,
  /** Allowed, and nothing that may come changes that. */
  settled: 1,
  /** Allowed unless personal data is found that may not cross it. */
  watched: 2,
  /** Not allowed, and told of. */
  reported: 3,
  /** Not allowed, and to be cut. */
  blocked: 4,
} as const
export type Judgement = (typeof Judgement)[keyof typeof Judgement]

/** Asks the policy about connections: at their first packet, as more of them is told, and when the policy has changed. */
export class PolicyJudge {
  readonly peers: ConnectionPeers
  readonly requirements: RequirementJudge
  /** Of the last `judge` that said `reported` or `blocked`: the requirement that is not met, if it is one. */
  unmet: 'encryption' | 'personal-data' | undefined
  readonly #context: PeerContext
  #epoch = 0
  #revision = -1
  #generation = -1

  constructor(context: PeerContext) {
    this.#context = context
    this.peers = new ConnectionPeers(context)
    this.requirements = new RequirementJudge(context.flows)
  }

  /** Whether the connection was decided by the policy as it is now. */
  isCurrent(flow: number): boolean {
    const { live, connections } = this.#context
    const { revision, generation } = live
    if (revision !== this.#revision || generation !== this.#generation) {
      this.#revision = revision
      this.#generation = generation
      this.#epoch++
    }
    return connections.epoch[flow] === this.#epoch
  }

  judge(
    flow: number,
    conversation: Conversation | undefined,
    workload: WatchedWorkload | undefined,
  ): Judgement {
    const { connections } = this.#context
    if (!this.isCurrent(flow)) this.resolve(flow, conversation, workload)
    this.#listen(flow, conversation, workload)
    if (connections.verdict[flow] === NOT_ASKED) this.#ask(flow, conversation)
    const judgement = this.#judged(flow, conversation)
    if (judgement === Judgement.settled) connections.set(flow, ConnectionFlag.settled)
    return judgement
  }

  /** Which rule decides depends on its application. */
  isUndecided(flow: number): boolean {
    return effectOf(this.#context.connections.verdict[flow]) === 'await-application'
  }

  /** Whether it is allowed by a rule that asks no more of it than its addresses and ports. */
  isAllowedAtOnce(flow: number): boolean {
    return effectOf(this.#context.connections.verdict[flow]) === 'pass'
  }

  #judged(flow: number, conversation: Conversation | undefined): Judgement {
    const { connections } = this.#context
    const effect = effectOf(connections.verdict[flow])
    this.unmet = undefined
    if (this.#awaitsHost(flow)) return this.#await(flow)
    if (connections.has(flow, ConnectionFlag.awaitsKnown) && effect !== 'block' && effect !== 'pass')
      return this.#await(flow)
    if (effect === 'check-requirements') return this.#require(flow, conversation)
    if (effect !== 'await-application')
      return this.#isNameMissed(flow, conversation) ? Judgement.settled : judgementOf(effect)
    // What was there before inspection has said what it speaks already.
    return connections.has(flow, ConnectionFlag.midstream) ? Judgement.settled : this.#await(flow)
  }

  #isStrict(flow: number): boolean {
    const { connections } = this.#context
    const { policy } = this.#context.live
    return policy.denial(policy.modeBetween(connections.from[flow], connections.to[flow])) === 'block'
  }

  #blocksAttacks(flow: number): boolean {
    const { connections, live } = this.#context
    return [connections.from[flow], connections.to[flow]].some(
      (peer) => live.policy.attacksOf(peer) === 'block',
    )
  }

  /** Rank of the rule that decided; -1 without. */
  rankOf(flow: number): number {
    return rankOf(this.#context.connections.verdict[flow])
  }

  #await(flow: number): Judgement {
    this.#context.connections.set(flow, ConnectionFlag.waited)
    return Judgement.open
  }

  /** Finds out who the ends are, by the policy as it is now. */
  resolve(flow: number, conversation: Conversation | undefined, workload: WatchedWorkload | undefined): void {
    const { connections } = this.#context
    this.peers.resolve(flow, workload, hostOf(conversation))
    // Looking peers up may itself have begun another generation.
    this.isCurrent(flow)
    connections.epoch[flow] = this.#epoch
    connections.verdict[flow] = NOT_ASKED
    connections.setTo(flow, ConnectionFlag.settled, false)
    connections.setTo(flow, ConnectionFlag.strict, this.#isStrict(flow))
    connections.setTo(flow, ConnectionFlag.blocksAttacks, this.#blocksAttacks(flow))
    const { policy } = this.#context.live
    const isDenying = policy.deniedSensorsOf(connections.to[flow]).length > 0
    connections.setTo(flow, ConnectionFlag.deniesSensors, isDenying)
    if (this.#mayHaveHost(flow)) connections.set(flow, ConnectionFlag.mayHaveHost)
  }

  /** Takes note of what has become known of the connection. */
  #listen(flow: number, conversation: Conversation | undefined, workload: WatchedWorkload | undefined): void {
    const { connections, flows } = this.#context
    if (!connections.has(flow, ConnectionFlag.told) && isTold(flows, flow, conversation)) {
      connections.set(flow, ConnectionFlag.told)
      connections.verdict[flow] = NOT_ASKED
    }
    if (this.#awaitsHost(flow) && this.#isHostTold(flow, conversation)) {
      connections.set(flow, ConnectionFlag.hostTold)
      this.resolve(flow, conversation, workload)
    }
  }

  #ask(flow: number, conversation: Conversation | undefined): void {
    const { connections } = this.#context
    const isTold = connections.has(flow, ConnectionFlag.told)
    const application = isTold ? applicationNumber(conversation?.application ?? '') : applicationPending
    const verdict = this.#decide(flow, application)
    connections.verdict[flow] = verdict
    const effect = effectOf(verdict)
    if (!isTold || (effect !== 'block' && effect !== 'report')) return
    // It need not have waited: what it speaks may have been known when this policy came.
    if (effectOf(this.#decide(flow, applicationPending)) === 'await-application') this.#await(flow)
  }

  #decide(flow: number, application: number): Verdict {
    const { live, connections, flows } = this.#context
    const { from, to } = connections
    const transport = transportOf(flows.protocol(flow))
    return live.policy.decide(from[flow], to[flow], transport, flows.serverPort(flow), application)
  }

  #require(flow: number, conversation: Conversation | undefined): Judgement {
    const { connections } = this.#context
    const { policy } = this.#context.live
    const requirements = policy.ruleAt(this.rankOf(flow))?.requirements
    if (requirements === undefined) return Judgement.settled
    const isMidstream = connections.has(flow, ConnectionFlag.midstream)
    const state = this.requirements.judge(flow, requirements, conversation, isMidstream)
    if (state === RequirementState.open) return Judgement.open
    if (state === RequirementState.met) return Judgement.settled
    if (state === RequirementState.watched) return Judgement.watched
    this.unmet = state === RequirementState.encryptionUnmet ? 'encryption' : 'personal-data'
    return judgementOf(policy.denial(policy.modeBetween(connections.from[flow], connections.to[flow])))
  }

  #mayHaveHost(flow: number): boolean {
    const { connections, live, flows } = this.#context
    const { midstream, localServer } = ConnectionFlag
    if (flows.protocol(flow) !== IpProtocol.tcp || connections.has(flow, midstream | localServer))
      return false
    const port = flows.serverPort(flow)
    return live.policy.dependsOnNames('host', connections.from[flow], TransportCode.tcp, port)
  }

  /** A rule may speak of a name of its server that was told before inspection began, or that is not known any more. */
  #isNameMissed(flow: number, conversation: Conversation | undefined): boolean {
    const { connections, live, flows } = this.#context
    const { midstream, recalled, localServer } = ConnectionFlag
    if (!connections.has(flow, midstream | recalled) || connections.has(flow, localServer)) return false
    const [from, port] = [connections.from[flow], flows.serverPort(flow)]
    const asks = (by: 'dns' | 'host') => live.policy.dependsOnNames(by, from, TransportCode.tcp, port)
    if (connections.has(flow, midstream)) return asks('dns') || asks('host')
    const isNamed = this.peers.serverNames(flow).length > 0
    return (!isNamed && asks('dns')) || (hostOf(conversation) === undefined && asks('host'))
  }

  /** Groups may be told by the host that the client asks for: another rule may speak of those. */
  #awaitsHost(flow: number): boolean {
    const { mayHaveHost, hostTold } = ConnectionFlag
    return (this.#context.connections.flags[flow] & (mayHaveHost | hostTold)) === mayHaveHost
  }

  /** Whether the client has named a host, or will not any more. */
  #isHostTold(flow: number, conversation: Conversation | undefined): boolean {
    if (conversation === undefined || !this.#context.connections.has(flow, ConnectionFlag.told)) return false
    if (conversation.application !== 'HTTP' && conversation.application !== 'SSL') return true
    if (hostOf(conversation) !== undefined || conversation.encrypted) return true
    // The server answers once the client has asked.
    return this.#context.flows.bytes(flow, Direction.toClient) > limits.answerBytes
  }
}

function isTold(flows: FlowTable, flow: number, conversation: Conversation | undefined): boolean {
  if (conversation !== undefined) return conversation.isTold
  const protocol = flows.protocol(flow)
  return protocol !== IpProtocol.tcp && protocol !== IpProtocol.udp
}

/** What the client calls the server, without a port (RFC 9110 section 7.2). */
export function hostOf(conversation: Conversation | undefined): string | undefined {
  if (conversation === undefined) return undefined
  const { tls, http } = conversation.details()
  return (tls?.sni ?? http?.host)?.replace(/:\d+$/, '')
}

export function transportOf(protocol: number): TransportCode {
  switch (protocol) {
    case IpProtocol.tcp:
      return TransportCode.tcp
    case IpProtocol.udp:
      return TransportCode.udp
    case IpProtocol.icmp:
    case IpProtocol.icmp6:
      return TransportCode.icmp
    default:
      return TransportCode.other
  }
}

function judgementOf(effect: Effect): Judgement {
  if (effect === 'block') return Judgement.blocked
  return effect === 'report' ? Judgement.reported : Judgement.settled
}
