import { basename, dirname } from 'node:path'
import type { ContainerDetails, ContainerTable } from '../engine/container-table.ts'
import type { EngineConnection } from '../engine/engine.ts'
import { type EngineError, EngineError as Failure } from '../engine/engine-error.ts'
import { engineLimits } from '../limits.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import { ContainerdClient, type ContainerMessage, type EventMessage, type ProcessMessage } from './client.ts'
import { containerDetails, isSandbox } from './container-details.ts'
import { firstString } from './first-field.ts'
import type { StartTimes } from './start-times.ts'

/** Of containers and of their first and further processes: all that may change what runs. */
const filters = [
  'topic~="^/tasks/(start|exit|delete|oom|paused|resumed)$"',
  'topic~="^/containers/(update|delete)$"',
]

/**
 * containerd's own API. As with other engines an event only says which container is to be looked at; whether it runs is
 * what containerd says of its first process then, so that the end of a process beside it (`exec`) is nothing.
 */
export class ContainerdConnection implements EngineConnection {
  readonly #socketPath: string
  readonly #table: ContainerTable
  readonly #starts: StartTimes
  readonly #lost = Promise.withResolvers<EngineError>()
  /** Containers that are being looked at; true when something happened meanwhile. */
  readonly #looks = new Map<string, boolean>()
  #client: ContainerdClient | undefined
  #relistTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(socketPath: string, table: ContainerTable, starts: StartTimes) {
    this.#socketPath = socketPath
    this.#table = table
    this.#starts = starts
  }

  get lost(): Promise<EngineError> {
    return this.#lost.promise
  }

  async open(): Promise<string> {
    const client = await ContainerdClient.connect(this.#socketPath)
    this.#client = client
    if (this.#isClosed) client.close()
    const version = await client.version()
    void client.events(filters, (event) => this.#event(event)).then(this.#lost.resolve)
    await Promise.race([this.#relist(), this.#failure()])
    // containerd does not say from when on it tells: what fell between is found by looking once more.
    setTimeout(() => this.relistSoon(), engineLimits.overlapMs).unref()
    this.#relistTimer = setInterval(() => this.relistSoon(), engineLimits.relistMs)
    return version
  }

  relistSoon(): void {
    if (this.#relistTimer !== undefined && !this.#isClosed) this.#relist().catch(this.#lost.resolve)
  }

  /** containerd keeps what it gives a runtime in `…/<namespace>/<container>`. */
  async starting({ id, pid, bundle }: ContainerStart): Promise<ContainerDetails | undefined> {
    const container = await this.#client?.container(basename(dirname(bundle)), id)
    if (container === undefined || isSandbox(container)) return undefined
    return { ...containerDetails(container, undefined, ''), pid }
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#relistTimer)
    this.#client?.close()
    this.#lost.resolve(new Failure('ended', 'closed'))
  }

  async #failure(): Promise<never> {
    throw await this.#lost.promise
  }

  #event({ namespace, event }: EventMessage): void {
    const id = event === null ? undefined : firstString(event.value)
    if (id !== undefined) this.#look(namespace, id).catch(this.#lost.resolve)
  }

  /** All that runs now, of every namespace; what is not there any more has stopped. */
  async #relist(): Promise<void> {
    const client = this.#client as ContainerdClient
    const seen = new Set<string>()
    for (const namespace of await client.namespaces()) {
      const [containers, processes] = await Promise.all([
        client.containers(namespace),
        client.processes(namespace),
      ])
      const byId = new Map(processes.map((process) => [process.id, process]))
      for (const container of containers) {
        seen.add(container.id)
        this.#take(container, byId.get(container.id))
      }
    }
    for (const id of this.#table.ids) if (!seen.has(id)) this.#gone(id)
  }

  /** One look at a container at a time; what happens meanwhile makes for one more. */
  async #look(namespace: string, id: string): Promise<void> {
    if (this.#looks.has(id)) {
      this.#looks.set(id, true)
      return
    }
    try {
      do {
        this.#looks.set(id, false)
        await this.#lookOnce(namespace, id)
      } while (this.#looks.get(id) === true)
    } finally {
      this.#looks.delete(id)
    }
  }

  async #lookOnce(namespace: string, id: string): Promise<void> {
    const client = this.#client as ContainerdClient
    const [container, process] = await Promise.all([
      client.container(namespace, id),
      client.process(namespace, id),
    ])
    if (container === undefined) this.#gone(id)
    else this.#take(container, process)
  }

  #take(container: ContainerMessage, process: ProcessMessage | undefined): void {
    if (isSandbox(container) || this.#isClosed) return
    const startedAt = process === undefined ? '' : this.#starts.of(container.id, process.pid)
    const details = containerDetails(container, process, startedAt)
    if (!details.isRunning) this.#starts.forget(container.id)
    this.#table.update(details, Date.now())
  }

  #gone(id: string): void {
    this.#starts.forget(id)
    this.#table.remove(id, Date.now())
  }
}
