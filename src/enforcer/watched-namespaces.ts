import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Workload } from '../model/workload.ts'
import type { Enforcement, NamespaceState } from './protection/enforcement.ts'
import { RingBudget } from './ring-budget.ts'
import type { Subject, WorkerOrder, WorkerReport } from './worker-messages.ts'

/** A network namespace with the workloads that share it: the containers of a pod, `--network container:…`. */
interface Namespace {
  network: number
  inode: number
  /** By id; the one that runs longest stands for the namespace's traffic: it is the one that others joined. */
  workloads: Map<string, Workload>
  /** Ids of those whose engine does not know their addresses. */
  unaddressed: Set<string>
  /** Workers that have not answered yet. */
  awaited: number
  attachedAt: number
  failure: { code: string; detail: string } | undefined
  protection: NamespaceState | undefined
}

type NamespaceReport = Extract<
  WorkerReport,
  { kind: 'attached' | 'attach-failed' | 'detached' | 'addresses' }
>

interface Known {
  state: WorkloadState
  /** Engine's time of its start, ms since 1970. */
  startedAt: number
}

export interface WatchOptions {
  workers: number
  order: (order: WorkerOrder) => void
  /** Inode of the host's own network namespace. */
  hostNamespace: number
  /** Addresses of a namespace's interfaces, for engines that do not tell. */
  addressesOf: (netnsPath: string) => string[]
  changed: (state: WorkloadState) => void
  /** The traffic of a workload is not seen, and was or might have been before. */
  blind: (state: WorkloadState) => void
  /** Whoever protects namespaces. */
  protection: Pick<Enforcement, 'present' | 'gone'>
}

type Failure = Exclude<WorkloadState['coverage'], 'seen' | 'starting'>

const failures: Record<string, Failure> = {
  'not-permitted': 'not-permitted',
  'no-namespace': 'no-namespace',
}

/** Which namespaces are watched, for which workloads, and what of each is seen. */
export class WatchedNamespaces {
  readonly #options: WatchOptions
  readonly #known = new Map<string, Known>()
  readonly #byInode = new Map<number, Namespace>()
  readonly #byNetwork = new Map<number, Namespace>()
  readonly #budget: RingBudget
  #networks = 0

  constructor(options: WatchOptions) {
    this.#options = options
    this.#budget = new RingBudget(options.workers)
  }

  states(): WorkloadState[] {
    return [...this.#known.values()].map(({ state }) => state)
  }

  /** Runs now, or has changed. `at` is the engine's time, ms since 1970. */
  started(workload: Workload, at: number): void {
    const before = this.#known.get(workload.id)
    if (before !== undefined && before.state.workload.netns !== workload.netns) this.stopped(workload.id, at)
    const startedAt = this.#known.get(workload.id)?.startedAt ?? at
    const blind = this.#whyNotSeen(workload)
    if (blind === undefined) this.#join(workload, startedAt)
    else this.#tell({ workload, ...blind }, startedAt)
  }

  /** Its start was held until now: what came before was not missed. @param at - ms since 1970 */
  released(id: string, at: number): void {
    const known = this.#known.get(id)
    const namespace = this.#byInode.get(known?.state.workload.netns ?? -1)
    if (known !== undefined && namespace !== undefined) this.#tellOf(namespace, known.state.workload, at)
  }

  stopped(id: string, at: number): void {
    const known = this.#known.get(id)
    if (known === undefined) return
    this.#known.delete(id)
    this.#options.changed({ ...known.state, stoppedAt: new Date(at).toISOString() })
    const namespace = this.#byInode.get(known.state.workload.netns ?? -1)
    if (namespace?.workloads.delete(id) === true) this.#left(namespace)
  }

  /** What a worker said of a namespace. */
  report(report: NamespaceReport): void {
    if (report.kind === 'detached') return this.#budget.giveBack(report.network)
    const namespace = this.#byNetwork.get(report.network)
    if (namespace === undefined) return
    if (report.kind === 'addresses') return this.#addressed(namespace, report.addresses)
    namespace.awaited--
    if (report.kind === 'attached') namespace.attachedAt = Math.max(namespace.attachedAt, report.at)
    else namespace.failure ??= { code: report.code, detail: report.detail }
    if (namespace.awaited === 0) this.#settled(namespace)
  }

  /** The addresses of its interfaces, for the workloads whose engine does not know them. */
  #addressed(namespace: Namespace, addresses: readonly string[]): void {
    for (const workload of namespace.workloads.values()) {
      if (!namespace.unaddressed.has(workload.id) || addresses.join() === workload.addresses.join()) continue
      const addressed = { ...workload, addresses: [...addresses] }
      namespace.workloads.set(workload.id, addressed)
      const known = this.#known.get(workload.id)
      if (known !== undefined) this.#tellOf(namespace, addressed, known.startedAt)
    }
  }

  #whyNotSeen({ hostNetwork, netns, netnsPath }: Workload): Blind | undefined {
    if (hostNetwork || netns === this.#options.hostNamespace) {
      const detail = 'it shares the network of the host: its traffic cannot be told from that of others'
      return { coverage: 'host-network', detail }
    }
    if (netns !== null && netnsPath !== null) return undefined
    return { coverage: 'no-namespace', detail: 'its network namespace could not be found' }
  }

  #join(told: Workload, startedAt: number): void {
    const isAddressed = told.addresses.length > 0
    const workload = isAddressed ? told : { ...told, addresses: this.#addresses(told) }
    const inode = workload.netns as number
    const known = this.#byInode.get(inode)
    const namespace = known ?? this.#make(inode)
    namespace.workloads.set(workload.id, workload)
    if (isAddressed) namespace.unaddressed.delete(workload.id)
    else namespace.unaddressed.add(workload.id)
    if (known === undefined) this.#attach(namespace, workload)
    else this.#options.order({ kind: 'subject', network: known.network, subject: requireSubject(known) })
    this.#tellOf(namespace, workload, startedAt)
    this.#protect(namespace, workload.netnsPath as string)
  }

  /** After it has been told of: by then it is known in which groups it is. */
  #protect(namespace: Namespace, path: string): void {
    const { workload: first } = requireSubject(namespace)
    const others = [...namespace.workloads.keys()].filter((id) => id !== first)
    this.#options.protection.present(namespace.network, path, [first, ...others])
  }

  /** How a namespace is protected has changed. */
  protected(network: number, protection: NamespaceState): void {
    const namespace = this.#byNetwork.get(network)
    if (namespace === undefined) return
    const { heldAt = namespace.protection?.heldAt } = protection
    namespace.protection = { ...protection, ...(heldAt === undefined ? {} : { heldAt }) }
    this.#tellOfAll(namespace)
  }

  /** The workload that a namespace stands for. */
  subjectOf(network: number): string | undefined {
    const namespace = this.#byNetwork.get(network)
    return namespace === undefined ? undefined : subjectOf(namespace)?.workload
  }

  #make(inode: number): Namespace {
    const network = ++this.#networks
    const namespace: Namespace = {
      network,
      inode,
      workloads: new Map(),
      unaddressed: new Set(),
      awaited: 0,
      attachedAt: 0,
      failure: undefined,
      protection: undefined,
    }
    this.#byInode.set(inode, namespace)
    this.#byNetwork.set(network, namespace)
    return namespace
  }

  #attach(namespace: Namespace, { netnsPath }: Workload): void {
    const { network } = namespace
    namespace.awaited = this.#options.workers
    const blocks = this.#budget.take(network)
    const subject = requireSubject(namespace)
    this.#options.order({ kind: 'attach', network, netnsPath: netnsPath as string, blocks, subject })
  }

  /** All workers have answered. One that cannot read its share would leave flows unseen: then none of them reads. */
  #settled(namespace: Namespace): void {
    if (namespace.failure !== undefined) this.#options.order({ kind: 'detach', network: namespace.network })
    this.#tellOfAll(namespace)
  }

  #tellOfAll(namespace: Namespace): void {
    for (const workload of namespace.workloads.values()) {
      const known = this.#known.get(workload.id)
      if (known !== undefined) this.#tellOf(namespace, workload, known.startedAt)
    }
  }

  /** A workload has gone; with the last one goes the namespace. */
  #left(namespace: Namespace): void {
    const subject = subjectOf(namespace)
    if (subject !== undefined) {
      this.#options.order({ kind: 'subject', network: namespace.network, subject })
      const [{ netnsPath }] = namespace.workloads.values()
      return this.#protect(namespace, netnsPath as string)
    }
    this.#options.protection.gone(namespace.network)
    this.#byInode.delete(namespace.inode)
    this.#byNetwork.delete(namespace.network)
    this.#options.order({ kind: 'detach', network: namespace.network })
  }

  #tellOf(namespace: Namespace, workload: Workload, startedAt: number): void {
    const { awaited, failure, attachedAt } = namespace
    const protection = protectionOf(namespace, startedAt)
    if (failure !== undefined) {
      const coverage = failures[failure.code] ?? 'tap-failed'
      return this.#tell({ workload, coverage, detail: failure.detail, ...protection }, startedAt)
    }
    if (awaited > 0) return this.#tell({ workload, coverage: 'starting', ...protection }, startedAt)
    const attachedAfterMs = Math.max(0, attachedAt - startedAt)
    this.#tell({ workload, coverage: 'seen', attachedAfterMs, ...protection }, startedAt)
  }

  #tell(state: WorkloadState, startedAt: number): void {
    const { id } = state.workload
    const before = this.#known.get(id)?.state.coverage
    this.#known.set(id, { state, startedAt })
    this.#options.changed(state)
    const isSeen = state.coverage === 'seen' || state.coverage === 'starting'
    if (!isSeen && state.coverage !== before) this.#options.blind(state)
  }

  #addresses({ netnsPath }: Workload): string[] {
    try {
      return this.#options.addressesOf(netnsPath as string)
    } catch {
      return [] // The tap will say what is wrong with the namespace.
    }
  }
}

interface Blind {
  coverage: Failure
  detail: string
}

function protectionOf({ protection }: Namespace, startedAt: number): Pick<WorkloadState, 'protection'> {
  if (protection === undefined || protection.kind === 'none') return {}
  const { heldAt, ...rest } = protection
  return {
    protection: { ...rest, ...(heldAt === undefined ? {} : { afterMs: Math.max(0, heldAt - startedAt) }) },
  }
}

function subjectOf({ workloads }: Namespace): Subject | undefined {
  let first: Workload | undefined
  for (const workload of workloads.values())
    if (first === undefined || Date.parse(workload.startedAt) < Date.parse(first.startedAt)) first = workload
  return first === undefined ? undefined : { workload: first.id, addresses: first.addresses }
}

function requireSubject(namespace: Namespace): Subject {
  return subjectOf(namespace) as Subject
}
