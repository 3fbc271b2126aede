import type { TestContext } from 'node:test'
import { WatchedProcesses } from '../../src/enforcer/processes/watched-processes.ts'
import type { FileRecord, ProcessRecord } from '../../src/model/records.ts'
import type { Workload } from '../../src/model/workload.ts'
import {
  type Baseline,
  emptyPolicy,
  type FileRule,
  type Mode,
  type ProcessRule,
} from '../../src/policy/definition.ts'
import { LivePolicy } from '../../src/policy/live/live-policy.ts'
import { eventually } from '../controller/fixture.ts'

/** What the group of the watched container is to have. */
export interface Wanted {
  mode: Mode
  baseline?: Baseline
  processes?: Partial<ProcessRule>[]
  files?: Partial<FileRule>[]
}

type Told = FileRecord | ProcessRecord

/** One container, watched as an enforcer does, without a controller. */
export class Watching {
  readonly gaps: string[] = []
  readonly #records = new Map<string, Told>()
  readonly #policy = new LivePolicy(emptyPolicy)
  readonly #watched: WatchedProcesses

  constructor(t: TestContext) {
    this.#watched = new WatchedProcesses({
      policy: this.#policy,
      run: 'run',
      redact: async (texts) => texts,
      tell: ({ recordId, text }) => void this.#records.set(recordId, JSON.parse(text) as Told),
      failed: (reason) => void this.gaps.push(reason),
      gap: (reason, detail) => void this.gaps.push(`${reason}: ${detail}`),
    })
    t.after(async () => this.stop())
  }

  async stop(): Promise<void> {
    await this.#watched.stop()
  }

  /** @param pid of the container's first process */
  start(pid: number): void {
    const workload: Workload = {
      ...{ id: 'docker:shop', runtime: 'docker', name: 'shop', image: null, labels: {}, service: 'shop' },
      ...{ namespace: 'default', pid, netns: null, netnsPath: null, hostNetwork: false, addresses: [] },
      startedAt: new Date().toISOString(),
    }
    this.#policy.started(workload, 'node')
    this.#watched.workload({ workload, coverage: 'seen' })
  }

  define({ mode, baseline = 'basic', processes = [], files = [] }: Wanted): void {
    const profile = {
      baseline,
      processes: processes.map((rule) => ({ action: 'allow' as const, name: '', path: '', ...rule })),
      files: files.map((rule) => ({
        ...{ filter: '', behavior: 'monitor_change' as const, recursive: false, applications: [] },
        ...rule,
      })),
    }
    const group = { name: 'nv.shop.default', criteria: [], profileMode: mode, profile }
    this.#policy.define({ ...emptyPolicy, groups: [group] })
    this.#watched.policyChanged()
  }

  /** Resolves with the first file record that is wanted. */
  file(wanted: (record: FileRecord) => boolean, what: string): Promise<FileRecord> {
    return this.#until((record) => record.type === 'file' && wanted(record), what) as Promise<FileRecord>
  }

  process(wanted: (record: ProcessRecord) => boolean, what: string): Promise<ProcessRecord> {
    return this.#until(
      (record) => record.type === 'process' && wanted(record),
      what,
    ) as Promise<ProcessRecord>
  }

  /** File records so far that are wanted. */
  files(wanted: (record: FileRecord) => boolean): FileRecord[] {
    return [...this.#records.values()].filter((record) => record.type === 'file').filter(wanted)
  }

  /** Process records so far that are wanted. */
  told(wanted: (record: ProcessRecord) => boolean): ProcessRecord[] {
    return [...this.#records.values()].filter((record) => record.type === 'process').filter(wanted)
  }

  async #until(wanted: (record: Told) => boolean, what: string): Promise<Told> {
    const find = () => [...this.#records.values()].find(wanted)
    await eventually(() => find() !== undefined, what).catch((error: Error) =>
      Promise.reject(new Error(`${error.message}\n${JSON.stringify([...this.#records.values()], null, 1)}`)),
    )
    return find()!
  }
}
