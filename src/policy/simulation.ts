import { parseAddress } from '../lib/ip.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import type { Workload } from '../model/workload.ts'
import type { Explanation, Outcome, Question } from './explanation.ts'
import { builtInKind, isLearnedName } from './groups/builtin.ts'
import { type Subject, workloadSubject } from './groups/subject.ts'
import { cameToNothing, isLinkTalk } from './learning/learnable.ts'
import { policyLimits } from './limits.ts'
import type { Policy } from './policy.ts'
import { transportCode } from './rules/transport.ts'

/** A flow that has been seen, with what was found in it. */
export interface SeenFlow {
  record: FlowRecord
  findings: readonly Pick<PersonalDataRecord, 'category'>[]
  /** Nothing of it was read, or only from its middle on: what is not known of it is not known to be absent. */
  isPartial: boolean
  /** Names that DNS answers gave the server's address. */
  serverNames: readonly string[]
}

/** An end of a flow that is known by more than its address. */
export interface KnownEnd {
  /** What it is called where it is told of: its group. */
  label: string
  /** Name of the workload, where it is one. */
  workload?: string
  /** Its number in a policy. */
  peerIn: (policy: Policy) => number
}

/** Who an end of a flow is; undefined where only its address, and names of that, are known. */
export type FindEnd = (flow: FlowRecord, side: 'client' | 'server') => KnownEnd | undefined

export interface SimulationOptions {
  find: FindEnd
  /** The policy that holds today, in its modes: what it blocks already cannot break. */
  today?: Policy
  /** Flows that came to nothing are counted apart: to deny them breaks nothing. */
  ignoreAttempts?: boolean
}

/** What would be denied: as many flows as come to the same. */
export interface SimulatedDenial {
  from: string
  to: string
  transport: string
  port: number
  application: string
  flows: number
  /** Of the first and the last of them, RFC 3339. */
  first: string
  last: string
  /** Names of the workloads of which they are, the first few. */
  workloads: string[]
  explanation: Explanation
}

export interface SimulationCounts {
  flows: number
  allowed: number
  denied: number
  /** What decides was not seen. */
  undecided: number
  /** Neither end is in any group but `external`, both are the same workload, or it is neighbour discovery: no rule is asked. */
  outside: number
  /** Nobody took them. */
  attempts: number
  /** Denied, and blocked already today. */
  blockedToday: number
}

/** Holds flows that were seen against a policy as if every group were in Protect. */
export class Simulation {
  readonly counts: SimulationCounts = {
    flows: 0,
    allowed: 0,
    denied: 0,
    undecided: 0,
    outside: 0,
    attempts: 0,
    blockedToday: 0,
  }
  /** Denied flows that are counted and no more, because there are too many different ones. */
  unlisted = 0
  readonly #policy: Policy
  readonly #options: SimulationOptions
  readonly #denials = new Map<string, SimulatedDenial>()

  constructor(policy: Policy, options: SimulationOptions) {
    this.#policy = policy
    this.#options = options
  }

  /** What would be denied, the most frequent first. */
  get denials(): SimulatedDenial[] {
    return [...this.#denials.values()].toSorted((a, b) => b.flows - a.flows)
  }

  /** @returns what the policy says of it; undefined where it is not about it */
  flow(seen: SeenFlow): Outcome | undefined {
    this.counts.flows++
    const { find, today, ignoreAttempts = false } = this.#options
    const [client, server] = [find(seen.record, 'client'), find(seen.record, 'server')]
    const ends: Ends = { client, server }
    const [from, to] = peersOf(this.#policy, seen, ends)
    const isBeyond = isSameWorkload(ends) || isLinkTalk(seen.record)
    if (isBeyond || (this.#policy.isOutside(from) && this.#policy.isOutside(to)))
      return this.#passOver('outside')
    if (ignoreAttempts && cameToNothing(seen.record)) return this.#passOver('attempts')
    const question = questionOf(from, to, seen)
    const outcome = this.#policy.outcome(question)
    if (outcome === 'allowed') this.counts.allowed++
    else if (outcome === 'pending') this.counts.undecided++
    else if (today !== undefined && isBlocked(today, seen, ends)) this.counts.blockedToday++
    else this.#deny(question, seen, ends)
    return outcome
  }

  #passOver(why: 'outside' | 'attempts'): undefined {
    this.counts[why]++
  }

  /** Explains it where it is the first of its kind: that takes as long as there are rules. */
  #deny(question: Question, { record }: SeenFlow, ends: Ends): void {
    this.counts.denied++
    const { transport, server, client } = record
    const { port, application = 'unknown', facts } = question
    const from = ends.client?.label ?? client.address
    const to = ends.server?.label ?? record.serverName ?? server.address
    const { encryption, tlsVersion, categories } = facts
    const kind = [from, to, question.from, question.to, transport, port, application]
    const key = JSON.stringify(kind)
    // What was seen of its content makes it another only where a rule asks for that.
    const keyWithFacts = JSON.stringify([...kind, encryption, tlsVersion, categories.toSorted()])
    const known = this.#denials.get(key) ?? this.#denials.get(keyWithFacts)
    if (known !== undefined) addTo(known, record, ends)
    else if (this.#denials.size >= policyLimits.denials) this.unlisted++
    else {
      const explanation = this.#policy.explain(question)
      const { start: first, end: last } = record
      const end = { from, to, transport, port, application, first, last }
      const denial = addTo({ ...end, flows: 0, workloads: [], explanation }, record, ends)
      this.#denials.set(explanation.decidedBy?.rule.requirements === undefined ? key : keyWithFacts, denial)
    }
  }
}

/** Ends of which addresses are said to be in groups, in the form of `formatAddress`. */
export function assignedEnds(assigned: ReadonlyMap<string, string>): FindEnd {
  return (flow, side) => {
    const group = assigned.get(flow[side].address)
    return group === undefined ? undefined : { label: group, peerIn: (policy) => peerInGroup(policy, group) }
  }
}

/** A workload that ran, whether it runs now or not. */
export function workloadEnd(workload: Workload, node: string): KnownEnd {
  const subject = workloadSubject(workload, node)
  return {
    label: subject.learnedGroup ?? workload.name,
    workload: workload.name,
    peerIn: (policy) => {
      if (policy.peerOfSubject(subject.id) < 0) policy.addSubject(subject)
      return policy.peerOfSubject(subject.id)
    },
  }
}

interface Ends {
  client: KnownEnd | undefined
  server: KnownEnd | undefined
}

/** Both of one generation: to ask for the second may make the first's number void. */
function peersOf(policy: Policy, seen: SeenFlow, ends: Ends): [from: number, to: number] {
  const { generation } = policy
  const both = () =>
    [peerOf(policy, seen, ends, 'client'), peerOf(policy, seen, ends, 'server')] as [number, number]
  const first = both()
  return policy.generation === generation ? first : both()
}

function peerOf(policy: Policy, { record, serverNames }: SeenFlow, ends: Ends, side: keyof Ends): number {
  const known = ends[side]
  if (known !== undefined) return known.peerIn(policy)
  const bytes = parseAddress(record[side].address)
  if (side === 'client') return policy.peerOfAddress(bytes)
  const virtualHost = record.tls?.sni ?? record.http?.host
  return policy.peerOfAddress(bytes, {
    dns: serverNames,
    ...(virtualHost === undefined ? {} : { virtualHost: withoutPort(virtualHost) }),
  })
}

function isSameWorkload({ client, server }: Ends): boolean {
  return client?.workload !== undefined && client === server
}

/** Whether a policy, in the modes of its groups, lets it pass no more once all of it is known. */
function isBlocked(policy: Policy, seen: SeenFlow, ends: Ends): boolean {
  const [from, to] = peersOf(policy, seen, ends)
  const isDenied = policy.outcome(questionOf(from, to, seen)) === 'denied'
  return isDenied && policy.denial(policy.modeBetween(from, to)) === 'block'
}

function addTo(
  denial: SimulatedDenial,
  { start, end }: FlowRecord,
  { client, server }: Ends,
): SimulatedDenial {
  denial.flows++
  if (start < denial.first) denial.first = start
  if (end > denial.last) denial.last = end
  for (const name of [client?.workload, server?.workload]) {
    const isNew = name !== undefined && !denial.workloads.includes(name)
    if (isNew && denial.workloads.length < policyLimits.workloadsPerDenial) denial.workloads.push(name)
  }
  return denial
}

function questionOf(from: number, to: number, { record, findings, isPartial }: SeenFlow): Question {
  const isOpen = isPartial && record.application === 'unknown'
  return {
    from,
    to,
    transport: transportCode(record.transport),
    port: record.server.port,
    application: isOpen ? undefined : record.application,
    facts: {
      encryption: record.encrypted ? 'encrypted' : isOpen ? 'pending' : 'none',
      ...(record.tls?.version === undefined ? {} : { tlsVersion: record.tls.version }),
      categories: [...new Set(findings.map(({ category }) => category))],
    },
  }
}

/**
 * The peer that a group's name stands for: of a learned one, a workload of that service and namespace; of another, somebody who is
 * in it.
 */
export function peerInGroup(policy: Policy, name: string): number {
  const known = policy.peerOfSubject(name)
  if (known >= 0) return known
  if (isLearnedName(name)) {
    policy.addSubject(learnedSubject(name))
    return policy.peerOfSubject(name)
  }
  if (builtInKind(name) !== undefined) return policy.peerOfGroups(alike(name))
  return policy.peerOfGroups([name, ...alike(policy.isByAddress(name) ? 'external' : 'containers')])
}

function alike(name: string): string[] {
  const plain = name.replace(/^fed\./, '')
  return [plain, `fed.${plain}`]
}

/** What a learned group's name tells of its workloads. */
function learnedSubject(name: string): Subject {
  const service = name.slice(3)
  const domain = service.slice(service.lastIndexOf('.') + 1)
  const attributes = new Map([
    ['service', service],
    ['domain', domain],
  ])
  return { id: name, kind: 'workload', attributes, learnedGroup: name }
}

/** Host of HTTP has the port with it where it is not the usual one (RFC 9110 section 7.2). */
function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}
