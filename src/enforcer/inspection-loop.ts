import { receiveMessageOnPort } from 'node:worker_threads'
import type { Engine, ObservationSink } from '../inspect/engine.ts'
import type { FlowView } from '../inspect/flow-view.ts'
import type { WatchedWorkload } from '../inspect/inline/watched-workload.ts'
import { maskCapture } from '../inspect/masking/mask-capture.ts'
import { passedOver } from '../inspect/passed-over.ts'
import { AnsweredNames } from '../inspect/inline/answered-names.ts'
import { connectionsOf, type KnownConnection } from '../inspect/inline/known-connections.ts'
import { PolicyTrial } from '../inspect/policy-trial.ts'
import { builtInProtocols } from '../inspect/protocols.ts'
import { interfaceAddresses } from '../kernel/namespaces.ts'
import { keptBetweenRuns } from '../lib/file-cache.ts'
import { PacketTap } from '../kernel/packet-tap.ts'
import { Poller, Wakeup } from '../kernel/poller.ts'
import type { AttackRecord, ThreatRecord, ViolationRecord } from '../model/records.ts'
import type { PacketSink } from '../packet/capture/capture.ts'
import { Packet } from '../packet/packet.ts'
import { compileSensors } from '../personal-data/compile.ts'
import { WorkerCaptures } from './capture/worker-captures.ts'
import { HeldRecords } from './held-records.ts'
import { enforcerLimits } from './limits.ts'
import { observedRecords, recordText } from './observed-records.ts'
import { OwnAddresses } from './own-addresses.ts'
import { InlineInspection } from './protection/inline-inspection.ts'
import { WorkerPolicy } from './protection/worker-policy.ts'
import type {
  NamedAddress,
  NamespaceDrops,
  WorkerData,
  WorkerOrder,
  WorkerReport,
} from './worker-messages.ts'
import { readRuleSet } from '../attacks/seclang/rule-set.ts'
import { readSignatureSet } from '../attacks/signatures/signature-set.ts'
import { planMakers } from '../scan/compile/set-plan.ts'

interface Attached {
  tap: PacketTap
  workload: string
  /** Undefined while its packets are held: then whoever holds them tells what is not allowed. */
  watched: WatchedWorkload | undefined
  addresses: OwnAddresses
}

/** Token of the wake-up among those of the poller; networks are numbered from 1, and their queues with a bit more. */
const ORDERS = 0
const QUEUE_BIT = 0x4000_0000

/**
 * What one worker thread does: waits for packets of its rings and for orders, inspects, hands on records. It never
 * returns to Node's event loop until it is told to stop.
 */
export class InspectionLoop {
  readonly #data: WorkerData
  readonly #policy = new WorkerPolicy()
  readonly #names = new AnsweredNames()
  readonly #trial: PolicyTrial
  readonly #inline: InlineInspection
  readonly #poller = new Poller()
  readonly #wakeup: Wakeup
  readonly #packet = new Packet()
  readonly #attached = new Map<number, Attached>()
  readonly #records: HeldRecords
  readonly #captures: WorkerCaptures
  /** Namespace of the ring that is being read. */
  #reading = 0
  readonly #sink: PacketSink = {
    packet: (packet) => {
      this.#trial.packet(packet)
      this.#captures.packet(this.#reading, packet)
    },
  }
  #isStopped = false
  #nextTick = 0
  #nextStatus = 0
  #busyMs = 0
  #sawPackets = false
  /** Coverage records that were made. */
  #gaps = 0
  /** Of rings that are closed. */
  #pastDrops: NamespaceDrops[] = []

  constructor(data: WorkerData) {
    this.#data = data
    this.#records = new HeldRecords(data.port, data.taken)
    this.#wakeup = Wakeup.attach(data.wakeupFd)
    this.#poller.add(this.#wakeup.fd, ORDERS)
    const options = {
      protocols: builtInProtocols,
      detector: compileSensors(data.sensors, undefined, { plans: keptBetweenRuns('sets', planMakers) }),
      hashKey: data.hashKey,
      threats: data.threats,
      rules: {
        ...(data.secLang.length > 0 && { secLang: readRuleSet(data.secLang) }),
        ...(data.signatures.length > 0 && { signatures: readSignatureSet(data.signatures) }),
      },
      seed: data.seed,
      flowId: (number: number) => `${data.idPrefix}${number}`,
    }
    const { detector } = options
    this.#captures = new WorkerCaptures(
      `${data.idPrefix}c`,
      (part) => this.#say({ kind: 'capture', part }),
      (file, name, comments) => maskCapture(file, { detector, name, comments }).bytes,
    )
    const sink: ObservationSink = {
      flow: (view) => this.#flow(view),
      named: (network, name, address, expires) =>
        this.#say({ kind: 'named', network, name, address: address.slice(), expires }),
      threat: (record, origin) => this.#incident(record, origin),
      attack: (record, origin) => this.#incident(record, origin),
    }
    const { live } = this.#policy
    // A group that comes into Protect goes on with the names that were answered before.
    const names = this.#names
    // The packets of a namespace that is only watched are spread over all workers by their connection.
    const engines = data.workers
    const trial = { ...options, engines, live, names, workloadOf: (origin: number) => this.#watched(origin) }
    this.#trial = new PolicyTrial(trial, sink)
    this.#inline = new InlineInspection(
      { ...options, live, names, flowId: (number) => `${data.idPrefix}i${number}` },
      {
        ...sink,
        judged: (network, packet) => this.#captures.packet(network, packet),
        violation: (record) => this.#violation(record),
        coverage: (record) => this.#records.add(recordText(`${data.idPrefix}gap-${++this.#gaps}`, record)),
      },
    )
  }

  /** Until a `stop` is ordered. All that it opened is closed then, whatever happened. */
  run(): void {
    try {
      while (!this.#isStopped) this.#turn()
      this.#finish()
    } finally {
      for (const { tap } of this.#attached.values()) tap.close()
      this.#poller.close()
    }
  }

  #turn(): void {
    const ready = this.#poller.wait(Math.max(0, Math.ceil(this.#nextTick - performance.now())))
    const began = performance.now()
    // Somebody waits for what is in a queue, nobody for what is in a ring.
    for (let i = 0; i < ready; i++) if (this.#poller.token(i) > QUEUE_BIT) this.#serve(this.#poller.token(i))
    for (let i = 0; i < ready; i++) {
      const token = this.#poller.token(i)
      if (token === ORDERS) this.#takeOrders()
      else if (token < QUEUE_BIT) this.#read(token, enforcerLimits.blocksPerTurn)
    }
    const now = performance.now()
    if (now >= this.#nextTick) this.#tick(now)
    this.#busyMs += performance.now() - began
  }

  #serve(token: number): void {
    if (this.#inline.serve(token & ~QUEUE_BIT) > 0) this.#sawPackets = true
  }

  #read(network: number, blocks: number): number {
    const attached = this.#attached.get(network)
    if (attached === undefined) return 0
    this.#reading = network
    const packets = attached.tap.read(this.#packet, this.#sink, blocks)
    if (packets > 0) this.#sawPackets = true
    return packets
  }

  #tick(now: number): void {
    const time = Date.now() * 1000
    const { inspector } = this.#inline
    this.#engine.expire(time)
    inspector?.expire(time)
    if (!this.#records.isPressed) {
      this.#engine.report(time, enforcerLimits.reportedPerTick)
      inspector?.report(time, enforcerLimits.reportedPerTick)
      this.#trial.report(time, (record) => this.#violation(record))
    }
    this.#records.give()
    this.#captures.tick(time)
    if (now >= this.#nextStatus) this.#sayStatus(now)
    const { busy, idle } = enforcerLimits.tickMs
    this.#nextTick = now + (this.#sawPackets || this.#flowCount > 0 ? busy : idle)
    this.#sawPackets = false
  }

  #takeOrders(): void {
    this.#wakeup.drain()
    for (;;) {
      const received = receiveMessageOnPort(this.#data.port)
      if (received === undefined) return
      this.#obey(received.message as WorkerOrder)
    }
  }

  #obey(order: WorkerOrder): void {
    switch (order.kind) {
      case 'attach':
        return this.#attach(order)
      case 'subject': {
        const attached = this.#attached.get(order.network)
        if (attached === undefined) return
        attached.workload = order.subject.workload
        this.#captures.watch(order.network, order.subject.workload, Date.now() * 1000)
        if (attached.watched !== undefined) attached.watched = watchedOnly(order.subject.workload)
        this.#inline.subject(order.network, order.subject.workload, Date.now() * 1000)
        return attached.addresses.tell(order.subject.addresses)
      }
      case 'hold':
        return this.#hold(order)
      case 'let-go':
        return this.#letGo(order.network)
      case 'policy':
      case 'workload':
      case 'workload-gone':
        this.#policy.obey(order)
        this.#trial.isAsking = this.#policy.hasSay
        return
      case 'captures':
        return this.#captures.order(order.automatic, order.orders, Date.now() * 1000)
      case 'detach':
        return this.#detach(order.network)
      case 'named':
        return this.#learnName(order)
      case 'known':
        return this.#inline.inspector?.know(order.network, order.connections)
      case 'redact':
        return this.#say({
          ...order,
          kind: 'redacted',
          texts: order.texts.map((text) => this.#engine.redaction.text(text)),
        })
      case 'stop':
        this.#isStopped = true
    }
  }

  #attach({ network, netnsPath, blocks, subject }: Extract<WorkerOrder, { kind: 'attach' }>): void {
    const { blockBytes } = enforcerLimits
    const { fanoutGroup } = this.#data
    try {
      const group = fanoutGroup === undefined ? {} : { fanoutGroup }
      const tap = PacketTap.open({ netnsPath, blockBytes, blocks, ...group })
      tap.networkId = network
      const addresses = new OwnAddresses(subject.addresses, () => interfaceAddresses(netnsPath))
      const { workload } = subject
      this.#attached.set(network, { tap, workload, watched: watchedOnly(workload), addresses })
      this.#poller.add(tap.fd, network)
      this.#captures.watch(network, workload, Date.now() * 1000)
      this.#say({ kind: 'attached', network, at: Date.now() })
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      this.#say({ kind: 'attach-failed', network, code: code ?? 'failed', detail: message })
    }
  }

  /** What is still in the ring is read first: a short-lived workload's traffic lies there. */
  #detach(network: number): void {
    const attached = this.#attached.get(network)
    if (attached !== undefined) {
      while (this.#read(network, enforcerLimits.blocksPerTurn) > 0);
      this.#letGo(network)
      this.#engine.endOrigin(network)
      this.#captures.unwatch(network)
      this.#pastDrops.push(dropsOf(network, attached))
      this.#poller.remove(attached.tap.fd)
      attached.tap.close()
      this.#attached.delete(network)
    }
    this.#say({ kind: 'detached', network })
  }

  /** The tap leaves to the queue what that holds, once it is served. */
  #hold(order: Extract<WorkerOrder, { kind: 'hold' }>): void {
    const { network, worker } = order
    const attached = this.#attached.get(network)
    try {
      if (attached === undefined) throw new Error('its packets cannot be read')
      // Those who watched it until now say what they know of its connections.
      const connections = attached.watched === undefined ? [] : this.#watchedConnections(network)
      if (worker === this.#data.index) this.#serveFromNow(order, attached.workload, connections)
      else if (attached.watched !== undefined) this.#say({ kind: 'known', network, connections })
      attached.tap.takeUnheldOnly(true)
      attached.watched = undefined
    } catch (error) {
      this.#letGo(network)
      this.#say({ kind: 'hold-failed', network, detail: (error as Error).message })
    }
  }

  #watchedConnections(network: number): KnownConnection[] {
    this.#read(network, enforcerLimits.blocksPerTurn)
    return connectionsOf(this.#engine, network)
  }

  #serveFromNow(
    order: Extract<WorkerOrder, { kind: 'hold' }>,
    subject: string,
    connections: readonly KnownConnection[],
  ): void {
    const { network } = order
    const isServed = this.#inline.descriptorOf(network) !== undefined
    const fd = this.#inline.hold(order, subject, Date.now() * 1000)
    if (!isServed) {
      this.#poller.add(fd, network | QUEUE_BIT)
      this.#inline.inspector?.awaitKnown(network, this.#data.workers)
      this.#inline.inspector?.know(network, connections)
    }
    this.#say({ kind: 'held', network, at: Date.now() })
  }

  #letGo(network: number): void {
    const fd = this.#inline.descriptorOf(network)
    if (fd !== undefined) this.#poller.remove(fd)
    this.#inline.letGo(network)
    const attached = this.#attached.get(network)
    if (attached === undefined) return
    attached.tap.takeUnheldOnly(false)
    attached.watched = watchedOnly(attached.workload)
  }

  #finish(): void {
    for (const network of this.#attached.keys())
      while (this.#read(network, enforcerLimits.blocksPerTurn) > 0);
    this.#engine.close()
    this.#trial.close((record) => this.#violation(record))
    this.#inline.close(Date.now() * 1000)
    this.#captures.close()
    this.#records.finish()
    this.#sayStatus(performance.now())
    this.#say({ kind: 'stopped' })
  }

  #flow(view: FlowView): void {
    const attached = this.#attached.get(view.origin)
    if (attached === undefined) return
    const { workload, addresses } = attached
    const known = addresses.found
    const now = performance.now()
    for (const record of observedRecords(view, workload, (flow) => addresses.sideOf(flow, now)))
      this.#records.add(record)
    if (addresses.found !== known)
      this.#say({ kind: 'addresses', network: view.origin, addresses: addresses.found })
  }

  get #engine(): Engine {
    return this.#trial.engine
  }

  /** What is known of a namespace whose traffic is watched and not held. */
  #watched(network: number): WatchedWorkload | undefined {
    return this.#attached.get(network)?.watched
  }

  #violation(record: ViolationRecord): void {
    this.#records.add(recordText(record.id, record))
    for (const [network, { workload }] of this.#attached)
      if (workload === record.workload) this.#found(network, record, record.criterion)
  }

  #incident(record: ThreatRecord | AttackRecord, origin: number): void {
    const workload = this.#attached.get(origin)?.workload
    if (workload === undefined) return
    this.#records.add(recordText(record.id, { ...record, workload }))
    if (record.type === 'attack') this.#found(origin, record, record.class)
    else if (record.severity !== 'info' && record.severity !== 'low') this.#found(origin, record, record.name)
  }

  /** What was found is worth the packets that it was found in. */
  #found(network: number, { type, id }: { type: string; id: string }, name: string): void {
    this.#captures.found(network, { type, id, name }, Date.now() * 1000)
  }

  #learnName({ network, name, address, expires }: NamedAddress): void {
    const now = Date.now() * 1000
    this.#engine.learnName(network, name, address, expires)
    const ttlSeconds = Math.max(0, (expires - now) / 1_000_000)
    this.#names.learn(network, { name, address, ttlSeconds }, now)
  }

  get #flowCount(): number {
    return this.#engine.flows.size + (this.#inline.inspector?.engine.flows.size ?? 0)
  }

  #sayStatus(now: number): void {
    const engines = [
      this.#engine,
      ...(this.#inline.inspector === undefined ? [] : [this.#inline.inspector.engine]),
    ]
    const sum = (value: (engine: Engine) => number) => engines.reduce((total, each) => total + value(each), 0)
    const { heapTotal, external } = process.memoryUsage()
    const sinceMs = now - this.#nextStatus + enforcerLimits.statusMs
    const status = {
      packets: sum(({ counters }) => counters.packets),
      bytes: sum(({ counters }) => counters.bytes),
      flows: this.#flowCount,
      busyRatio: Math.min(1, this.#busyMs / sinceMs),
      memoryBytes: heapTotal + external,
      lost: this.#records.lost,
      held: this.#records.size,
      drops: this.#drops(),
      unheld: this.#inline.unheld(),
      passedOver: summed(engines.map(passedOver)),
    }
    this.#say({ kind: 'status', status })
    this.#busyMs = 0
    this.#nextStatus = now + enforcerLimits.statusMs
  }

  #drops(): NamespaceDrops[] {
    const now = [...this.#attached].map(([network, attached]) => dropsOf(network, attached))
    const all = [...this.#pastDrops, ...now]
    this.#pastDrops = []
    return all.filter(({ packets }) => packets > 0)
  }

  #say(report: WorkerReport): void {
    this.#data.port.postMessage(report)
  }
}

function watchedOnly(subject: string): WatchedWorkload {
  return { subject, inspectsContent: true, tellsApplications: true, onFailure: 'open' }
}

/** Counts of several, added up by name. */
function summed(all: Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
  return sums
}

function dropsOf(network: number, { tap, workload }: Attached): NamespaceDrops {
  return { network, workload, packets: tap.statistics().dropped }
}
