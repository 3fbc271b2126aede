import { parseAddress } from '../../lib/ip.ts'
import type { FlowRecord } from '../../model/records.ts'
import type { LearnedPolicy } from '../composition.ts'
import { parseAddressValue } from '../groups/address.ts'
import { builtInKind, isLearnedName } from '../groups/builtin.ts'
import { learningLimits } from '../limits.ts'
import type { LivePolicy } from '../live/live-policy.ts'
import { processorGroupName } from '../processors.ts'
import { applicationNumber, applicationUnknown } from '../rules/applications.ts'
import { TransportCode, transportCode } from '../rules/transport.ts'
import { effectOf, rankOf } from '../verdict.ts'
import { type Connection, connectionOf, isNamed, worthOf } from './learnable.ts'
import {
  hostGroupName,
  LearnedRules,
  type LearnedPair,
  type LearnedRule,
  type Spoken,
} from './learned-rules.ts'
import { ScanGuard } from './scan-guard.ts'

/** One end of a connection: a workload, or somebody outside. */
interface End {
  address: string
  /** Id of the workload; undefined for others. */
  workload: string | undefined
  /** Number of the peer. */
  peer: number
}

interface Pending {
  flow: Connection
  since: number
}

/** Why connections were not learned, each counted. */
export interface LearningCounters {
  failed: number
  hostile: number
  scans: number
  /** Because more waited than may. */
  crowded: number
  /** Because there are as many rules, or names, as there may be. */
  refused: number
}

/**
 * Learns rules from connections that are seen between peers in Discover and that no rule speaks of. A connection waits until it has
 * settled: its application is known then, and whether its client tries one door after the other.
 */
export class Learner {
  readonly #live: LivePolicy
  readonly #rules: LearnedRules
  readonly #scans = new ScanGuard()
  /** By both ends, so that a connection that is seen at both counts once; the oldest first. */
  readonly #pending = new Map<string, Pending>()
  readonly #counted = new Set<string>()
  readonly #counters = { failed: 0, hostile: 0, scans: 0, crowded: 0 }

  /** @param known what was learned before */
  constructor(live: LivePolicy, known: readonly LearnedRule[] = []) {
    this.#live = live
    this.#rules = new LearnedRules(known)
  }

  get rules(): LearnedRules {
    return this.#rules
  }

  get policy(): LearnedPolicy {
    return this.#rules.policy
  }

  get counters(): LearningCounters {
    return { ...this.#counters, refused: this.#rules.refused }
  }

  /** A connection was seen, or more of it. `now` in ms since 1970. */
  flow(record: FlowRecord, now: number): void {
    if (record.side === 'transit') return
    const key = keyOf(record)
    if (this.#counted.has(key)) return
    const flow = connectionOf(record)
    const known = this.#pending.get(key)
    if (known !== undefined) known.flow = flow
    else if (this.#pending.size >= learningLimits.pending) this.#counters.crowded++
    else this.#pending.set(key, { flow, since: now })
    if (worthOf(flow) === 'failed') this.#scans.failed(clientOf(flow), targetOf(flow), now)
  }

  /** Learns from what has settled. @returns whether the policy is another than before */
  settle(now: number): boolean {
    let isNew = false
    for (const [key, { flow, since }] of this.#pending) {
      if (now - since < learningLimits.settleMs) break
      this.#pending.delete(key)
      const worth = worthOf(flow)
      if (worth === 'other') continue // It may say something yet: then it is told of again.
      if (this.#learn(flow, worth, now)) isNew = true
      this.#count(key)
    }
    return isNew
  }

  #learn(flow: Connection, worth: 'service' | 'failed' | 'hostile', now: number): boolean {
    if (worth !== 'service') {
      this.#counters[worth]++
      return false
    }
    if (this.#scans.scans(clientOf(flow), now)) {
      this.#counters.scans++
      return false
    }
    return this.#learnService(flow, Date.parse(flow.end))
  }

  #learnService(flow: Connection, at: number): boolean {
    const [from, to] = this.#endsOf(flow)
    if (from.workload === undefined ? to.workload === undefined : from.workload === to.workload) return false
    const { policy } = this.#live
    const application = isNamed(flow) ? applicationNumber(flow.application) : applicationUnknown
    const verdict = policy.decide(
      from.peer,
      to.peer,
      transportCode(flow.transport),
      flow.server.port,
      application,
    )
    if (effectOf(verdict) === 'learn')
      return this.#rules.add(this.#pairOf(from, to, flow), spokenOf(flow), at)
    const rule = policy.ruleAt(rankOf(verdict))
    if (rule?.tier === 'learned') this.#rules.touch(rule.id, spokenOf(flow), at)
    return false
  }

  /** Both of one generation: to ask for the second may make the first's number void. */
  #endsOf(flow: Connection): [from: End, to: End] {
    const { generation } = this.#live
    const ends = () => [this.#endOf(flow, 'client'), this.#endOf(flow, 'server')] as [End, End]
    const first = ends()
    return this.#live.generation === generation ? first : ends()
  }

  #endOf(flow: Connection, side: 'client' | 'server'): End {
    const { address } = flow[side]
    const own = flow.side === side || isLoopback(address) ? flow.workload : undefined
    const workload = own ?? this.#live.workloadAt(address, flow.workload)?.id
    if (workload !== undefined && this.#live.workload(workload) !== undefined)
      return { address, workload, peer: this.#live.peerOfWorkload(workload) }
    const names = side === 'server' && flow.dnsName !== undefined ? { dns: [flow.dnsName] } : undefined
    return {
      address,
      workload: undefined,
      peer: this.#live.policy.peerOfAddress(parseAddress(address), names),
    }
  }

  #pairOf(from: End, to: End, { dnsName }: Connection): LearnedPair {
    const target = this.#groupOf(to)
    const host = target === 'external' ? plainName(dnsName) : undefined
    const ends = { from: this.#groupOf(from), to: target }
    return host === undefined ? ends : { ...ends, to: hostGroupName(host), host }
  }

  /** The learned group of a workload; of others the first that somebody defined for them, else `external`. */
  #groupOf({ workload, peer }: End): string {
    if (workload !== undefined) return this.#live.groupOf(workload) ?? 'containers'
    const groups = this.#live.policy.groupsOfPeer(peer)
    return groups.find((group) => isDefined(group) && !this.#rules.isHostGroup(group)) ?? 'external'
  }

  #count(key: string): void {
    this.#counted.add(key)
    for (const oldest of this.#counted) {
      if (this.#counted.size <= learningLimits.counted) return
      this.#counted.delete(oldest)
    }
  }
}

/** Not of those that Pavise makes by itself: NeuVector's kinds cannot name them, or they are somebody's own. */
function isDefined(group: string): boolean {
  return (
    builtInKind(group) === undefined && !isLearnedName(group) && !group.startsWith(processorGroupName(''))
  )
}

/** A name that a group can be made of; not one in which something is masked. */
function plainName(name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : parseAddressValue(name)
  return value?.kind === 'name' && !value.isWildcard ? value.name : undefined
}

function spokenOf(flow: Connection): Spoken {
  if (isNamed(flow)) return { application: flow.application }
  const isIcmp = transportCode(flow.transport) === TransportCode.icmp
  return { port: isIcmp ? 'icmp' : `${flow.transport}/${flow.server.port}` }
}

function keyOf({ transport, client, server }: Connection): string {
  return `${transport} ${client.address} ${client.port} ${server.address} ${server.port}`
}

function clientOf({ client }: Connection): string {
  return client.address
}

function targetOf({ transport, server }: Connection): string {
  return `${transport} ${server.address} ${server.port}`
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}
