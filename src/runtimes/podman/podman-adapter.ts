import { join } from 'node:path'
import { apiEngine } from '../docker-api/api-connection.ts'
import { negotiateApi, type Dialect } from '../docker-api/dialect.ts'
import { SocketAdapter } from '../engine/socket-adapter.ts'
import { findSockets, isGlob } from '../engine/sockets.ts'
import { watchFolder } from '../folder-watch.ts'
import { socketLimits } from '../limits.ts'
import type { EngineAdapter, WorkloadListener } from '../runtime.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import { storedContainer } from './stored-container.ts'
import { PodmanService, type PodmanServiceOptions } from './podman-service.ts'

/** The machine's engine, and those of users without root. */
const podmanSockets: readonly string[] = ['/run/podman/podman.sock', '/run/user/*/podman/podman.sock']

export interface PodmanOptions {
  /** Paths or globs. */
  sockets: readonly string[]
  /** How to serve the API ourselves while none of the sockets that are no globs is there; left out: not at all. */
  service?: PodmanServiceOptions | undefined
  /** Podman's folder of what holds until the next boot. */
  runFolder?: string | undefined
}

/** Podman of a real machine. */
export const machinePodman: PodmanOptions = {
  sockets: podmanSockets,
  service: { command: ['podman'], usedFolder: '/run/libpod', runFolder: '/run' },
  runFolder: '/run/libpod',
}

/**
 * What Podman's programs write there at once when a container starts (its log of events) and ends (a file from its
 * monitor). Its service reads the log four times a second only.
 */
const tellingFolders = ['events', 'exits'] as const

const podman: Dialect = {
  runtime: 'podman',
  isMeant: (version) => version.podman !== undefined,
  base: (version) => `/v${negotiateApi(version)}`,
  // Its own form of the description also tells the pod.
  inspectBase: (version) => `/v${version.podman?.replace(/[^0-9.].*$/, '')}/libpod`,
  // It answers nothing about a container while it starts it.
  starting: async ({ id, bundle }) => storedContainer(bundle, id),
  // By type only: its names of events have changed with its versions.
  eventFilters: { type: ['container', 'network'] },
}

/** Podman by its sockets, or by a service of our own where there is none. */
export class PodmanAdapter implements EngineAdapter {
  readonly name = 'podman'
  readonly #sockets: readonly string[]
  readonly #adapter: SocketAdapter
  readonly #service: PodmanService | undefined
  readonly #runFolder: string | undefined
  #watches: ({ close(): void } | undefined)[] = []
  #timer: NodeJS.Timeout | undefined
  #serving: Promise<void> = Promise.resolve()
  #lastFailure: string | undefined
  #isStopped = false

  constructor({ sockets, service, runFolder }: PodmanOptions) {
    this.#runFolder = runFolder
    this.#sockets = sockets
    this.#service = service === undefined ? undefined : new PodmanService(service)
    this.#adapter = new SocketAdapter(apiEngine(podman), sockets, () => this.#find())
  }

  async start(listener: WorkloadListener): Promise<void> {
    this.#serving = this.#serve(listener)
    await this.#serving
    if (this.#isStopped) return
    await this.#adapter.start(listener)
    this.#watchRunFolder()
    this.#serveLater(listener)
  }

  async starting(start: ContainerStart): Promise<void> {
    return this.#adapter.starting(start)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    for (const watch of this.#watches) watch?.close()
    await this.#adapter.stop()
    await this.#serving
    await this.#service?.stop()
  }

  /** Podman may be installed or used later, and its service may end. */
  #serveLater(listener: WorkloadListener): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#serving = this.#serve(listener).then(() => {
        this.#adapter.look()
        this.#watchRunFolder()
        this.#serveLater(listener)
      })
    }, socketLimits.lookAgainMs)
  }

  /** The folders are made when Podman is first used. */
  #watchRunFolder(): void {
    const folder = this.#runFolder
    if (this.#isStopped || folder === undefined || this.#watches.some((watch) => watch !== undefined)) return
    this.#watches = tellingFolders.map((name) =>
      watchFolder(join(folder, name), undefined, () => this.#adapter.relistSoon()),
    )
  }

  /** What our own service tells is what the machine's would. */
  #find(): string[] {
    const own = this.#service?.isRunning === true ? this.#service.socketPath : undefined
    return own === undefined
      ? findSockets(this.#sockets)
      : findSockets([own, ...this.#sockets.filter(isGlob)])
  }

  /** Starts our service where it is wanted and does not run. */
  async #serve(listener: WorkloadListener): Promise<void> {
    const service = this.#service
    if (service === undefined || service.isRunning || !service.isWanted) return
    if (findSockets(this.#sockets.filter((socket) => !isGlob(socket))).length > 0) return
    const failure = await service.start()
    if (failure !== undefined && failure !== this.#lastFailure && !this.#isStopped)
      listener({ kind: 'runtime', runtime: 'podman', state: 'lost', detail: failure, at: Date.now() })
    this.#lastFailure = failure
  }
}
