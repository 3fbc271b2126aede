import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { Countries } from '../countries/load.ts'
import type { Ledger } from '../evidence/ledger.ts'
import type { Log } from '../lib/log.ts'
import type { Incident, ObservedRecord, WorkloadState } from '../model/enforcer-messages.ts'
import type { Notice } from '../notify/notice.ts'
import { eventOf } from '../policy/response/security-event.ts'
import type { CoverageRecord } from '../model/records.ts'
import type { Appended, Batch, Retention, Store } from '../store/store.ts'
import { Captures, type CapturesOptions } from './captures.ts'
import { Cases } from './cases/cases.ts'
import type { ObservedFlow } from '../privacy/map/observed-flow.ts'
import type { DataFlow } from './data-flow.ts'
import { EnforcerListener } from './enforcer-listener.ts'
import { EnforcerRegistry, type EnforcerView } from './enforcer-registry.ts'
import { EnforcerSession, type Hello, type SessionHost } from './enforcer-session.ts'
import { EventLog } from './event-log.ts'
import { PrivacyView } from './privacy/privacy-view.ts'
import { EvidenceRecorder } from './evidence/evidence-recorder.ts'
import { controllerLimits } from './limits.ts'
import { LiveSummary, type Names } from './live-summary.ts'
import { NodeAccess, type NodeAccessChoice } from './nodes/node-access.ts'
import { ControllerPolicy } from './policy/controller-policy.ts'
import { KnownGroups } from './policy/known-groups.ts'
import { PolicyLearning } from './policy/policy-learning.ts'
import { PolicyDistribution } from './policy/policy-distribution.ts'
import { PeerDistribution } from './policy/peer-distribution.ts'
import { PromotionRounds } from './policy/promotion.ts'
import { Quarantine } from './policy/quarantine.ts'
import { type RecentIncident, RecentIncidents } from './recent-incidents.ts'
import { KillOrders } from './responses/kill-orders.ts'
import { Responses } from './responses/responses.ts'
import { RetentionRounds } from './retention.ts'
import type { Rejected } from './wire-check.ts'

export interface ControllerOptions {
  store: Store
  socketPath: string
  /** Where enforcers of other machines connect; nowhere where it is left out. */
  nodes?: NodeAccessChoice | undefined
  /** 64 hexadecimal digits, given to every enforcer. */
  hashKey: string
  retention: Retention
  /** Where what happens is put on record. */
  ledger: Ledger
  /** What is recorded of packets, and where it is kept; nothing where it is left out. */
  captures?: Pick<CapturesOptions, 'store' | 'automatic'> | undefined
  /** Of external addresses; those of the package where they are left out. */
  countries?: Countries
  /** Tells people of what response rules say; resolves with whom it was told. Nobody is where it is left out. */
  notify?: (notice: Notice, addresses: readonly string[]) => Promise<string[]>
  log: Log
  now?: () => number
}

/** All of the controller that is about policy. */
interface PolicyParts {
  policy: ControllerPolicy
  learning: PolicyLearning
  groups: KnownGroups
  quarantine: Quarantine
}

/** What went past the controller's limits; none of it is silent. */
export interface ControllerCounters {
  recordsRejected: number
  workloadsRefused: number
  findingsUnattributed: number
  dataFlowsForgotten: number
}

/** A gap in what could be seen; `at` is now where it is left out. */
export type Gap = Omit<CoverageRecord, 'type' | 'at'> & { at?: string }

/** Takes in what enforcers observe: stores it, acknowledges it once it is durable, and tells those who follow. */
export class Controller {
  readonly store: Store
  readonly events: EventLog
  readonly retention: Retention
  readonly policy: ControllerPolicy
  readonly learning: PolicyLearning
  readonly groups: KnownGroups
  readonly quarantine: Quarantine
  readonly ledger: Ledger
  readonly cases: Cases
  readonly #countries: Countries
  /** Undefined where no packets are recorded. */
  readonly captures: Captures | undefined
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly #log: Log
  readonly #now: () => number
  readonly #registry = new EnforcerRegistry()
  readonly #sessions = new Set<EnforcerSession>()
  readonly #summary = new LiveSummary()
  readonly #incidents = new RecentIncidents()
  readonly #rounds: RetentionRounds
  readonly #distribution: PolicyDistribution
  readonly #peers = new PeerDistribution((enforcer) => this.#registry.runningOn(enforcer))
  readonly #promotion: PromotionRounds
  readonly #evidence: EvidenceRecorder
  readonly #kills = new KillOrders()
  /** What is done when something happens. */
  readonly responses: Responses
  /** The controller's own records are batches of a run as well. */
  readonly #run = randomUUID()
  #privacy: PrivacyView | null = null
  #listener: EnforcerListener | null = null
  #nodes: NodeAccess | undefined
  #sequence = 0
  #rejected = 0
  #closing = false

  private constructor(options: ControllerOptions, parts: PolicyParts) {
    const { policy, learning, groups, quarantine } = parts
    this.store = options.store
    this.policy = policy
    this.learning = learning
    this.groups = groups
    this.quarantine = quarantine
    this.#distribution = new PolicyDistribution(policy, quarantine)
    this.retention = options.retention
    this.events = new EventLog(this.#run)
    this.#log = options.log
    this.#now = options.now ?? Date.now
    this.startedAt = this.#now()
    this.ledger = options.ledger
    this.#countries = options.countries ?? new Countries(this.#now)
    this.cases = this.#openCases()
    const { captures } = options
    this.captures = captures && new Captures({ ...captures, now: this.#now, log: this.#log })
    this.#evidence = this.#recorder(options.ledger)
    this.responses = this.#openResponses(options.notify)
    this.#promotion = new PromotionRounds({ policy, groups, now: this.#now, log: this.#log })
    this.#rounds = new RetentionRounds({
      store: this.store,
      ledger: options.ledger,
      retention: this.retention,
      now: this.#now,
      log: this.#log,
      early: (usedBytes) => this.#reportEarlyPruning(usedBytes),
    })
  }

  /** @throws SocketError where the socket cannot be had. */
  static async start(options: ControllerOptions): Promise<Controller> {
    const { store, log, now = Date.now } = options
    const policy = await ControllerPolicy.load(store, now)
    const learning = await PolicyLearning.start({ store, policy, now, log })
    const groups = await KnownGroups.load(store, log)
    const quarantine = await Quarantine.load(store, now)
    const controller = new Controller(options, { policy, learning, groups, quarantine })
    const host = controller.#host(options.hashKey)
    try {
      controller.#privacy = await controller.#openPrivacy()
      controller.#listener = await EnforcerListener.listen(options.socketPath, (socket: Socket) => {
        controller.#sessions.add(new EnforcerSession(socket, host))
      })
      controller.#nodes = await controller.#openNodes(options.nodes, host)
    } catch (error) {
      await controller.close()
      throw error
    }
    return controller
  }

  /** Which workload sends which personal data where, since the start. */
  dataFlows(): DataFlow[] {
    return this.#summary.dataFlows()
  }

  /** The same with what else was seen of them, and whose data it is. */
  observedFlows(): ObservedFlow[] {
    return this.#summary.observedFlows()
  }

  /** Who sends personal data to whom, and what is declared of it; there once the controller has started. */
  get privacy(): PrivacyView {
    if (this.#privacy === null) throw new Error('The controller has not started.')
    return this.#privacy
  }

  /** The machines that report over the network; undefined where none may. */
  get nodes(): NodeAccess | undefined {
    return this.#nodes
  }

  /** What was done against the rules, or is suspicious: the last of it. */
  incidents(): RecentIncident[] {
    return this.#incidents.list()
  }

  /** What runs now, whether it is seen, and if not why. */
  workloads(): WorkloadState[] {
    return this.#registry.running()
  }

  enforcers(): EnforcerView[] {
    return this.#registry.views((session) => this.#distribution.isCurrentAt(session))
  }

  /** Names of enforcers that have said that they keep a workload in quarantine. */
  quarantinedBy(workload: string): string[] {
    return this.#distribution.quarantining(workload)
  }

  counters(): ControllerCounters {
    return {
      recordsRejected: this.#rejected,
      workloadsRefused: this.#registry.refusedWorkloads(),
      findingsUnattributed: this.#summary.unattributed,
      dataFlowsForgotten: this.#summary.forgotten,
    }
  }

  /** Stores and publishes a gap. Never rejects: what cannot be stored is logged. */
  async reportGap(gap: Gap): Promise<void> {
    const at = gap.at ?? new Date(this.#now()).toISOString()
    const record: ObservedRecord = { type: 'coverage', recordId: randomUUID(), ...gap, at }
    const sequence = ++this.#sequence
    try {
      await this.#append({ enforcer: 'controller', run: this.#run, sequence, records: [record] })
    } catch (error) {
      this.#log('error', `Not stored: ${gap.reason}, ${gap.detail} (${(error as Error).message})`)
    }
  }

  /** Says that nothing is seen from now on; that connections end after this needs no record of its own. */
  announceStop(): Promise<void> {
    this.#closing = true
    return this.reportGap({
      reason: 'stopped',
      detail: 'Pavise was stopped: nothing is seen until it runs again',
    })
  }

  /** Ends the connections and the rounds of retention; the store is its owner's to close. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#rounds.stop()
    for (const session of this.#sessions) session.end(null)
    this.#promotion.stop()
    this.captures?.close()
    await this.responses.close()
    await this.learning.stop()
    await this.#privacy?.close()
    await this.#evidence.close()
    await this.#nodes?.close()
    await this.#listener?.close()
  }

  async #openNodes(choice: NodeAccessChoice | undefined, host: SessionHost): Promise<NodeAccess | undefined> {
    if (choice === undefined) return undefined
    const { nodes: store, audit } = this.store
    return NodeAccess.start({
      ...{ ...choice, store, audit, now: this.#now, log: this.#log },
      enter: (socket, { id, name }) => {
        this.#sessions.add(new EnforcerSession(socket, host, { id, name, socket }))
      },
      expel: (id, refusal) => {
        for (const session of this.#sessions) if (session.node?.id === id) session.expel(refusal)
      },
      removed: ({ name }) => this.#saveWorkloads(name, [], true),
    })
  }

  #openCases(): Cases {
    const { store, ledger } = this
    return new Cases({
      ...{ store, ledger, names: () => this.#registry.namesByAddress(), now: this.#now },
      countryOf: (address) => this.#countries.find(address)?.country ?? null,
      policy: this.policy,
    })
  }

  #openResponses(notify: NonNullable<ControllerOptions['notify']> = tellNobody): Responses {
    const { store, ledger, policy, quarantine, cases } = this
    return new Responses({
      ...{ policy, quarantine, cases, ledger, audit: store.audit, now: this.#now, log: this.#log },
      captures: () => this.captures,
      quarantined: (id) => this.#distribution.whenQuarantined(id, controllerLimits.quarantineMs),
      kill: (enforcer = '', target) => this.#kills.kill(this.#registry.sessionOf(enforcer), target),
      notify: async (notice, addresses) => `told ${(await notify(notice, addresses)).join(', ')}`,
      workload: (id) => this.#registry.runningWorkload(id),
    })
  }

  #openPrivacy(): Promise<PrivacyView> {
    return PrivacyView.load({
      observed: () => this.observedFlows(),
      workloads: () => this.workloads(),
      policy: this.policy,
      countries: this.#countries,
      store: this.store.privacy,
      retention: this.retention,
      quarantined: () => this.quarantine.workloads.length,
      ledger: this.ledger,
      now: this.#now,
      log: this.#log,
    })
  }

  #recorder(ledger: Ledger): EvidenceRecorder {
    const { audit } = this.store
    const dataFlows = (): DataFlow[] => this.dataFlows()
    return new EvidenceRecorder({
      ledger,
      audit,
      policy: this.policy,
      quarantine: this.quarantine,
      dataFlows,
      now: this.#now,
      log: this.#log,
    })
  }

  #host(hashKey: string): SessionHost {
    return {
      hashKey,
      welcome: (session, hello) => this.#welcome(session, hello),
      workloads: ({ enforcer }, states, complete) => this.#saveWorkloads(enforcer, states, complete),
      append: (batch) => this.#append(batch),
      rejected: (hello, rejected) => this.#reject(hello, rejected),
      status: ({ enforcer }, status) => {
        this.#registry.setStatus(enforcer, status)
        this.events.publish('status', { type: 'status', enforcer, status })
      },
      enforced: (session, enforced) => {
        this.#distribution.enforced(session, enforced)
        this.#peers.connected(session, this.#registry.enforcers)
        this.captures?.connected(session)
      },
      capture: ({ enforcer }, part) => this.captures?.take(enforcer, part),
      renew: async ({ node }, offer) => node && this.#nodes?.renew(node, offer),
      killed: (report) => this.#kills.answered(report),
      ended: (session, problem) => this.#end(session, problem),
    }
  }

  async #welcome(session: EnforcerSession, hello: Hello): Promise<number> {
    if (session.node === undefined && this.#nodes?.hasName(hello.enforcer) === true)
      throw new Error(`a node of that name reports over the network`)
    this.#registry.connect(session, hello, this.#now())
    this.#log('info', `Enforcer ${hello.enforcer} connected, version ${hello.version}.`)
    return this.store.acknowledged(hello.enforcer, hello.run)
  }

  #end(session: EnforcerSession, problem: string | null): void {
    this.#sessions.delete(session)
    this.#distribution.ended(session)
    this.#peers.ended(session)
    this.captures?.ended(session)
    const enforcer = session.hello?.enforcer ?? 'that said no hello'
    if (problem !== null) this.#log('warn', `Connection of enforcer ${enforcer} ended: ${problem}.`)
    if (!this.#registry.disconnect(session, this.#now()) || this.#closing) return
    const detail = `enforcer ${enforcer} is not connected${problem === null ? '' : `: ${problem}`}`
    void this.reportGap({ reason: 'enforcer-disconnected', detail })
  }

  #saveWorkloads(enforcer: string, states: WorkloadState[], complete: boolean): Promise<void> {
    const at = this.#now()
    const changed = this.#registry.setWorkloads(enforcer, states, complete, new Date(at).toISOString())
    this.#peers.changed(enforcer, changed)
    for (const state of changed) {
      this.policy.workload(state, enforcer)
      const group = this.policy.live.groupOf(state.workload.id)
      if (group !== undefined) this.groups.seen(group, at)
      this.events.publish('workload', { type: 'workload', enforcer, ...state }, state.workload.namespace)
    }
    return this.store.saveWorkloads({ enforcer, at, complete, states })
  }

  async #append(observed: Batch): Promise<Appended> {
    const names = this.#registry.names(observed.enforcer)
    const batch = { ...observed, records: observed.records.map((each) => this.#attributed(each, names)) }
    const appended = await this.store.append(batch)
    for (const [index, record] of batch.records.entries()) {
      if (record.type === 'flow') {
        this.#summary.flow(record, names)
        this.learning.flow(record)
      }
      if (record.type === 'process') this.learning.process(record, appended.growth[index])
      if (record.type === 'personal-data') this.#summary.finding(record, appended.growth[index])
      this.#evidence.record(record, appended.growth[index])
      if (this.#isSuppressed(record, batch.enforcer, appended.growth[index])) continue
      if (isIncident(record)) this.#incidents.add(record, nameOf(record, names))
      this.events.publish(record.type, record, namespaceOf(record, names))
    }
    return appended
  }

  /** A flow with the transfers that it is part of: by them its records are found. */
  #attributed(record: ObservedRecord, names: Names): ObservedRecord {
    return record.type === 'flow' ? this.#summary.withTransfers(record, names) : record
  }

  /** Lets response rules act on what is new. Whether one of them says that people are not to be told. */
  #isSuppressed(record: ObservedRecord, enforcer: string, growth: number): boolean {
    if (growth === 0 || this.responses.isIdle) return false
    const event = eventOf(record)
    if (event === undefined) return false
    return this.responses.take({ event, enforcer, record: { type: record.type, id: record.recordId } })
  }

  #reject({ enforcer }: Hello, { records, example }: Rejected): void {
    this.#rejected += records
    const detail = `${records} records of enforcer ${enforcer} were not well-formed; the first: ${example}`
    void this.reportGap({ reason: 'record-rejected', detail })
  }

  #reportEarlyPruning(usedBytes: number): void {
    const detail =
      `the store reached ${usedBytes} bytes of ${this.retention.maxBytes}: ` +
      'its oldest records went before their time'
    this.#log('warn', `Retention: ${detail}.`)
    void this.reportGap({ reason: 'retention-size', detail })
  }
}

function tellNobody(): Promise<string[]> {
  return Promise.reject(new Error('nobody is told of notices here'))
}

function isIncident(record: ObservedRecord): record is Incident {
  const { type } = record
  return (
    type === 'violation' || type === 'threat' || type === 'attack' || type === 'process' || type === 'file'
  )
}

function nameOf({ workload }: ObservedRecord, names: Names): string | undefined {
  return workload === undefined ? undefined : names.workload(workload)?.name
}

function namespaceOf({ workload }: ObservedRecord, names: Names): string | null {
  return workload === undefined ? null : (names.workload(workload)?.namespace ?? null)
}
