import { type QuarantinedWorkload, wireLimits } from '../../model/enforcer-messages.ts'
import type { Store } from '../../store/store.ts'
import { PolicyChangeError } from './policy-error.ts'

/** Which workloads are cut off. Enforcers are told before it is stored: what counts is when nothing passes any more. */
export class Quarantine {
  readonly #store: Store
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #workloads: QuarantinedWorkload[]
  #saved: Promise<void> = Promise.resolve()

  private constructor(store: Store, now: () => number, workloads: QuarantinedWorkload[]) {
    this.#store = store
    this.#now = now
    this.#workloads = workloads
  }

  static async load(store: Store, now: () => number): Promise<Quarantine> {
    return new Quarantine(store, now, await store.quarantined())
  }

  get workloads(): readonly QuarantinedWorkload[] {
    return this.#workloads
  }

  /** Called after each change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Cuts a workload off; resolves when that is durable. @throws PolicyChangeError where there are too many */
  add(workload: string, reason: string): Promise<void> {
    const others = this.#workloads.filter((each) => each.workload !== workload)
    if (others.length >= wireLimits.quarantinedWorkloads)
      throw new PolicyChangeError(
        'POLICY_TOO_LARGE',
        `${others.length} workloads are in quarantine already.`,
        'Release those that no longer run.',
      )
    const since = new Date(this.#now()).toISOString()
    return this.#set([
      ...others,
      { workload, since, reason: reason.slice(0, wireLimits.quarantineReasonLength) },
    ])
  }

  /** @returns whether it was in quarantine */
  async release(workload: string): Promise<boolean> {
    const others = this.#workloads.filter((each) => each.workload !== workload)
    if (others.length === this.#workloads.length) return false
    await this.#set(others)
    return true
  }

  #set(workloads: QuarantinedWorkload[]): Promise<void> {
    this.#workloads = workloads
    for (const listener of this.#listeners) listener()
    const saved = this.#saved.then(() => this.#store.saveQuarantined(this.#workloads))
    this.#saved = saved.catch(() => undefined)
    return saved
  }
}
