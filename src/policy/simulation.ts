import { parseAddress } from '../lib/ip.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import type { Explanation, Outcome, Question } from './explanation.ts'
import { builtInKind, isLearnedName } from './groups/builtin.ts'
import type { Subject } from './groups/subject.ts'
import { policyLimits } from './limits.ts'
import type { Policy } from './policy.ts'
import { transportCode } from './rules/transport.ts'

/** A flow that has been seen, with what was found in it. */
export interface SeenFlow {
  record: FlowRecord
  findings: readonly PersonalDataRecord[]
  /** Nothing of it was read, or only from its middle on: what is not known of it is not known to be absent. */
  isPartial: boolean
  /** Names that DNS answers gave the server's address. */
  serverNames: readonly string[]
}

/** What would be denied: as many flows as come to the same. */
export interface SimulatedDenial {
  from: string
  to: string
  transport: string
  port: number
  application: string
  flows: number
  explanation: Explanation
}

export interface SimulationCounts {
  flows: number
  allowed: number
  denied: number
  /** What decides was not seen. */
  undecided: number
  /** Neither end is in any group but `external`: the policy is not about them. */
  outside: number
}

/**
 * Holds flows that were seen against a policy as if every group were in Protect. Peers are known by their addresses: by groups with
 * `address` criteria, and by what is assigned.
 */
export class Simulation {
  readonly counts: SimulationCounts = { flows: 0, allowed: 0, denied: 0, undecided: 0, outside: 0 }
  /** Denied flows that are counted and no more, because there are too many different ones. */
  unlisted = 0
  readonly #policy: Policy
  readonly #assigned: ReadonlyMap<string, string>
  readonly #denials = new Map<string, SimulatedDenial>()

  /** @param assigned - group of an address, in the form of `formatAddress` */
  constructor(policy: Policy, assigned: ReadonlyMap<string, string>) {
    this.#policy = policy
    this.#assigned = assigned
  }

  /** What would be denied, the most frequent first. */
  get denials(): SimulatedDenial[] {
    return [...this.#denials.values()].toSorted((a, b) => b.flows - a.flows)
  }

  /** @returns what the policy says of it; undefined where it is not about it */
  flow(seen: SeenFlow): Outcome | undefined {
    this.counts.flows++
    const [from, to] = this.#peersOf(seen)
    if (this.#policy.isOutside(from) && this.#policy.isOutside(to)) {
      this.counts.outside++
      return undefined
    }
    const question = questionOf(from, to, seen)
    const outcome = this.#policy.outcome(question)
    if (outcome === 'allowed') this.counts.allowed++
    else if (outcome === 'pending') this.counts.undecided++
    else this.#deny(question, seen)
    return outcome
  }

  /** Both of one generation: to ask for the second may make the first's number void. */
  #peersOf(seen: SeenFlow): [from: number, to: number] {
    const { client, server } = seen.record
    const { generation } = this.#policy
    const from = this.#peerOf(client.address, undefined)
    const to = this.#peerOf(server.address, seen)
    return this.#policy.generation === generation ? [from, to] : [this.#peerOf(client.address, undefined), to]
  }

  #peerOf(address: string, seen: SeenFlow | undefined): number {
    const group = this.#assigned.get(address)
    if (group !== undefined) return peerInGroup(this.#policy, group)
    const bytes = parseAddress(address)
    if (seen === undefined) return this.#policy.peerOfAddress(bytes)
    const { record, serverNames } = seen
    const virtualHost = record.tls?.sni ?? record.http?.host
    return this.#policy.peerOfAddress(bytes, {
      dns: serverNames,
      ...(virtualHost === undefined ? {} : { virtualHost: withoutPort(virtualHost) }),
    })
  }

  /** Explains it where it is the first of its kind: that takes as long as there are rules. */
  #deny(question: Question, { record }: SeenFlow): void {
    this.counts.denied++
    const { transport, server, client } = record
    const { port, application = 'unknown', facts } = question
    const from = this.#assigned.get(client.address) ?? client.address
    const to = this.#assigned.get(server.address) ?? record.serverName ?? server.address
    const { encryption, tlsVersion, categories } = facts
    const met = [encryption, tlsVersion, categories.toSorted()]
    const key = JSON.stringify([from, to, question.from, question.to, transport, port, application, met])
    const known = this.#denials.get(key)
    if (known !== undefined) known.flows++
    else if (this.#denials.size >= policyLimits.denials) this.unlisted++
    else {
      const explanation = this.#policy.explain(question)
      this.#denials.set(key, { from, to, transport, port, application, flows: 1, explanation })
    }
  }
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
