import { receiveMessageOnPort } from 'node:worker_threads'
import { Engine } from '../inspect/engine.ts'
import type { FlowView } from '../inspect/flow-view.ts'
import { passedOver } from '../inspect/passed-over.ts'
import { builtInProtocols } from '../inspect/protocols.ts'
import { interfaceAddresses } from '../kernel/namespaces.ts'
import { keptBetweenRuns } from '../lib/file-cache.ts'
import { PacketTap } from '../kernel/packet-tap.ts'
import { Poller, Wakeup } from '../kernel/poller.ts'
import { Packet } from '../packet/packet.ts'
import { compileSensors } from '../personal-data/compile.ts'
import { HeldRecords } from './held-records.ts'
import { enforcerLimits } from './limits.ts'
import { observedRecords } from './observed-records.ts'
import { OwnAddresses } from './own-addresses.ts'
import type { NamespaceDrops, WorkerData, WorkerOrder, WorkerReport } from './worker-messages.ts'
import { planMakers } from '../scan/compile/set-plan.ts'

interface Attached {
  tap: PacketTap
  workload: string
  addresses: OwnAddresses
}

/** Token of the wake-up among those of the poller; networks are numbered from 1. */
const ORDERS = 0

/**
 * What one worker thread does: waits for packets of its rings and for orders, inspects, hands on records. It never
 * returns to Node's event loop until it is told to stop.
 */
export class InspectionLoop {
  readonly #data: WorkerData
  readonly #engine: Engine
  readonly #poller = new Poller()
  readonly #wakeup: Wakeup
  readonly #packet = new Packet()
  readonly #attached = new Map<number, Attached>()
  readonly #records: HeldRecords
  #isStopped = false
  #nextTick = 0
  #nextStatus = 0
  #busyMs = 0
  #sawPackets = false
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
      seed: data.seed,
      flowId: (number: number) => `${data.idPrefix}${number}`,
    }
    this.#engine = new Engine(options, {
      flow: (view) => this.#flow(view),
      named: (network, name, address, expires) =>
        this.#say({ kind: 'named', network, name, address: address.slice(), expires }),
    })
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
    for (let i = 0; i < ready; i++) {
      const token = this.#poller.token(i)
      if (token === ORDERS) this.#takeOrders()
      else this.#read(token, enforcerLimits.blocksPerTurn)
    }
    const now = performance.now()
    if (now >= this.#nextTick) this.#tick(now)
    this.#busyMs += performance.now() - began
  }

  #read(network: number, blocks: number): number {
    const attached = this.#attached.get(network)
    if (attached === undefined) return 0
    const packets = attached.tap.read(this.#packet, this.#engine, blocks)
    if (packets > 0) this.#sawPackets = true
    return packets
  }

  #tick(now: number): void {
    const time = Date.now() * 1000
    this.#engine.expire(time)
    if (!this.#records.isPressed) this.#engine.report(time, enforcerLimits.reportedPerTick)
    this.#records.give()
    if (now >= this.#nextStatus) this.#sayStatus(now)
    const { busy, idle } = enforcerLimits.tickMs
    this.#nextTick = now + (this.#sawPackets || this.#engine.flows.size > 0 ? busy : idle)
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
        return attached.addresses.tell(order.subject.addresses)
      }
      case 'detach':
        return this.#detach(order.network)
      case 'named':
        return this.#engine.learnName(order.network, order.name, order.address, order.expires)
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
      this.#attached.set(network, { tap, workload: subject.workload, addresses })
      this.#poller.add(tap.fd, network)
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
      this.#engine.endOrigin(network)
      this.#pastDrops.push(dropsOf(network, attached))
      this.#poller.remove(attached.tap.fd)
      attached.tap.close()
      this.#attached.delete(network)
    }
    this.#say({ kind: 'detached', network })
  }

  #finish(): void {
    for (const network of this.#attached.keys())
      while (this.#read(network, enforcerLimits.blocksPerTurn) > 0);
    this.#engine.close()
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

  #sayStatus(now: number): void {
    const { counters, flows } = this.#engine
    const { heapTotal, external } = process.memoryUsage()
    const sinceMs = now - this.#nextStatus + enforcerLimits.statusMs
    const status = {
      packets: counters.packets,
      bytes: counters.bytes,
      flows: flows.size,
      busyRatio: Math.min(1, this.#busyMs / sinceMs),
      memoryBytes: heapTotal + external,
      lost: this.#records.lost,
      held: this.#records.size,
      drops: this.#drops(),
      passedOver: passedOver(this.#engine),
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

function dropsOf(network: number, { tap, workload }: Attached): NamespaceDrops {
  return { network, workload, packets: tap.statistics().dropped }
}
