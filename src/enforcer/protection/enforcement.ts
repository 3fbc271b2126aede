import type { Log } from '../../lib/log.ts'
import type { PeerWorkload, WorkloadProtection, WorkloadState } from '../../model/enforcer-messages.ts'
import type { Workload } from '../../model/workload.ts'
import type { PolicyDefinition } from '../../policy/definition.ts'
import { touchedGroups } from '../../policy/live/touched-groups.ts'
import type { EnforcedPolicy } from '../policy/enforced-policy.ts'
import type { PeerChange } from '../policy/remote-peers.ts'
import type { WorkerOrder, WorkerReport } from '../worker-messages.ts'
import { nothingTouched, type PolicyEvent } from './decided-subjects.ts'
import { KernelRules } from './kernel-rules.ts'
import { NamespaceProtection, type ProtectionOrder, type ProtectionState } from './namespace-protection.ts'

export interface EnforcementOptions {
  policy: EnforcedPolicy
  /** Name of this machine. */
  node: string
  workers: number
  order: (order: WorkerOrder) => void
  /** How a namespace is protected has changed. */
  changed: (network: number, protection: NamespaceState) => void
  /** What was not inspected, or not protected, of a namespace's traffic. */
  gap: (network: number, reason: string, detail: string) => void
  log: Log
}

/** `heldAt` in ms since 1970: from then on packets wait for a decision. */
export type NamespaceState = Omit<WorkloadProtection, 'afterMs'> & { heldAt?: number }

/** Brings the policy to where packets are decided about: to the kernel's rules, and to the workers that serve its queues. */
export class Enforcement {
  readonly #options: EnforcementOptions
  readonly #rules = new KernelRules()
  readonly #protection: NamespaceProtection
  readonly #unlisten: () => void
  /** What the workload that changed last means for connections. */
  #change: PolicyEvent = nothingTouched
  /** The definition that was told last. */
  #told: PolicyDefinition

  constructor(options: EnforcementOptions) {
    this.#options = options
    const { policy, order } = options
    this.#protection = new NamespaceProtection({
      live: policy.live,
      quarantined: () => policy.quarantined,
      rules: this.#rules,
      order: (each) => this.#order(each),
      changed: (state) => this.#changed(state),
      warn: (message) => options.log('warn', message),
    })
    this.#told = policy.live.definition
    order({ kind: 'policy', definition: this.#told })
    this.#unlisten = policy.onChange((change) => {
      if (change === 'policy') this.#protection.policyChanged(this.#tellPolicy())
      else this.#protection.policyChanged(change === 'workloads' ? this.#change : nothingTouched)
    })
  }

  #tellPolicy(): PolicyEvent {
    const { definition } = this.#options.policy.live
    const touched = touchedGroups(this.#told, definition)
    this.#told = definition
    this.#options.order({ kind: 'policy', definition })
    return { touched }
  }

  /** A namespace is watched, or others share it now. @param workloads - their ids */
  present(network: number, path: string, workloads: readonly string[]): void {
    this.#protection.present(network, path, workloads)
  }

  gone(network: number): void {
    this.#protection.gone(network)
  }

  /** A workload comes, goes or changes: told before the policy is. Workers have to know who has which address, wherever that is watched. */
  workload({ workload, stoppedAt }: WorkloadState): void {
    const { order, node, policy } = this.#options
    this.#change = changeOf([policy.live.workload(workload.id)], stoppedAt === undefined ? [workload] : [])
    if (stoppedAt === undefined) order({ kind: 'workload', workload, node, isHere: true })
    else order({ kind: 'workload-gone', id: workload.id })
  }

  /** The same of pods of other nodes. */
  peersChanged({ peers, gone }: PeerChange): void {
    const { order, node: home, policy } = this.#options
    const isElsewhere = ({ workload }: PeerWorkload) => policy.live.nodeOf(workload.id) !== home
    const all = [...peers, ...gone].map(({ workload }) => workload)
    const before = all.map(({ id }) => policy.live.workload(id))
    this.#change = changeOf(
      before,
      peers.map(({ workload }) => workload),
    )
    for (const { workload } of gone.filter(isElsewhere)) order({ kind: 'workload-gone', id: workload.id })
    for (const { workload, node } of peers.filter(isElsewhere))
      order({ kind: 'workload', workload, node, isHere: false })
  }

  report(report: Extract<WorkerReport, { kind: 'held' | 'hold-failed' }>): void {
    if (report.kind === 'held') this.#protection.held(report.network, report.at)
    else this.#protection.holdFailed(report.network, report.detail)
  }

  /** Takes the rules away, before workers end that serve what they lead to. */
  stop(): void {
    this.#unlisten()
    this.#protection.stop()
  }

  /** A namespace's connections are one worker's: an answer of DNS is then known to whoever decides about what follows it. */
  #order(order: ProtectionOrder): void {
    if (order.kind === 'let-go') return this.#options.order(order)
    const worker = order.network % this.#options.workers
    this.#options.order({ ...order, worker, ownMark: this.#rules.ownMark })
  }

  #changed({ network, protection, heldAt, isTakenOver, failure }: ProtectionState): void {
    const { changed, gap, log } = this.#options
    const detail = failure === undefined ? {} : { detail: failure }
    const isOpen = protection.kind === 'held' && protection.failOpen
    changed(network, {
      kind: failure === undefined ? protection.kind : 'failed',
      ...(protection.kind === 'held' ? { failOpen: isOpen } : {}),
      ...(heldAt === undefined ? {} : { heldAt }),
      ...detail,
    })
    if (failure !== undefined) {
      log('error', `a namespace cannot be protected: ${failure}`)
      gap(network, 'not-protected', failure)
    }
    if (isTakenOver === true)
      gap(
        network,
        'not-served',
        `Pavise ended without being stopped: until it was back nothing was inspected, and ${isOpen ? 'all passed' : 'nothing passed'} that waits for it`,
      )
  }
}

/**
 * What it means for connections that workloads come, change or go.
 * @param before - the same as they were; undefined where they were not there
 */
function changeOf(before: readonly (Workload | undefined)[], now: readonly Workload[]): PolicyEvent {
  const old = new Map(before.flatMap((each) => (each === undefined ? [] : [[each.id, each]])))
  const moved = new Set([...old.values(), ...now].flatMap(({ addresses }) => addresses))
  const isRegrouped = now.some((each) => {
    const known = old.get(each.id)
    return known !== undefined && groupedBy(known) !== groupedBy(each)
  })
  return { moved: [...moved], touched: isRegrouped ? 'all' : nothingTouched.touched }
}

/** All of a workload by which it may be in one group or another. */
function groupedBy({ name, image, service, namespace, labels }: Workload): string {
  return JSON.stringify([name, image, service, namespace, labels])
}
