import { ConnectionMark, generationBits, noteBits } from './marks.ts'
import { netfilterLimits } from './limits.ts'
import { Subsystem, Verdict } from './nf-tables.ts'

/** What becomes of a packet, and with it of its connection. */
export const PacketVerdict = {
  /** It goes on; the next of its connection is asked about again. */
  pass: 0,
  /** It goes on, and its connection is the kernel's until another generation of decisions begins. */
  release: 1,
  /** It ends here without a word. */
  drop: 2,
  /** It ends here, its sender is told, and so is whoever goes on with this connection. */
  deny: 3,
} as const
export type PacketVerdict = (typeof PacketVerdict)[keyof typeof PacketVerdict]

/** `linux/netfilter/nfnetlink_queue.h`. */
const Message = { verdict: 1, verdictBatch: 3 } as const
const Attribute = { verdict: 2, mark: 3 } as const
const REQUEST = 1
/** `nlmsghdr`, `nfgenmsg`, then the attributes of the verdict (two numbers) and of the mark. */
const VERDICT_BYTES = 16 + 4 + 12
const MARKED_BYTES = VERDICT_BYTES + 8

/**
 * The verdicts on a batch of packets as one message after the other, in the order of the packets: those that just go on
 * are told of together, by the number of the last of them.
 */
export class VerdictWriter {
  readonly bytes = new Uint8Array(2 * netfilterLimits.packetsPerAnswer * MARKED_BYTES)
  length = 0
  readonly #view = new DataView(this.bytes.buffer)
  /** Of the decisions that it tells of: the kernel keeps to a release of no other than the one that holds. */
  generation = 0
  readonly #queue: number
  /** The last packet that goes on and that has not been told of; -1 when there is none. */
  #passed = -1

  constructor(queue: number) {
    this.#queue = queue
  }

  /**
   * @param id of the packet, greater than those before
   * @param mark that it has, and keeps beside what the verdict says of its connection
   * @param note what is to be known of a connection that is released, when it is asked about again
   */
  add(id: number, verdict: PacketVerdict, mark: number, note: number): void {
    if (verdict === PacketVerdict.pass) {
      this.#passed = id
      return
    }
    this.flush()
    if (verdict === PacketVerdict.drop) return this.#write(Message.verdict, Verdict.drop, id, 0)
    const { mask, denied } = ConnectionMark
    const bits =
      generationBits(this.generation) | (verdict === PacketVerdict.release ? noteBits(note) : denied)
    this.#write(Message.verdict, Verdict.accept, id, (mark & ~mask) | bits)
  }

  /** Tells of all that have been added. */
  flush(): void {
    if (this.#passed >= 0) this.#write(Message.verdictBatch, Verdict.accept, this.#passed, 0)
    this.#passed = -1
  }

  clear(): void {
    this.length = 0
    this.#passed = -1
  }

  #write(message: number, verdict: number, id: number, mark: number): void {
    const view = this.#view
    const at = this.length
    const length = mark === 0 ? VERDICT_BYTES : MARKED_BYTES
    view.setUint32(at, length, true)
    view.setUint16(at + 4, (Subsystem.queue << 8) | message, true)
    view.setUint16(at + 6, REQUEST, true)
    view.setUint32(at + 16, this.#queue, false) // Family and version are 0; the queue's number stands in the low half.
    view.setUint16(at + 20, 12, true)
    view.setUint16(at + 22, Attribute.verdict, true)
    view.setUint32(at + 24, verdict, false)
    view.setUint32(at + 28, id, false)
    if (mark !== 0) {
      view.setUint16(at + 32, 8, true)
      view.setUint16(at + 34, Attribute.mark, true)
      view.setUint32(at + 36, mark, false)
    }
    this.length = at + length
  }
}
