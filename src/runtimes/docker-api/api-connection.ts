import { setTimeout as sleep } from 'node:timers/promises'
import { engineLimits } from '../limits.ts'
import { isAlive } from '../processes.ts'
import {
  type ContainerEvent,
  readContainer,
  readEvent,
  readIds,
  readPodName,
  readVersion,
} from './answers.ts'
import type { ContainerDetails, ContainerTable } from '../engine/container-table.ts'
import type { EngineConnection, EngineKind } from '../engine/engine.ts'
import type { Dialect } from './dialect.ts'
import { EngineClient } from './engine-client.ts'
import { EngineError, toEngineError } from '../engine/engine-error.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import { PodNames } from './pod-names.ts'

/**
 * Docker's and Podman's API over HTTP. Every event only says that a container is to be looked at: what is reported is what the engine then describes, so that events may come twice, late or out of order.
 */
export class ApiConnection implements EngineConnection {
  readonly #client: EngineClient
  readonly #dialect: Dialect
  readonly #table: ContainerTable
  readonly #lost = Promise.withResolvers<EngineError>()
  /** Containers that are being looked at; `again` when something happened meanwhile. */
  readonly #looks = new Map<string, Look>()
  #base = ''
  #inspectBase = ''
  #podNames = new PodNames(async () => undefined)
  #relistTimer: NodeJS.Timeout | undefined
  #relisting = false
  #relistAgain = false

  constructor(socketPath: string, dialect: Dialect, table: ContainerTable) {
    this.#client = new EngineClient(socketPath)
    this.#dialect = dialect
    this.#table = table
  }

  get lost(): Promise<EngineError> {
    return this.#lost.promise
  }

  async open(): Promise<string> {
    const version = readVersion(await this.#client.get('/version', engineLimits.answerBytes))
    if (!this.#dialect.isMeant(version)) throw new EngineError('foreign', 'another engine answers')
    this.#base = this.#dialect.base(version)
    this.#inspectBase = this.#dialect.inspectBase(version)
    this.#podNames = new PodNames(async (pod) => this.#podName(pod))
    this.#follow(Date.now() - engineLimits.overlapMs)
    await Promise.race([this.#relist(), this.#failure()])
    this.#relistTimer = setInterval(() => this.relistSoon(), engineLimits.relistMs)
    return version.podman ?? `API ${version.apiVersion}`
  }

  relistSoon(): void {
    if (this.#relistTimer === undefined) return
    if (this.#relisting) this.#relistAgain = true
    else this.#relistUntilQuiet().catch(this.#fail)
  }

  async starting(start: ContainerStart): Promise<ContainerDetails | undefined> {
    if (this.#base === '') return undefined
    return this.#dialect.starting(start, async (filters) => {
      const query = `all=1&filters=${encodeURIComponent(JSON.stringify(filters))}`
      return this.#client.get(`${this.#base}/containers/json?${query}`, engineLimits.listBytes)
    })
  }

  close(): void {
    clearInterval(this.#relistTimer)
    this.#client.close()
    this.#lost.resolve(new EngineError('ended', 'closed'))
  }

  readonly #fail = (cause: unknown): void => this.#lost.resolve(toEngineError(cause))

  async #failure(): Promise<never> {
    throw await this.#lost.promise
  }

  #follow(since: number): void {
    const filters = encodeURIComponent(JSON.stringify(this.#dialect.eventFilters))
    const path = `${this.#base}/events?since=${(since / 1000).toFixed(3)}&filters=${filters}`
    this.#client.stream(path, (line) => this.#event(line)).catch(this.#fail)
  }

  #event(line: string): void {
    const event = readEvent(line)
    if (event !== undefined) this.#look(event).catch(this.#fail)
  }

  async #relistUntilQuiet(): Promise<void> {
    this.#relisting = true
    do {
      this.#relistAgain = false
      await this.#relist()
    } while (this.#relistAgain)
    this.#relisting = false
  }

  /** Looks at what is new and what is not there any more; events have told of the rest. */
  async #relist(): Promise<void> {
    const filters = encodeURIComponent(JSON.stringify({ status: ['running', 'paused'] }))
    const path = `${this.#base}/containers/json?filters=${filters}`
    const listed = readIds(await this.#client.get(path, engineLimits.listBytes))
    const known = new Set(this.#table.ids)
    const at = Date.now()
    const isFirst = this.#relistTimer === undefined
    const differing = new Set(listed).symmetricDifference(known)
    await Promise.all(
      (isFirst ? new Set(listed).union(known) : differing)
        .values()
        .map(async (container) => this.#look({ container, at })),
    )
  }

  /** One look at a container at a time; what happens meanwhile makes for one more. */
  async #look(event: ContainerEvent): Promise<void> {
    const under = this.#looks.get(event.container)
    if (under !== undefined) {
      under.again = event
      return under.done
    }
    const look: Look = { again: event, done: Promise.resolve() }
    this.#looks.set(event.container, look)
    look.done = this.#lookUntilQuiet(look).finally(() => this.#looks.delete(event.container))
    return look.done
  }

  async #lookUntilQuiet(look: Look): Promise<void> {
    while (look.again !== undefined) {
      const { container, at } = look.again
      look.again = undefined
      await this.#lookOnce(container, at)
    }
  }

  async #lookOnce(id: string, at: number): Promise<void> {
    try {
      const details = await this.#describe(id)
      const pod = details.pod === undefined ? undefined : await this.#podNames.get(details.pod)
      this.#table.update(details, at, pod)
    } catch (cause) {
      if (!(cause instanceof EngineError) || cause.code !== 'status') throw cause
      // Being removed, it is described with difficulty: then it stays as it was until the next event or listing.
      if (cause.status === 404) this.#table.remove(id, at)
    }
  }

  /** The engine learns a moment late that a process has ended; one in another pid namespace is never found here. */
  async #describe(id: string): Promise<ContainerDetails> {
    for (let tries = 1; ; tries++) {
      const path = `${this.#inspectBase}/containers/${id}/json`
      const details = readContainer(await this.#client.get(path, engineLimits.inspectBytes))
      if (!details.isRunning || isAlive(details.pid) || tries === engineLimits.deadLooks) return details
      await sleep(engineLimits.deadLookMs)
    }
  }

  async #podName(pod: string): Promise<string | undefined> {
    return readPodName(
      await this.#client.get(`${this.#inspectBase}/pods/${pod}/json`, engineLimits.answerBytes),
    )
  }
}

/** An engine that speaks this dialect. */
export function apiEngine(dialect: Dialect): EngineKind {
  return {
    runtime: dialect.runtime,
    connect: (socketPath, table) => new ApiConnection(socketPath, dialect, table),
  }
}

interface Look {
  again: ContainerEvent | undefined
  done: Promise<void>
}
