import type { AddressChange } from '../../kernel/netfilter/address-maps.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { HoldOrder } from '../worker-messages.ts'
import { AddressDecisions, isChange } from './address-decisions.ts'
import { DecidedSubjects, nothingTouched, type PolicyEvent } from './decided-subjects.ts'
import { type Held, isSameProtection, type Protection, wantedProtection } from './wanted-protection.ts'

/** What protection does to a network namespace: the kernel's, or a test's. */
export interface NamespaceRules {
  /** Puts rules in place, or others in their stead. @returns the generation of decisions that begins @throws KernelError */
  put(path: string, protection: Exclude<Protection, { kind: 'none' }>): number
  /** Has connections asked about again that were decided about. @returns the generation that begins @throws KernelError */
  askAgain(path: string, protection: Held): number
  /** Changes what is refused by addresses alone. @throws KernelError */
  change(path: string, change: AddressChange): void
  /** Whether rules of ours are there that nobody serves. @throws KernelError */
  isLeft(path: string): boolean
  /** @throws KernelError */
  remove(path: string): void
}

/** Of the orders those about queues, without what every one of them has in common. */
export type ProtectionOrder =
  | Omit<Extract<HoldOrder, { kind: 'hold' }>, 'worker' | 'ownMark'>
  | Extract<HoldOrder, { kind: 'let-go' }>

export interface ProtectionOptions {
  live: LivePolicy
  quarantined: () => { has(id: string): boolean }
  rules: NamespaceRules
  /** Has a worker serve the queue of a namespace, or end that. */
  order: (order: ProtectionOrder) => void
  /** What holds for a namespace, or since when, has changed. */
  changed: (state: ProtectionState) => void
  /** Something does not work that nothing passes by. */
  warn: (message: string) => void
}

export interface ProtectionState {
  network: number
  protection: Protection
  /** When its rules were in place and its queue was served, ms since 1970; absent while that is not so. */
  heldAt?: number
  /** Its rules were there before us: for a while nobody decided. */
  isTakenOver?: boolean
  /** Why it is not protected as it should be. */
  failure?: string
}

interface Namespace {
  path: string
  /** Ids of those that share it. */
  workloads: readonly string[]
  protection: Protection
  /** Of decisions about connections: the one that holds. */
  generation: number
  /** Whom the decisions that were made are about. */
  subjects: DecidedSubjects
  /** A worker was told to serve its queue; since when it does under the rules that are there, ms since 1970. */
  isServed: boolean
  heldAt: number | undefined
  isTakenOver: boolean
  /** While it is held: what is refused by addresses alone, for which workload, and as it was changed last. */
  addresses: { subject: string; decisions: AddressDecisions; last: AddressChange } | undefined
}

/**
 * Which namespaces are protected, and how. Rules are put in place at once by whoever calls; a worker then serves the queue to which
 * they lead. Until it does, traffic passes or waits as the protection says.
 */
export class NamespaceProtection {
  readonly #options: ProtectionOptions
  readonly #namespaces = new Map<number, Namespace>()

  constructor(options: ProtectionOptions) {
    this.#options = options
  }

  /** A namespace is watched, or others share it now. @param workloads - their ids, first the one that it stands for */
  present(network: number, path: string, workloads: readonly string[]): void {
    const known = this.#namespaces.get(network)
    if (known === undefined) this.#namespaces.set(network, this.#found(path, workloads))
    else Object.assign(known, { path, workloads })
    this.#update(network)
  }

  /** Its last workload has gone. The namespace may live on without one: its rules do not. */
  gone(network: number): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    this.#namespaces.delete(network)
    if (namespace.isServed) this.#options.order({ kind: 'let-go', network })
    if (namespace.protection.kind !== 'none') attempt(() => this.#options.rules.remove(namespace.path))
  }

  /** The policy, who is in quarantine, or which groups somebody is in has changed. */
  policyChanged(change: PolicyEvent): void {
    for (const network of this.#namespaces.keys()) this.#update(network, change)
  }

  /** A worker serves the queue. @param at - ms since 1970 */
  held(network: number, at: number): void {
    const namespace = this.#namespaces.get(network)
    // It is told once, also where only the generation of its decisions is another.
    if (namespace === undefined || !namespace.isServed || namespace.heldAt !== undefined) return
    const { protection, isTakenOver } = namespace
    namespace.isTakenOver = false
    namespace.heldAt = at
    this.#options.changed({ network, protection, heldAt: at, isTakenOver })
  }

  /** A worker could not serve the queue. What may pass does, and is watched as before. */
  holdFailed(network: number, failure: string): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    namespace.isServed = false
    const { protection, path } = namespace
    if (protection.kind === 'held' && protection.failOpen) {
      attempt(() => this.#options.rules.remove(path))
      namespace.protection = { kind: 'none' }
    }
    this.#options.order({ kind: 'let-go', network })
    this.#options.changed({ network, protection, failure })
  }

  /** Leaves no rule behind, except those of a quarantine, which ends by order only. */
  stop(): void {
    for (const { path, protection } of this.#namespaces.values())
      if (protection.kind === 'held') attempt(() => this.#options.rules.remove(path))
    this.#namespaces.clear()
  }

  /** What was left by one that was killed is taken over, or goes. */
  #found(path: string, workloads: readonly string[]): Namespace {
    let isTakenOver = false
    attempt(() => (isTakenOver = this.#options.rules.isLeft(path)))
    const protection = { kind: 'none' } as const
    const subjects = new DecidedSubjects(this.#options.live)
    const common = { path, workloads, protection, subjects, isTakenOver }
    return { ...common, generation: 0, isServed: false, heldAt: undefined, addresses: undefined }
  }

  #update(network: number, change: PolicyEvent = nothingTouched): void {
    const namespace = this.#namespaces.get(network)
    if (namespace === undefined) return
    const { live, quarantined } = this.#options
    const wanted = wantedProtection(namespace.workloads, live, quarantined())
    const isLeft = wanted.kind === 'none' && namespace.isTakenOver
    const isConcerned = namespace.subjects.isConcerned(namespace.workloads, change)
    if (isSameProtection(wanted, namespace.protection) && !isLeft) {
      this.#decide(namespace, change.moved)
      if (isConcerned) this.#askAgain(network, namespace)
      return
    }
    const failure = attempt(() => this.#apply(network, namespace, wanted))
    if (failure === undefined) namespace.protection = wanted
    namespace.addresses = namespace.heldAt = undefined // The rules were put in place anew.
    this.#decide(namespace, undefined)
    const { protection } = namespace
    this.#options.changed({ network, protection, ...(failure === undefined ? {} : { failure }) })
  }

  /** Has the kernel refuse by addresses what the policy denies whoever looks. */
  #decide(namespace: Namespace, moved: readonly string[] | undefined): void {
    const { path, protection, workloads } = namespace
    if (protection.kind !== 'held') return
    const [subject] = workloads
    const failure = attempt(() => {
      const known = namespace.addresses?.subject === subject ? namespace.addresses : undefined
      const decisions = known?.decisions ?? new AddressDecisions(this.#options.live, subject)
      const change = known === undefined ? decisions.whole() : changeIn(decisions, moved)
      if (isChange(change, known?.last)) this.#options.rules.change(path, change)
      namespace.addresses = { subject, decisions, last: change }
    })
    if (failure === undefined) return
    namespace.addresses = undefined
    this.#options.warn(`addresses of ${path} are decided about by inspection alone: ${failure}`)
  }

  /** Rules first: what they let through, or not, until the queue is served is what is asked for. */
  #apply(network: number, namespace: Namespace, wanted: Protection): void {
    const { rules, order } = this.#options
    const { path } = namespace
    if (wanted.kind === 'none') {
      rules.remove(path)
      namespace.isTakenOver = false
    } else namespace.generation = rules.put(path, wanted)
    if (wanted.kind === 'held') this.#orderHold(network, namespace, wanted)
    else if (namespace.isServed) order({ kind: 'let-go', network })
    namespace.isServed = wanted.kind === 'held'
  }

  /** Those who decide know the new policy by now; what they released by the one before is asked about once more. */
  #askAgain(network: number, namespace: Namespace): void {
    const { path, protection } = namespace
    if (protection.kind !== 'held') return
    const failure = attempt(() => (namespace.generation = this.#options.rules.askAgain(path, protection)))
    if (failure === undefined) return this.#orderHold(network, namespace, protection)
    this.#options.warn(`connections of ${path} that were released go on as they were: ${failure}`)
  }

  #orderHold(network: number, { path, generation }: Namespace, { failOpen, inspection }: Held): void {
    this.#options.order({ kind: 'hold', network, netnsPath: path, failOpen, inspection, generation })
  }
}

function changeIn(decisions: AddressDecisions, moved: readonly string[] | undefined): AddressChange {
  return moved === undefined ? decisions.policyChanged() : decisions.membersChanged(moved)
}

/** Why it did not work; undefined where it did. */
function attempt(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
