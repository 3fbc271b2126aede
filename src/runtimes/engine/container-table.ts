import { isDeepStrictEqual } from 'node:util'
import type { RuntimeName, Workload } from '../../model/workload.ts'
import { engineLimits } from '../limits.ts'
import { nameService } from '../naming.ts'
import { hostNetns, isAlive, mayBeInContainer, netnsOf, netnsPathOf } from '../processes.ts'
import type { WorkloadListener } from '../runtime.ts'

/** One container as its engine describes it. */
export interface ContainerDetails {
  id: string
  name: string
  image: string | null
  labels: Record<string, string>
  /** 0 while it does not run. */
  pid: number
  isRunning: boolean
  /** RFC 3339. */
  startedAt: string
  networkMode: string
  /** Of all its networks, IPv4 and IPv6, without prefix length. */
  addresses: string[]
  /** Id of its Podman pod. */
  pod: string | undefined
}

/** The containers of one engine that run, and what has been said of them. */
export class ContainerTable {
  readonly #runtime: RuntimeName
  readonly #listener: WorkloadListener
  readonly #running = new Map<string, Workload>()
  /** Their processes wait to become the first one: to the engine they do not run yet. */
  readonly #starting = new Map<string, number>()
  /** First process that was told of last, also of what has ended. Oldest first. */
  readonly #processes = new Map<string, number>()
  #refused = 0

  constructor(runtime: RuntimeName, listener: WorkloadListener) {
    this.#runtime = runtime
    this.#listener = listener
  }

  /** Ids, as the engine gives them, of what runs. */
  get ids(): string[] {
    return [...this.#running.keys()]
  }

  /** Containers that were not taken because there are too many. */
  get refused(): number {
    return this.#refused
  }

  /** It is about to start; `pid` is there. Told as one that runs, so that all is in place when it does. */
  starting(details: ContainerDetails, pid: number, at: number): void {
    const startedAt = new Date(at).toISOString()
    this.update({ ...details, pid, isRunning: true, startedAt }, at)
    remember(this.#starting, details.id, pid)
  }

  /** What a container is now. `at` is when it was seen to change, ms since 1970; its start has a time of its own. */
  update(details: ContainerDetails, at: number, podName?: string): void {
    const starting = this.#starting.get(details.id)
    if (!details.isRunning) {
      if (starting === undefined || !isAlive(starting)) this.remove(details.id, at)
      return
    }
    const before = this.#running.get(details.id)
    const workload = describe(this.#runtime, details, podName)
    // It has ended, which the engine tells late, or did before it gave this answer: what was known of it while it ran is
    // what it was. Asked only now, for it may have ended while it was described.
    if (this.#processes.get(details.id) === details.pid && !isAlive(details.pid)) return
    this.#starting.delete(details.id)
    if (before === undefined && this.#running.size >= engineLimits.containers) {
      this.#refused++
      return
    }
    if (isDeepStrictEqual(before, workload)) return
    const isAnother =
      before !== undefined && (before.pid !== workload.pid || before.startedAt !== workload.startedAt)
    const isNewRun = isAnother && workload.pid !== (starting ?? null)
    if (isNewRun) this.remove(details.id, at)
    this.#running.set(details.id, workload)
    if (workload.pid !== null) remember(this.#processes, details.id, workload.pid)
    const isNew = before === undefined || isNewRun
    this.#listener({ kind: 'started', workload, at: isNew ? Date.parse(workload.startedAt) : at })
  }

  remove(id: string, at: number): void {
    const workload = this.#running.get(id)
    this.#starting.delete(id)
    if (workload === undefined) return
    this.#running.delete(id)
    this.#listener({ kind: 'stopped', id: workload.id, at })
  }

  /** While the engine does not answer, the kernel tells which containers have ended. */
  sweep(at: number): void {
    for (const [id, { pid, netns }] of this.#running)
      if (pid !== null && (netnsOf(pid) !== netns || !mayBeInContainer(pid, id))) this.remove(id, at)
  }

  /** Nothing of the engine is known any more. */
  clear(at: number): void {
    for (const id of this.ids) this.remove(id, at)
  }
}

/** As the latest of a bounded number. */
function remember(processes: Map<string, number>, id: string, pid: number): void {
  processes.delete(id)
  processes.set(id, pid)
  if (processes.size > engineLimits.containers) processes.delete([...processes.keys()][0])
}

function describe(runtime: RuntimeName, details: ContainerDetails, podName?: string): Workload {
  const { id, name, image, labels, addresses, startedAt } = details
  const pid = mayBeInContainer(details.pid, id) ? details.pid : null
  const netns = pid === null ? null : netnsOf(pid)
  return {
    id: `${runtime}:${id}`,
    runtime,
    name,
    image,
    labels,
    ...nameService({ labels, image, name, pod: podName }),
    pid,
    netns,
    netnsPath: pid === null ? null : netnsPathOf(pid),
    // Where the engine itself is in a container, its "host" is that container, whose namespace is as good as any.
    hostNetwork: netns === null ? details.networkMode === 'host' : netns === hostNetns(),
    addresses,
    startedAt,
  }
}
