import type { Workload } from '../../model/workload.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { HoldOrder } from '../worker-messages.ts'
import { type Protection, wantedProtection } from './wanted-protection.ts'

/** What protection does to a network namespace; the kernel's, or a test's. */
export interface NamespaceRules {
  /** Puts the rules in place, or others in their stead. @throws KernelError */
  put(path: string, protection: Exclude<Protection, 'none'>): void
  /** @throws KernelError */
  remove(path: string): void
}

export interface ProtectionOptions {
  live: LivePolicy
  quarantined: () => { has(id: string): boolean }
  rules: NamespaceRules
  /** Has a worker serve the queue of a namespace, or end that. */
  order: (order: HoldOrder) => void
  /** What holds now for a namespace's workloads has changed. */
  changed: (state: ProtectionState) => void
}

export interface ProtectionState {
  network: number
  protection: Protection
  /** When its rules were in place and its queue was served, ms since 1970; absent while that is not so. */
  heldAt?: number
  /** Why it is not held though it should be. */
  failure?: string
}

interface Namespace {
  path: string
  workloads: ReadonlyMap<string, Workload>
  protection: Protection
  /** A worker was told to serve its queue. */
  isServed: boolean
}

/**
 * Which namespaces are held, and how. Rules are put in place at once by whoever calls; a worker then serves the queue to which they
 * lead. Until it does, traffic passes or waits as the protection says.
 */
export class NamespaceProtection {
  readonly #options: ProtectionOptions
  readonly #namespaces = new Map<number, Namespace>()

  constructor(options: ProtectionOptions) {
    this.#options = options
  }

  /** A namespace is watched, or other workloads share it now. */
  present(network: number, path: string, workloads: ReadonlyMap<string, Workload>): void {
    const known = this.#namespaces.get(network)
    if (known === undefined)
      this.#namespaces.set(network, { path, workloads, protection: 'none', isServed: false })
    else Object.assign(known, { path, workloads })
    this.#update(network)
  }

  /** Its last workload has gone. The rules go with the namespace, unless somebody else holds that. */
  gone(network: number): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    this.#namespaces.delete(network)
    if (namespace.isServed) this.#options.order({ kind: 'let-go', network })
    if (namespace.protection !== 'none') this.#attempt(() => this.#options.rules.remove(namespace.path))
  }

  /** The policy, or who is in quarantine, or which group somebody is in has changed. */
  policyChanged(): void {
    for (const network of this.#namespaces.keys()) this.#update(network)
  }

  /** A worker serves the queue. @param at - ms since 1970 */
  held(network: number, at: number): void {
    const namespace = this.#namespaces.get(network)
    if (namespace?.isServed === true)
      this.#options.changed({ network, protection: namespace.protection, heldAt: at })
  }

  /** A worker could not serve the queue: what may pass then does, and is watched as before. */
  holdFailed(network: number, detail: string): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    namespace.isServed = false
    if (namespace.protection === 'open') {
      this.#attempt(() => this.#options.rules.remove(namespace.path))
      namespace.protection = 'none'
    }
    this.#options.changed({ network, protection: namespace.protection, failure: detail })
  }

  /** Leaves no rule behind, except those of a quarantine, which ends by order only. */
  stop(): void {
    for (const { path, protection } of this.#namespaces.values())
      if (protection === 'open' || protection === 'closed')
        this.#attempt(() => this.#options.rules.remove(path))
    this.#namespaces.clear()
  }

  #update(network: number): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    const { live, quarantined } = this.#options
    const wanted = wantedProtection(namespace.workloads.values(), live, quarantined())
    if (wanted === namespace.protection) return
    const failure = this.#attempt(() => this.#apply(network, namespace, wanted))
    if (failure === undefined) namespace.protection = wanted
    const { protection } = namespace
    this.#options.changed({ network, protection, ...(failure === undefined ? {} : { failure }) })
  }

  /** Rules first: what they let through, or not, until the queue is served is what is asked for. */
  #apply(network: number, namespace: Namespace, wanted: Protection): void {
    const { rules, order } = this.#options
    const { path } = namespace
    if (wanted === 'none') rules.remove(path)
    else rules.put(path, wanted)
    const isServed = wanted === 'open' || wanted === 'closed'
    if (isServed) order({ kind: 'hold', network, netnsPath: path, failOpen: wanted === 'open' })
    else if (namespace.isServed) order({ kind: 'let-go', network })
    namespace.isServed = isServed
  }

  /** Why it did not work. */
  #attempt(work: () => void): string | undefined {
    try {
      work()
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }
}
