import type { ReachWhy } from '../../../model/case-words.ts'
import type { Workload } from '../../../model/workload.ts'
import type { PolicyDefinition } from '../../../policy/definition.ts'
import { isPod, type PlacedWorkload } from '../../../policy/live/address-owner.ts'
import { workloadSubject } from '../../../policy/groups/subject.ts'
import { Policy } from '../../../policy/policy.ts'
import { processorGroupName } from '../../../policy/processors.ts'
import { applicationPending } from '../../../policy/rules/applications.ts'
import { TransportCode } from '../../../policy/rules/transport.ts'
import { peerInGroup } from '../../../policy/simulation.ts'
import { effectOf, rankOf } from '../../../policy/verdict.ts'
import type { ReachEnds } from './reach-ends.ts'

/** What let somebody be reached: a mode that stops nothing, or a rule. */
interface Opening {
  why: ReachWhy
  /** The mode, or the id of the rule. */
  by: string
}

/** Effects that let a connection begin: what it is decided by later is known only once it speaks. */
const beginning: ReadonlySet<string> = new Set(['pass', 'check-requirements', 'await-application'])

/** A policy that was in force, asked whether anything of it keeps one workload from another. */
class PastPolicy {
  readonly #definition: PolicyDefinition
  readonly #policy: Policy
  readonly #openings = new Map<string, Opening | null>()

  /** @param workloads all that are asked about */
  constructor(definition: PolicyDefinition, workloads: readonly PlacedWorkload[]) {
    this.#definition = definition
    this.#policy = new Policy(definition)
    for (const { workload, node } of workloads) this.#policy.addSubject(workloadSubject(workload, node))
  }

  /** What lets one workload begin a connection to another, on any port; undefined where all of them are blocked. */
  opening(from: Workload, to: Workload): Opening | undefined {
    const peers = [from, to].map(({ id }) => this.#policy.peerOfSubject(id))
    return this.#between(peers[0], peers[1])
  }

  /** Names of those outside whom a workload could begin a connection to: partners, and `external` for anybody else. */
  outside(from: Workload): { name: string; opening: Opening }[] {
    const peer = this.#policy.peerOfSubject(from.id)
    const { processors, groups } = this.#definition
    const partners = [
      ...processors.map(({ name }) => processorGroupName(name)),
      ...groups.map(({ name }) => name).filter((name) => this.#policy.isByAddress(name)),
    ]
    return ['external', ...new Set(partners)].flatMap((name) => {
      const opening = this.#between(peer, peerInGroup(this.#policy, name))
      return opening === undefined ? [] : [{ name, opening }]
    })
  }

  #between(from: number, to: number): Opening | undefined {
    const key = `${from} ${to}`
    const known = this.#openings.get(key)
    if (known !== undefined) return known ?? undefined
    const found = this.#look(from, to)
    this.#openings.set(key, found ?? null)
    return found
  }

  #look(from: number, to: number): Opening | undefined {
    const mode = this.#policy.modeBetween(from, to)
    if (mode !== undefined && this.#policy.denial(mode) !== 'block') return { why: 'mode', by: mode }
    for (const transport of [TransportCode.tcp, TransportCode.udp])
      for (const port of this.#policy.portPieces(from, to, transport, false)) {
        const verdict = this.#policy.decide(from, to, transport, port, applicationPending)
        if (!beginning.has(effectOf(verdict))) continue
        return { why: 'rule', by: this.#policy.ruleAt(rankOf(verdict))?.id ?? '' }
      }
    return undefined
  }
}

/**
 * Whether packets of one workload get to another, as far as that can be told from where they run and which addresses they have: on one
 * machine, or of a cluster, whose pods reach each other. Networks of an engine that are apart from each other are not told apart: who
 * is named can be too many, and none too few.
 */
function isRoutable(from: PlacedWorkload, to: PlacedWorkload): boolean {
  const isNear = from.node === to.node || isPod(to.workload)
  return isNear && to.workload.addresses.some((address) => hasFamilyOf(from.workload, address))
}

function hasFamilyOf({ addresses, hostNetwork }: Workload, address: string): boolean {
  return hostNetwork || addresses.some((own) => own.includes(':') === address.includes(':'))
}

/** Adds those that the policies of the time did not keep from those that were reached; each by the fewest steps. */
export function addReachable(
  ends: ReachEnds,
  policies: readonly PolicyDefinition[],
  ran: readonly PlacedWorkload[],
): void {
  const past = policies.map((definition) => new PastPolicy(definition, ran))
  const byId = new Map(ran.map((placed) => [placed.workload.id, placed]))
  for (let hops = 0; hops <= ends.depth; hops++)
    for (const { id } of ends.at(hops)) {
      const from = byId.get(id)
      if (from === undefined) continue
      const step = { ...reachable, hops: hops + 1, via: id }
      for (const to of ran) {
        const { id: next, name } = to.workload
        if (ends.has(next) || !isRoutable(from, to)) continue
        const opening = firstOpening(past, from.workload, to.workload)
        if (opening !== undefined) ends.add({ ...step, ...opening, id: next, name, kind: 'workload' })
      }
      for (const { name, opening } of past.flatMap((policy) => policy.outside(from.workload)))
        if (!ends.has(name)) ends.add({ ...step, ...opening, id: name, name, kind: 'outside' })
    }
}

const reachable = { how: 'reachable', since: null, country: null } as const

function firstOpening(past: readonly PastPolicy[], from: Workload, to: Workload): Opening | undefined {
  for (const policy of past) {
    const opening = policy.opening(from, to)
    if (opening !== undefined) return opening
  }
  return undefined
}
