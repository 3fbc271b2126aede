import type { InlineInspector } from '../../inspect/inline/inline-inspector.ts'
import { InlineAction } from '../../inspect/inline/inline-action.ts'
import { queuedPackets } from '../../kernel/netfilter/enforcement-state.ts'
import { QUEUE } from '../../kernel/netfilter/names.ts'
import type { QueueBuffers } from '../../kernel/netfilter/queue-buffers.ts'
import { RawSender } from '../../kernel/netfilter/raw-sender.ts'
import { type PacketJudge, type Recalled, VerdictQueue } from '../../kernel/netfilter/verdict-queue.ts'
import { PacketVerdict } from '../../kernel/netfilter/verdict-writer.ts'
import type { Packet } from '../../packet/packet.ts'

export interface HeldQueueOptions {
  network: number
  netnsPath: string
  failOpen: boolean
  /** Mark of the resets that are sent from within the namespace; its rules let them pass. */
  ownMark: number
  /** Takes each packet that was decided about, decoded. */
  judged: (packet: Packet) => void
}

/** The verdict queue of one namespace, on which an inspector decides. */
export class HeldQueue implements PacketJudge {
  readonly #queue: VerdictQueue
  readonly #sender: RawSender
  readonly #inspector: InlineInspector
  readonly #netnsPath: string
  readonly #judged: HeldQueueOptions['judged']
  /** What had been given to the queue before it was served by us. */
  readonly #givenBefore: number

  private constructor(
    { netnsPath, judged }: HeldQueueOptions,
    [queue, sender]: [VerdictQueue, RawSender],
    inspector: InlineInspector,
  ) {
    this.#queue = queue
    this.#sender = sender
    this.#inspector = inspector
    this.#netnsPath = netnsPath
    this.#judged = judged
    this.#givenBefore = queuedPackets(netnsPath)
  }

  /** @throws {KernelError} leaving nothing open */
  static open(options: HeldQueueOptions, buffers: QueueBuffers, inspector: InlineInspector): HeldQueue {
    const { network, netnsPath, failOpen, ownMark } = options
    const sender = RawSender.open(netnsPath, ownMark)
    try {
      const queue = VerdictQueue.open({ netnsPath, queue: QUEUE, failOpen }, buffers)
      queue.networkId = network
      return new HeldQueue(options, [queue, sender], inspector)
    } catch (error) {
      sender.close()
      throw error
    }
  }

  /** For a `Poller`. */
  get fd(): number {
    return this.#queue.fd
  }

  /** Packets that were given to the queue since it is served; those of which nothing was seen are among them. */
  given(): number {
    try {
      return queuedPackets(this.#netnsPath) - this.#givenBefore
    } catch {
      return 0 // The namespace ends.
    }
  }

  setFailOpen(failOpen: boolean): void {
    this.#queue.setFailOpen(failOpen)
  }

  /** Of the decisions that are made from here on. */
  set generation(generation: number) {
    this.#queue.generation = generation
  }

  /** What is to be known of the connection that was released last when it is asked about again. */
  get note(): number {
    return this.#inspector.note
  }

  /** Packets that were decided on. */
  get packets(): number {
    return this.#queue.packets
  }

  /** Decides on what waits, a batch of it. @returns how many packets that were */
  serve(packet: Packet, time: number): number {
    return this.#queue.read(packet, time, this)
  }

  judge(packet: Packet, isOutgoing: boolean, recalled: Recalled): PacketVerdict {
    const action = this.#inspector.decide(packet, isOutgoing, recalled)
    this.#judged(packet)
    switch (action) {
      case InlineAction.pass:
        return PacketVerdict.pass
      case InlineAction.release:
        return PacketVerdict.release
      case InlineAction.drop:
        return PacketVerdict.drop
      case InlineAction.answer:
        return this.#answer()
      default:
        return this.#reset()
    }
  }

  close(): void {
    this.#queue.close()
    this.#sender.close()
  }

  /** Both ends are told by us, and what goes on in the connection is still ours to decide about. */
  #answer(): PacketVerdict {
    const { bytes, toSender, toReceiver } = this.#inspector.resets
    this.#sender.send(bytes, toSender.start, toSender.end)
    this.#sender.send(bytes, toReceiver.start, toReceiver.end)
    return PacketVerdict.drop
  }

  /** The kernel tells whoever sent the packet, and refuses the rest of the connection; the other end is told by us. */
  #reset(): PacketVerdict {
    const { bytes, toReceiver } = this.#inspector.resets
    this.#sender.send(bytes, toReceiver.start, toReceiver.end)
    return PacketVerdict.deny
  }
}
