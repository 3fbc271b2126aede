import type { Workload } from '../../model/workload.ts'
import type { PolicyDefinition } from '../definition.ts'
import type { PeerNames } from '../groups/membership.ts'
import { workloadSubject } from '../groups/subject.ts'
import { Policy } from '../policy.ts'
import { peerInGroup } from '../simulation.ts'
import { ownerOf, type PlacedWorkload } from './address-owner.ts'
import { stepBetween } from './policy-step.ts'

/**
 * A policy and the workloads that run, both kept up to date: who is in which group follows from what the engines say of containers
 * as they come and go. Peers are numbers of `policy`; they are good as long as `generation` stays the same.
 */
export class LivePolicy {
  /** Grows with each change of the definition or of who runs: what was decided before may be decided otherwise. */
  revision = 0
  #definition: PolicyDefinition
  #policy: Policy
  /** Generations of policies that were replaced. */
  #past = 0
  readonly #workloads = new Map<string, PlacedWorkload>()
  readonly #assigned = new Map<string, string>()
  readonly #byAddress = new Map<string, Set<string>>()

  /** The machine whose traffic is judged; undefined where it is that of many. */
  home: string | undefined

  constructor(definition: PolicyDefinition, home?: string) {
    this.home = home
    this.#definition = definition
    this.#policy = new Policy(definition)
  }

  /** Ask for it each time: a change may put another in its place. */
  get policy(): Policy {
    return this.#policy
  }

  get definition(): PolicyDefinition {
    return this.#definition
  }

  get generation(): number {
    return this.#past + this.#policy.generation
  }

  /** Another definition, of which only what differs is compiled where that decides the same as all of it anew. */
  define(definition: PolicyDefinition): void {
    this.revision++
    const step = stepBetween(this.#definition, definition)
    if (step === undefined) this.#replace(new Policy(definition))
    else this.#policy.change(step)
    this.#definition = definition
  }

  #replace(policy: Policy): void {
    this.#past += this.#policy.generation + 1
    this.#policy = policy
    for (const { workload, node } of this.#workloads.values())
      this.#policy.addSubject(workloadSubject(workload, node))
  }

  /** Runs now, or something about it has changed. */
  started(workload: Workload, node: string): void {
    this.revision++
    this.#forgetAddresses(workload.id)
    this.#workloads.set(workload.id, { workload, node })
    this.#policy.addSubject(workloadSubject(workload, node))
    if (workload.hostNetwork) return // Its addresses are the machine's.
    for (const address of workload.addresses) {
      const ids = this.#byAddress.get(address)
      if (ids === undefined) this.#byAddress.set(address, new Set([workload.id]))
      else ids.add(workload.id)
    }
  }

  stopped(id: string): void {
    this.revision++
    this.#forgetAddresses(id)
    this.#workloads.delete(id)
    this.#policy.removeSubject(id)
  }

  get workloads(): Workload[] {
    return [...this.#workloads.values()].map(({ workload }) => workload)
  }

  workload(id: string): Workload | undefined {
    return this.#workloads.get(id)?.workload
  }

  /** The machine that a workload runs on; undefined where it does not run. */
  nodeOf(id: string): string | undefined {
    return this.#workloads.get(id)?.node
  }

  /** Number of a workload; -1 where it does not run. */
  peerOfWorkload(id: string): number {
    return this.#policy.peerOfSubject(id)
  }

  /**
   * The workload that has an address; undefined where none has it, or where several have it in networks apart from each other, for
   * then nobody can tell which is meant.
   *
   * @param seenBy id of the workload in whose network it was seen: machines give out the same addresses
   */
  workloadAt(address: string, seenBy?: string): Workload | undefined {
    const all = [...(this.#byAddress.get(address) ?? [])].flatMap((id) => this.#workloads.get(id) ?? [])
    return ownerOf(all, (seenBy === undefined ? undefined : this.nodeOf(seenBy)) ?? this.home)?.workload
  }

  /** Counts whoever has an address as a member of a group: captures tell nothing of workloads. */
  assign(address: string, group: string): void {
    this.revision++
    this.#assigned.set(address, group)
  }

  /** Number of whoever has an address: a workload, or somebody outside, with the names that are known of it. */
  peerAt(address: string, bytes: Uint8Array | undefined, names?: PeerNames): number {
    const group = this.#assigned.get(address)
    if (group !== undefined) return peerInGroup(this.#policy, group)
    const workload = this.workloadAt(address)
    return workload === undefined
      ? this.#policy.peerOfAddress(bytes, names)
      : this.peerOfWorkload(workload.id)
  }

  /** The learned group that a workload belongs to. */
  groupOf(id: string): string | undefined {
    const live = this.#workloads.get(id)
    return live === undefined
      ? undefined
      : (workloadSubject(live.workload, live.node).learnedGroup ?? undefined)
  }

  #forgetAddresses(id: string): void {
    for (const address of this.workload(id)?.addresses ?? []) {
      const ids = this.#byAddress.get(address)
      ids?.delete(id)
      if (ids?.size === 0) this.#byAddress.delete(address)
    }
  }
}
