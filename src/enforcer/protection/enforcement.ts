import type { Log } from '../../lib/log.ts'
import type { PeerWorkload, WorkloadProtection, WorkloadState } from '../../model/enforcer-messages.ts'
import type { EnforcedPolicy } from '../policy/enforced-policy.ts'
import type { PeerChange } from '../policy/remote-peers.ts'
import type { WorkerOrder, WorkerReport } from '../worker-messages.ts'
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
  /** Addresses that somebody else has now, or nobody: of the workload that changed last. */
  #moved: readonly string[] = []

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
    order({ kind: 'policy', definition: policy.live.definition })
    this.#unlisten = policy.onChange((change) => {
      if (change === 'policy') order({ kind: 'policy', definition: policy.live.definition })
      this.#protection.policyChanged(change === 'workloads' ? this.#moved : undefined)
    })
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
    const before = policy.live.workload(workload.id)?.addresses ?? []
    this.#moved = [...new Set([...before, ...workload.addresses])]
    if (stoppedAt === undefined) order({ kind: 'workload', workload, node, isHere: true })
    else order({ kind: 'workload-gone', id: workload.id })
  }

  /** The same of pods of other nodes. */
  peersChanged({ peers, gone }: PeerChange): void {
    const { order, node: home, policy } = this.#options
    const isElsewhere = ({ workload }: PeerWorkload) => policy.live.nodeOf(workload.id) !== home
    const before = peers.flatMap(({ workload }) => policy.live.workload(workload.id) ?? [])
    const moved = [...before, ...[...peers, ...gone].map(({ workload }) => workload)]
    this.#moved = [...new Set(moved.flatMap(({ addresses }) => addresses))]
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
