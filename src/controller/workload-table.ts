import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Workload } from '../model/workload.ts'
import { isPod, ownerOf } from '../policy/live/address-owner.ts'
import { controllerLimits } from './limits.ts'

/** The workloads of one enforcer as they are now, and those that stopped lately, by id and by address. */
export class WorkloadTable {
  readonly #running = new Map<string, WorkloadState>()
  /** Oldest first. */
  readonly #stopped = new Map<string, WorkloadState>()
  readonly #byAddress = new Map<string, Set<string>>()
  readonly #limits: { workloadsPerEnforcer: number; stoppedWorkloads: number }
  /** Workloads that were not taken because there are too many. */
  refused = 0

  constructor(limits: { workloadsPerEnforcer: number; stoppedWorkloads: number } = controllerLimits) {
    this.#limits = limits
  }

  /** Takes states over and returns what changed; with `complete`, what they leave out has stopped at `at`. */
  apply(states: WorkloadState[], complete: boolean, at: string): WorkloadState[] {
    const changed: WorkloadState[] = []
    if (complete) {
      const listed = new Set(states.map((state) => state.workload.id))
      for (const [id, state] of this.#running) {
        if (!listed.has(id)) changed.push(this.#stop({ ...state, stoppedAt: at }))
      }
    }
    for (const state of states) {
      if (state.stoppedAt !== undefined) changed.push(this.#stop(state))
      else if (this.#run(state)) changed.push(state)
    }
    return changed
  }

  get(id: string): WorkloadState | undefined {
    return this.#running.get(id) ?? this.#stopped.get(id)
  }

  running(): IterableIterator<WorkloadState> {
    return this.#running.values()
  }

  /**
   * Whose address it is: of what runs, else of what stopped last. Null where two that run have it, for networks may
   * use the same addresses apart from each other and a wrong name would be worse than none.
   */
  resolve(address: string): Workload | null {
    const ids = this.#byAddress.get(address)
    if (!ids) return null
    const running = [...ids].flatMap((id) => this.#running.get(id)?.workload ?? [])
    if (running.length > 0)
      return ownerOf(running.map((workload) => ({ workload, node: '' })))?.workload ?? null
    return [...ids].map((id) => this.#stopped.get(id)?.workload).findLast((workload) => workload) ?? null
  }

  /** The pod that has an address and runs: its address is known on other nodes as well. */
  podAt(address: string): Workload | null {
    const workload = this.#byAddress.has(address) ? this.resolve(address) : null
    return workload !== null && isPod(workload) && this.#running.has(workload.id) ? workload : null
  }

  #run(state: WorkloadState): boolean {
    const { id } = state.workload
    const known = this.#running.get(id)
    if (!known && this.#running.size >= this.#limits.workloadsPerEnforcer) {
      this.refused++
      return false
    }
    this.#forgetAddresses(this.get(id))
    this.#stopped.delete(id)
    this.#running.set(id, state)
    this.#rememberAddresses(state)
    return !known || JSON.stringify(known) !== JSON.stringify(state)
  }

  #stop(state: WorkloadState): WorkloadState {
    const { id } = state.workload
    this.#forgetAddresses(this.get(id))
    this.#running.delete(id)
    this.#stopped.delete(id)
    this.#stopped.set(id, state)
    this.#rememberAddresses(state)
    for (const [oldest, gone] of this.#stopped) {
      if (this.#stopped.size <= this.#limits.stoppedWorkloads) break
      this.#stopped.delete(oldest)
      this.#forgetAddresses(gone)
    }
    return state
  }

  /** Not of what shares the host's namespace: its addresses are the node's. */
  #rememberAddresses(state: WorkloadState): void {
    if (state.workload.hostNetwork) return
    for (const address of state.workload.addresses) {
      const ids = this.#byAddress.get(address)
      if (ids) ids.add(state.workload.id)
      else this.#byAddress.set(address, new Set([state.workload.id]))
    }
  }

  #forgetAddresses(state: WorkloadState | undefined): void {
    for (const address of state?.workload.addresses ?? []) {
      const ids = this.#byAddress.get(address)
      ids?.delete(state?.workload.id ?? '')
      if (ids?.size === 0) this.#byAddress.delete(address)
    }
  }
}
