import { InlineInspector, type InlineOptions, type InlineSink } from '../../inspect/inline/inline-inspector.ts'
import { PeerDirectory } from '../../inspect/inline/peer-directory.ts'
import { QueueBuffers } from '../../kernel/netfilter/queue-buffers.ts'
import { parseAddress } from '../../lib/ip.ts'
import type { Microseconds } from '../../lib/time.ts'
import type { Workload } from '../../model/workload.ts'
import { Packet } from '../../packet/packet.ts'
import { emptyPolicy, type PolicyDefinition } from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import { enforcerLimits } from '../limits.ts'
import type { HoldOrder } from '../worker-messages.ts'
import { HeldQueue } from './held-queue.ts'

type Hold = Extract<HoldOrder, { kind: 'hold' }>

/**
 * What one worker decides about packets that wait: the policy, who runs where, an inspector, and the queues of the namespaces that
 * it serves. The inspector is made when the first of them is.
 */
export class InlineInspection {
  readonly #live = new LivePolicy(emptyPolicy)
  readonly #peers = new PeerDirectory()
  readonly #options: Omit<InlineOptions, 'policy' | 'peers'>
  readonly #sink: InlineSink
  readonly #queues = new Map<number, HeldQueue>()
  readonly #packet = new Packet()
  #inspector: InlineInspector | undefined
  #buffers: QueueBuffers | undefined

  constructor(options: Omit<InlineOptions, 'policy' | 'peers'>, sink: InlineSink) {
    this.#options = options
    this.#sink = sink
  }

  get inspector(): InlineInspector | undefined {
    return this.#inspector
  }

  get isServing(): boolean {
    return this.#queues.size > 0
  }

  define(definition: PolicyDefinition): void {
    this.#live.define(definition)
    this.#inspector?.usePolicy(this.#live.policy)
  }

  started(workload: Workload, node: string): void {
    this.#live.started(workload, node)
    if (!workload.hostNetwork) this.#peers.set(workload.id, workload.addresses.flatMap((text) => parseAddress(text) ?? []))
    this.#inspector?.usePolicy(this.#live.policy)
  }

  stopped(id: string): void {
    this.#live.stopped(id)
    this.#peers.remove(id)
    this.#inspector?.usePolicy(this.#live.policy)
  }

  /**
   * Serves the queue of a namespace from here on.
   * @returns its descriptor, for a `Poller`
   * @throws {KernelError}
   */
  hold({ network, netnsPath, failOpen, ownMark, subject }: Hold, now: Microseconds): number {
    this.#inspector ??= new InlineInspector(
      { ...this.#options, policy: this.#live.policy, peers: this.#peers },
      this.#sink,
    )
    this.#buffers ??= new QueueBuffers()
    this.letGo(network)
    const queue = HeldQueue.open({ network, netnsPath, failOpen, ownMark }, this.#buffers, this.#inspector)
    this.#queues.set(network, queue)
    this.#inspector.watch(network, {
      subject,
      inspectsContent: true,
      tellsApplications: true,
      onFailure: failOpen ? 'open' : 'closed',
    }, now)
    return queue.fd
  }

  /** @returns the descriptor that is closed now, or undefined where it was not served */
  letGo(network: number): void {
    this.#queues.get(network)?.close()
    if (this.#queues.delete(network)) this.#inspector?.unwatch(network)
  }

  serve(network: number): number {
    let packets = 0
    const queue = this.#queues.get(network)
    for (let batch = 0; batch < enforcerLimits.batchesPerTurn; batch++) {
      const served = queue?.serve(this.#packet, Date.now() * 1000) ?? 0
      if (served === 0) break
      packets += served
    }
    return packets
  }
}
