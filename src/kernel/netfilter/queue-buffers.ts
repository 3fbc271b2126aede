import { constants } from 'node:os'
import { MSG_DONTWAIT } from '../constants.ts'
import { kernelError } from '../kernel-error.ts'
import { addressOf, errorNumber, recvmmsg } from '../libc.ts'
import { netfilterLimits } from './limits.ts'

/** `struct mmsghdr` on 64 bits: `struct msghdr` of 56 bytes, then how many bytes came. */
const HEADER_BYTES = 64
const Header = { vector: 16, vectorLength: 24, received: 56 } as const
/** `struct iovec`: address, length. */
const VECTOR_BYTES = 16

/**
 * Where the packets of a batch are put. One is enough for all the queues that a thread serves, for a batch is done with
 * before the next is taken.
 */
export class QueueBuffers {
  readonly bytes = new Uint8Array(netfilterLimits.batchPackets * netfilterLimits.packetBytes)
  readonly view = new DataView(this.bytes.buffer)
  readonly #headers = new Uint8Array(netfilterLimits.batchPackets * HEADER_BYTES)
  readonly #headersView = new DataView(this.#headers.buffer)
  /** Held, for the headers name its address and that keeps nothing alive. */
  readonly #vectors = new BigUint64Array((netfilterLimits.batchPackets * VECTOR_BYTES) / 8)

  constructor() {
    const base = addressOf(this.bytes)
    const vectors = addressOf(this.#vectors)
    for (let i = 0; i < netfilterLimits.batchPackets; i++) {
      this.#vectors[2 * i] = base + BigInt(i * netfilterLimits.packetBytes)
      this.#vectors[2 * i + 1] = BigInt(netfilterLimits.packetBytes)
      const at = i * HEADER_BYTES
      this.#headersView.setBigUint64(at + Header.vector, vectors + BigInt(i * VECTOR_BYTES), true)
      this.#headersView.setBigUint64(at + Header.vectorLength, 1n, true)
    }
  }

  /**
   * Takes what has come, as far as there is room.
   * @returns how many messages; `at` and `lengthOf` say where each is
   * @throws {KernelError}
   */
  receive(fd: number): number {
    const count = recvmmsg(fd, this.#headers, netfilterLimits.batchPackets, MSG_DONTWAIT, null)
    if (count >= 0) return count
    const error = errorNumber()
    const { EAGAIN, EINTR, ENOBUFS } = constants.errno
    if (error === EAGAIN || error === EINTR || error === ENOBUFS) return 0
    throw kernelError('read a verdict queue', error)
  }

  at(message: number): number {
    return message * netfilterLimits.packetBytes
  }

  lengthOf(message: number): number {
    return this.#headersView.getUint32(message * HEADER_BYTES + Header.received, true)
  }
}
