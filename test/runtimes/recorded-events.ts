import type { TestContext } from 'node:test'
import type { Workload, WorkloadEvent } from '../../src/model/workload.ts'
import { WorkloadWatcher, type WatcherOptions } from '../../src/runtimes/workload-watcher.ts'
import { eventually } from './engines/programs.ts'

type Started = Extract<WorkloadEvent, { kind: 'started' }>

/** Engines that a test does not name are not watched. */
const none: WatcherOptions = { docker: false, podman: false, containerd: false, netns: false }

/** A watcher with what it has told, in order, and when. */
export class RecordedEvents {
  readonly watcher: WorkloadWatcher
  readonly events: { event: WorkloadEvent; receivedAt: number }[] = []

  constructor(t: TestContext, options: WatcherOptions) {
    this.watcher = new WorkloadWatcher({ ...none, ...options }, (event) =>
      this.events.push({ event, receivedAt: Date.now() }),
    )
    t.after(async () => this.watcher.stop())
  }

  /** Names of what runs now, in order. */
  get names(): string[] {
    return [...this.watcher.workloads.values()].map(({ name }) => name).sort()
  }

  /** States that were told of engines. */
  get states(): string[] {
    return this.events.flatMap(({ event }) => (event.kind === 'runtime' ? [event.state] : []))
  }

  find(name: string): Workload | undefined {
    return this.watcher.workloads.values().find((workload) => workload.name === name)
  }

  /** What was told of a workload, in order. */
  of(id: string): Exclude<WorkloadEvent, { kind: 'runtime' }>[] {
    const told = this.events.map(({ event }) => event).filter((event) => event.kind !== 'runtime')
    return told.filter((event) => (event.kind === 'started' ? event.workload.id : event.id) === id)
  }

  /** Milliseconds from when the container was started to when it was told. */
  async startLatency(name: string): Promise<number> {
    const { event, receivedAt } = await eventually(`${name} is told of`, 10_000, () =>
      this.events.find((entry) => entry.event.kind === 'started' && entry.event.workload.name === name),
    )
    return receivedAt - Date.parse((event as Started).workload.startedAt)
  }

  /** Milliseconds from `since` to when it was told that this workload had stopped. */
  async stopLatency(id: string, since: number): Promise<number> {
    const { receivedAt } = await eventually(`${id} is told to have stopped`, 10_000, () =>
      this.events.find(
        ({ event, receivedAt }) => event.kind === 'stopped' && event.id === id && receivedAt >= since,
      ),
    )
    return receivedAt - since
  }

  async until(what: string, isSo: () => boolean, ms = 10_000): Promise<void> {
    await eventually(what, ms, isSo)
  }
}
