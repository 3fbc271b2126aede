import { getRandomValues, randomBytes, randomUUID } from 'node:crypto'
import type { Log } from '../lib/log.ts'
import { type EnforcerStatus, type WorkloadState, wireLimits } from '../model/enforcer-messages.ts'
import type { CapturePart } from '../model/captures.ts'
import type { Workload, WorkloadEvent } from '../model/workload.ts'
import { forbidCoreDumps } from '../kernel/core-dumps.ts'
import { hostNetworkNamespace, interfaceAddresses } from '../kernel/namespaces.ts'
import { WorkloadWatcher, type WatcherOptions } from '../runtimes/workload-watcher.ts'
import type { SensorDefinitions } from '../personal-data/custom/definition.ts'
import type { SecLangFile } from '../attacks/seclang/rule-set.ts'
import type { SignatureFile } from '../attacks/signatures/signature-set.ts'
import type { ThreatSettings } from '../threats/settings.ts'
import { startRefusal } from '../privacy/map/start-admission.ts'
import { CoverageGaps } from './coverage-gaps.ts'
import { HeldStarts } from './held-starts.ts'
import { enforcerLimits } from './limits.ts'
import { EnforcedPolicy } from './policy/enforced-policy.ts'
import { endProgram } from './processes/end-program.ts'
import { type PeerChange, RemotePeers } from './policy/remote-peers.ts'
import { WatchedProcesses } from './processes/watched-processes.ts'
import { Enforcement } from './protection/enforcement.ts'
import { refusedStart } from './refused-start.ts'
import type { ControllerLink } from './uplink/controller-link.ts'
import { Outbox } from './uplink/outbox.ts'
import { Uplink } from './uplink/uplink.ts'
import { WatchedNamespaces } from './watched-namespaces.ts'
import type { RecordText, WorkerOrder, WorkerReport, WorkerStatus } from './worker-messages.ts'
import { WorkerPool } from './worker-pool.ts'

export interface EnforcerOptions {
  /** Of this machine: the same after a restart, and no other machine's of the same controller. */
  name: string
  /** How the controller is reached. */
  link: ControllerLink
  version: string
  workers: number
  /** What users bring beside what is built in. */
  sensors: SensorDefinitions
  /** What of the threats is looked for otherwise than their table says. */
  threats: ThreatSettings
  /** Rules in SecLang that requests are held against. */
  secLang: readonly SecLangFile[]
  /** The same in the form of Suricata. */
  signatures: readonly SignatureFile[]
  runtimes: WatcherOptions
  /** Where the last policy is kept; undefined: nowhere, so that without a controller there is none. */
  stateFolder: string | undefined
  log: Log
}

/**
 * The agent of a node: finds what runs, reads its packets in its own namespaces, inspects them on worker threads, and
 * tells the controller.
 */
export class Enforcer {
  readonly #options: EnforcerOptions
  readonly #run = randomUUID()
  readonly #startedAt = Date.now()
  readonly #outbox = new Outbox()
  readonly #gaps = new CoverageGaps(this.#run)
  readonly #uplink: Uplink
  readonly #policy: EnforcedPolicy
  readonly #peers: RemotePeers
  readonly #failed = Promise.withResolvers<string>()
  readonly #statuses = new Map<number, WorkerStatus>()
  /** Those that the policy was told of, as it was. */
  readonly #workloads = new Map<string, Workload>()
  /** What is to be recorded, as the controller said last. */
  #captures: Extract<WorkerOrder, { kind: 'captures' }> = { kind: 'captures', automatic: 'off', orders: [] }
  /** Files of packets of which a piece found no way to the controller. */
  readonly #cutFiles = new Set<string>()
  #hasFailed = false
  #namespaces: WatchedNamespaces | undefined
  #enforcement: Enforcement | undefined
  #pool: WorkerPool | undefined
  #watcher: WorkloadWatcher | undefined
  #processes: WatchedProcesses | undefined
  #starts: HeldStarts | undefined
  #statusTimer: NodeJS.Timeout | undefined

  constructor(options: EnforcerOptions) {
    this.#options = options
    const { name, link, version, workers, stateFolder: folder, log } = options
    this.#policy = new EnforcedPolicy({ node: name, folder, log })
    this.#peers = new RemotePeers(folder, log)
    const startedAt = new Date(this.#startedAt).toISOString()
    this.#uplink = new Uplink({
      link,
      hello: { kind: 'hello', enforcer: name, run: this.#run, version, startedAt, workers },
      outbox: this.#outbox,
      workloads: () => this.#namespaces?.states() ?? [],
      enforced: () => this.#policy.enforced,
      receive: (message) => this.#policy.receive(message),
      captures: (message) => this.#capture(message),
      kill: (order) => endProgram(order, this.#workloads.get(order.workload)?.pid),
      peers: (message) => this.#peersChanged(this.#peers.receive(message)),
      log,
    })
  }

  /** Resolves, with the reason, when it cannot go on. */
  get failed(): Promise<string> {
    return this.#failed.promise
  }

  /**
   * Begins to watch once the controller has said with which key values are hashed, or without it where there is a policy to enforce.
   * Resolves when all that runs is known.
   *
   * @throws KernelError where system calls cannot be made at all.
   */
  async start(): Promise<void> {
    forbidCoreDumps()
    const hashKey = Buffer.from(await this.#hashKey(), 'hex')
    const { workers, runtimes, sensors, threats, secLang, signatures } = this.#options
    const [low, high] = getRandomValues(new Uint32Array(2))
    const seed = [low, high] as const
    const pool = new WorkerPool(
      { workers, hashKey, sensors, threats, secLang, signatures, seed, run: this.#run },
      {
        report: (worker, report) => this.#report(worker, report),
        failed: (worker, reason) => this.#fail(`worker ${worker} ended: ${reason}`),
      },
    )
    this.#pool = pool
    pool.order(this.#captures)
    const enforcement = this.#enforce(pool)
    this.#peersChanged({ peers: this.#peers.all, gone: [] })
    this.#namespaces = new WatchedNamespaces({
      workers,
      order: (order) => pool.order(order),
      hostNamespace: hostNetworkNamespace(),
      addressesOf: interfaceAddresses,
      changed: (state) => this.#changed(state),
      blind: (state) => this.#blind(state),
      protection: enforcement,
    })
    this.#processes = new WatchedProcesses({
      policy: this.#policy.live,
      run: this.#run,
      failed: (reason) => this.#failed.resolve(reason),
      redact: (texts) => pool.redact(texts),
      tell: (record) => this.#queue(record),
      gap: (reason, detail, workload) => this.#queue(this.#gaps.event(reason, detail, Date.now(), workload)),
    })
    this.#policy.onChange(() => this.#processes?.policyChanged())
    this.#statusTimer = setInterval(() => this.#sayStatus(), enforcerLimits.statusMs)
    this.#watcher = new WorkloadWatcher(runtimes, (event) => this.#workload(event))
    await this.#watcher.start()
    this.#holdStarts(this.#watcher)
  }

  #holdStarts(watcher: WorkloadWatcher): void {
    const { stateFolder, log } = this.#options
    if (stateFolder === undefined) return
    this.#starts = new HeldStarts({
      stateFolder,
      starting: (start) => watcher.starting(start),
      states: () => this.#namespaces?.states() ?? [],
      refusal: ({ labels }) => {
        const { admission } = this.#policy.live.definition
        return admission && startRefusal(labels, admission)
      },
      refused: (start, workload, reason) => {
        const record = refusedStart(start, workload, { reason, at: Date.now() })
        this.#queue({ recordId: record.id, text: JSON.stringify({ ...record, recordId: record.id }) })
      },
      released: (workload, at) => this.#namespaces?.released(workload, at),
      gap: (workload, detail) =>
        this.#queue(this.#gaps.event('start-not-held', detail, Date.now(), workload)),
      log,
    })
    this.#starts.open()
  }

  /**
   * The last policy holds without a controller, too: then with a key of our own, by which nobody can join what is found meanwhile
   * with anything else. Once the controller is back all is begun anew with its key.
   */
  async #hashKey(): Promise<string> {
    const welcomed = this.#uplink.start()
    if (this.#policy.version === null) return welcomed
    const own = randomBytes(wireLimits.hashKeyBytes).toString('hex')
    const late = Promise.withResolvers<string>()
    const timer = setTimeout(late.resolve, enforcerLimits.welcomeMs, own)
    const key = await Promise.race([welcomed, late.promise])
    clearTimeout(timer)
    if (key === own)
      void welcomed.then(() => this.#fail('the controller is back: all is begun anew with its key'))
    return key
  }

  /** Before there is anything to enforce with, they wait. */
  #peersChanged(change: PeerChange): void {
    if (this.#enforcement === undefined || change.peers.length + change.gone.length === 0) return
    this.#enforcement.peersChanged(change)
    this.#policy.peersChanged(change)
  }

  #capture(message: Extract<WorkerOrder, { kind: 'captures' }>): void {
    this.#captures = message
    this.#pool?.order(message)
  }

  /** A file of which a piece is missing ends there; that is told once. */
  #handOn(part: CapturePart): void {
    const { file, about, isLast } = part
    if (this.#cutFiles.has(file) || this.#uplink.capture(part)) {
      if (isLast) this.#cutFiles.delete(file)
      return
    }
    this.#cutFiles.add(file)
    const detail = `the controller did not take all of the packets that were recorded (${file})`
    this.#queue(this.#gaps.event('capture-cut', detail, Date.now(), about?.workload))
  }

  #fail(reason: string): void {
    this.#hasFailed = true
    this.#failed.resolve(reason)
  }

  #enforce(pool: WorkerPool): Enforcement {
    const { name, workers, log } = this.#options
    this.#enforcement = new Enforcement({
      policy: this.#policy,
      node: name,
      workers,
      order: (order) => pool.order(order),
      changed: (network, protection) => this.#namespaces?.protected(network, protection),
      gap: (network, reason, detail) => {
        const workload = this.#namespaces?.subjectOf(network)
        this.#queue(this.#gaps.event(reason, detail, Date.now(), workload))
      },
      log,
    })
    return this.#enforcement
  }

  /**
   * Leaves nothing behind: rings are closed, the last records handed on where the controller takes them in time. Where it could not go
   * on its rules stay, as after a kill: what may not pass without being inspected does not, and the next one takes over.
   */
  async stop(): Promise<void> {
    clearInterval(this.#statusTimer)
    await this.#starts?.close()
    if (!this.#hasFailed) this.#enforcement?.stop()
    await Promise.all([this.#watcher?.stop(), this.#processes?.stop()])
    await this.#pool?.stop()
    await this.#uplink.drain()
    this.#uplink.close()
    this.#peers.close()
  }

  #workload(event: WorkloadEvent): void {
    const namespaces = this.#namespaces
    if (namespaces === undefined) return
    // What ran before us was not missed by being slow: nobody was there.
    if (event.kind === 'started') namespaces.started(event.workload, Math.max(event.at, this.#startedAt))
    else if (event.kind === 'stopped') namespaces.stopped(event.id, event.at)
    else this.#runtime(event)
  }

  #changed(state: WorkloadState): void {
    this.#workloadChanged(state)
    this.#processes?.workload(state)
    this.#uplink.workload(state)
    this.#starts?.changed()
  }

  /** The policy is told of workloads alone: how they are watched and protected follows from it, and changes nothing in it. */
  #workloadChanged(state: WorkloadState): void {
    const { workload, stoppedAt } = state
    const isKnown = this.#workloads.get(workload.id) === workload
    if (isKnown && stoppedAt === undefined) return
    if (stoppedAt === undefined) this.#workloads.set(workload.id, workload)
    else this.#workloads.delete(workload.id)
    this.#enforcement?.workload(state)
    this.#policy.workload(state)
  }

  #runtime({ runtime, state, detail, at }: Extract<WorkloadEvent, { kind: 'runtime' }>): void {
    if (state === 'absent') return
    this.#options.log(
      state === 'lost' ? 'warn' : 'info',
      `${runtime}: ${state}${detail === '' ? '' : `, ${detail}`}`,
    )
    if (state === 'lost') this.#queue(this.#gaps.event('runtime-lost', `${runtime}: ${detail}`, at))
  }

  #blind({ workload, coverage, detail }: WorkloadState): void {
    this.#queue(this.#gaps.event(coverage, detail ?? coverage, Date.now(), workload.id))
  }

  #report(worker: number, report: WorkerReport): void {
    switch (report.kind) {
      case 'records':
        this.#outbox.addBatch(report.batch)
        return this.#uplink.wake()
      case 'named':
      case 'known':
        return this.#pool?.order(report, worker)
      case 'capture':
        return this.#handOn(report.part)
      case 'status':
        return this.#status(worker, report.status)
      case 'held':
      case 'hold-failed':
        return this.#enforcement?.report(report)
      case 'stopped':
      case 'redacted':
        return
      default:
        this.#namespaces?.report(report)
    }
  }

  #status(worker: number, status: WorkerStatus): void {
    this.#statuses.set(worker, status)
    const now = Date.now()
    for (const record of this.#gaps.drops(worker, status.drops, now)) this.#queue(record)
    for (const record of this.#gaps.unheld(worker, status.unheld, now)) this.#queue(record)
    for (const record of this.#gaps.passedOver(worker, status.passedOver, now)) this.#queue(record)
    for (const record of this.#gaps.lost(`worker ${worker}`, status.lost, now)) this.#queue(record)
  }

  #queue(record: RecordText): void {
    this.#outbox.add(record)
    this.#uplink.wake()
  }

  #sayStatus(): void {
    const now = Date.now()
    for (const record of this.#gaps.lost('outbox', this.#outbox.lost, now)) this.#queue(record)
    const workers = [...this.#statuses.values()]
    const sum = (value: (status: WorkerStatus) => number) =>
      workers.reduce((total, each) => total + value(each), 0)
    const status: EnforcerStatus = {
      at: new Date(now).toISOString(),
      packets: sum(({ packets }) => packets),
      bytes: sum(({ bytes }) => bytes),
      dropped: this.#gaps.dropped(),
      flows: sum(({ flows }) => flows),
      waiting: this.#outbox.waiting + sum(({ held }) => held),
      lost: this.#outbox.lost + sum(({ lost }) => lost),
      residentBytes: process.memoryUsage.rss(),
      workers: [...this.#statuses].map(([worker, { packets, bytes, busyRatio, memoryBytes }]) => ({
        packets,
        bytes,
        dropped: this.#gaps.dropped(worker),
        busyRatio,
        memoryBytes,
      })),
    }
    this.#uplink.status(status)
  }
}
