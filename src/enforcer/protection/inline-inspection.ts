import {
  InlineInspector,
  type InlineOptions,
  type InlineSink,
} from '../../inspect/inline/inline-inspector.ts'
import type { WatchedWorkload } from '../../inspect/inline/watched-workload.ts'
import { netfilterLimits } from '../../kernel/netfilter/limits.ts'
import { QueueBuffers } from '../../kernel/netfilter/queue-buffers.ts'
import type { Microseconds } from '../../lib/time.ts'
import { Packet } from '../../packet/packet.ts'
import { enforcerLimits } from '../limits.ts'
import type { HoldOrder, NamespaceDrops } from '../worker-messages.ts'
import { HeldQueue } from './held-queue.ts'

type Hold = Extract<HoldOrder, { kind: 'hold' }>

/** Takes also each packet that was decided about, decoded. */
export interface HeldSink extends InlineSink {
  judged(network: number, packet: Packet): void
}

/** What is made when the first queue is served. */
interface Serving {
  inspector: InlineInspector
  buffers: QueueBuffers
}

interface Held {
  queue: HeldQueue
  subject: string
  order: Hold
  /** Packets that it had decided about when it was last asked whether it was full. */
  lookedAt: number
}

/**
 * What one worker decides about packets that wait: an inspector, and the queues of the namespaces that it serves. The inspector is made
 * with the first of them.
 */
export class InlineInspection {
  readonly #options: InlineOptions
  readonly #sink: HeldSink
  readonly #held = new Map<number, Held>()
  readonly #packet = new Packet()
  #serving: Serving | undefined

  constructor(options: InlineOptions, sink: HeldSink) {
    this.#options = options
    this.#sink = sink
  }

  get inspector(): InlineInspector | undefined {
    return this.#serving?.inspector
  }

  /** Namespaces whose queues it serves. */
  get networks(): Iterable<number> {
    return this.#held.keys()
  }

  /**
   * Serves the queue of a namespace from here on.
   * @param subject workload whose traffic the namespace's is
   * @returns the queue's descriptor, for a `Poller`
   * @throws {KernelError}
   */
  hold(order: Hold, subject: string, now: Microseconds): number {
    const { network } = order
    const { buffers, inspector } = this.#begin()
    const judged = (packet: Packet): void => this.#sink.judged(network, packet)
    const queue = this.#held.get(network)?.queue ?? HeldQueue.open({ ...order, judged }, buffers, inspector)
    queue.setFailOpen(order.failOpen)
    queue.generation = order.generation
    this.#held.set(network, { queue, subject, order, lookedAt: 0 })
    this.subject(network, subject, now)
    return queue.fd
  }

  /** The workload that a namespace stands for is another. */
  subject(network: number, subject: string, now: Microseconds): void {
    const held = this.#held.get(network)
    if (held === undefined) return
    held.subject = subject
    const { failOpen, inspection } = held.order
    const watched: WatchedWorkload = {
      subject,
      inspectsContent: inspection === 'content',
      tellsApplications: true,
      onFailure: failOpen ? 'open' : 'closed',
    }
    this.#serving?.inspector.watch(network, watched, now)
  }

  /** The descriptor of a queue that is served. */
  descriptorOf(network: number): number | undefined {
    return this.#held.get(network)?.queue.fd
  }

  /** What waits in the queue then is dropped, or goes on, as its rules say. */
  letGo(network: number): void {
    this.#held.get(network)?.queue.close()
    if (this.#held.delete(network)) this.#serving?.inspector.unwatch(network)
  }

  /** @returns how many packets it decided about */
  serve(network: number): number {
    const queue = this.#held.get(network)?.queue
    let packets = 0
    for (let batch = 0; batch < enforcerLimits.batchesPerTurn; batch++) {
      const served = queue?.serve(this.#packet, Date.now() * 1000) ?? 0
      packets += served
      if (served < netfilterLimits.batchPackets) break // That was all of it.
    }
    return packets
  }

  /** Packets that were given to the queues and that nobody decided about, as far as that is news. */
  unheld(): NamespaceDrops[] {
    return [...this.#held.keys()].flatMap((network) => this.#unheldOf(network) ?? [])
  }

  /** A queue that had nothing to do has not been full. */
  #unheldOf(network: number): NamespaceDrops | undefined {
    const held = this.#held.get(network)
    if (held === undefined || held.queue.packets === held.lookedAt) return undefined
    const { queue, subject } = held
    const given = queue.given()
    while (this.serve(network) > 0);
    held.lookedAt = queue.packets
    const packets = given - queue.packets
    return packets > 0 ? { network, workload: subject, packets } : undefined
  }

  close(now: Microseconds): void {
    for (const network of [...this.#held.keys()]) this.letGo(network)
    this.#serving?.inspector.close(now)
  }

  #begin(): Serving {
    return (this.#serving ??= this.#make())
  }

  #make(): Serving {
    return { inspector: new InlineInspector(this.#options, this.#sink), buffers: new QueueBuffers() }
  }
}
