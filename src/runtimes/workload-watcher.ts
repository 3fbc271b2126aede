import type { RuntimeName, Workload, WorkloadEvent } from '../model/workload.ts'
import { containerdAdapter, containerdSockets } from './containerd/containerd-adapter.ts'
import { dockerAdapter, dockerSockets } from './docker/docker-adapter.ts'
import { ClaimTable } from './claim-table.ts'
import { namedNetnsFolder, NetnsAdapter, type NetnsOptions } from './netns/netns-adapter.ts'
import { machinePodman, PodmanAdapter, type PodmanOptions } from './podman/podman-adapter.ts'
import type { EngineAdapter, RuntimeAdapter, WorkloadListener } from './runtime.ts'
import type { ContainerStart } from './starts/container-start.ts'

/** Where an engine is asked: paths of sockets; one component may be `*`. */
export interface EngineOptions {
  sockets: readonly string[]
}

/** Left out: the usual place on a real machine. `false`: not watched. */
export interface WatcherOptions {
  docker?: EngineOptions | false | undefined
  podman?: PodmanOptions | false | undefined
  containerd?: EngineOptions | false | undefined
  netns?: NetnsOptions | false | undefined
  /** Of this machine, where its workloads are told of together with those of others. */
  node?: string | undefined
}

/** What runs on this machine, whichever engine runs it: each workload once. */
export class WorkloadWatcher {
  readonly #listener: WorkloadListener
  readonly #engines: EngineAdapter[]
  readonly #bare: RuntimeAdapter[]
  readonly #claims = new ClaimTable()
  #isStopped = false

  constructor(options: WatcherOptions, listener: WorkloadListener) {
    this.#listener = listener
    this.#engines = engineAdapters(options)
    this.#bare = bareAdapters(options)
  }

  /** What has been announced and not stopped since, by id. */
  get workloads(): ReadonlyMap<string, Workload> {
    return this.#claims.announced
  }

  /** Resolves when all that runs has been told, or its engine was found absent. Never rejects. */
  async start(): Promise<void> {
    await this.#startAll(this.#engines)
    // Only now is it known which namespaces are a container's.
    if (!this.#isStopped) await this.#startAll(this.#bare)
  }

  /** A container is about to start: what it is has been told when this resolves, where an engine knows it. Never rejects. */
  async starting(start: ContainerStart): Promise<void> {
    await Promise.all(this.#engines.map(async (adapter) => adapter.starting(start)))
  }

  /** Nothing is reported any more once this was called. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all([...this.#engines, ...this.#bare].map(async (adapter) => adapter.stop()))
  }

  async #startAll(adapters: RuntimeAdapter[]): Promise<void> {
    await Promise.all(
      adapters.map(async (adapter) => adapter.start((event) => this.#take(adapter.name, event))),
    )
  }

  #take(runtime: RuntimeName, event: WorkloadEvent): void {
    if (this.#isStopped) return
    if (event.kind === 'runtime') return this.#listener(event)
    for (const told of this.#claims.take(runtime, event)) this.#listener(told)
  }
}

function engineAdapters({ docker, podman, containerd }: WatcherOptions): EngineAdapter[] {
  const adapters: EngineAdapter[] = []
  if (docker !== false) adapters.push(dockerAdapter(docker ?? { sockets: dockerSockets }))
  if (podman !== false) adapters.push(new PodmanAdapter(podman ?? machinePodman))
  if (containerd !== false) adapters.push(containerdAdapter(containerd ?? { sockets: containerdSockets }))
  return adapters
}

function bareAdapters({ netns, node }: WatcherOptions): RuntimeAdapter[] {
  if (netns === false) return []
  return [new NetnsAdapter({ node, ...(netns ?? { folder: namedNetnsFolder }) })]
}
