import {
  BlockStatus,
  ETH_P_ALL,
  Family,
  Fanout,
  Level,
  Mapping,
  PacketOption,
  Protection,
  SocketOption,
  SocketType,
  TPACKET_V3,
} from './constants.ts'
import { errorOfKind, kernelError } from './kernel-error.ts'
import {
  addressOf,
  bind,
  close,
  errorNumber,
  getsockopt,
  MAP_FAILED,
  mmap,
  munmap,
  must,
  setsockopt,
  socket,
  viewMemory,
} from './libc.ts'
import { kernelLimits } from './limits.ts'
import { closedFilter, instructionCount, ipFilter, unheldFilter } from './packet-filter.ts'

/** What a ring is made of; see `TapOptions`. */
export interface RingOptions {
  blockBytes: number
  blocks: number
  fanoutGroup?: number
}

/** `sizeof(struct tpacket_stats_v3)`: packets, of those dropped, times that the ring was full. */
const STATISTICS_WORDS = 3
const FAMILY_AND_PROTOCOL_BYTES = 4
/** `sizeof(struct sockaddr_ll)`. */
const LINK_ADDRESS_BYTES = 20
/** Counts for nothing in version 3 but must divide a block. */
const FRAME_BYTES = 2048

/** Where a block's fields are, in 32-bit words: `struct tpacket_block_desc` with `struct tpacket_hdr_v1`. */
export const BlockWord = { status: 2, packets: 3, firstPacket: 4 } as const

/**
 * A packet socket of the calling thread's network namespace, whose packets the kernel writes into memory shared with
 * us (TPACKET_V3, the kernel's `Documentation/networking/packet_mmap.rst`). It sees all interfaces, those that come
 * later too.
 */
export class PacketRing {
  readonly fd: number
  /** The same memory twice. Both are empty once the ring is closed. */
  bytes: Uint8Array = new Uint8Array(0)
  words: Int32Array = new Int32Array(0)
  readonly #address: bigint
  readonly #statistics = new Uint32Array(STATISTICS_WORDS)
  readonly #length = new Uint32Array(1)
  #isClosed = false

  private constructor(fd: number, address: bigint, sizeBytes: number) {
    this.fd = fd
    this.#address = address
    const memory = viewMemory(address, sizeBytes)
    this.bytes = new Uint8Array(memory)
    this.words = new Int32Array(memory)
  }

  /** @throws {KernelError} leaving nothing open */
  static open(options: RingOptions): PacketRing {
    checkOptions(options)
    // Protocol 0: it sees nothing before `bind` names one.
    const type = SocketType.raw | SocketType.closeOnExec
    const fd = must(socket(Family.packet, type, 0), 'open a packet socket')
    let ring: PacketRing | undefined
    try {
      ring = new PacketRing(fd, mapRing(fd, options), options.blockBytes * options.blocks)
      listen(fd, options.fanoutGroup)
      return ring
    } catch (error) {
      if (ring === undefined) close(fd)
      else ring.close()
      throw error
    }
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Packets that were dropped since the last call because the ring was full. */
  takeDrops(): number {
    this.#length[0] = this.#statistics.byteLength
    const result = getsockopt(this.fd, Level.packet, PacketOption.statistics, this.#statistics, this.#length)
    return result < 0 ? 0 : this.#statistics[1]
  }

  /**
   * Takes the socket's pending error (ENETDOWN when an interface went down, ENOBUFS), without which epoll would find it
   * ready over and over.
   */
  takeError(): void {
    this.#length[0] = Uint32Array.BYTES_PER_ELEMENT
    getsockopt(this.fd, Level.socket, SocketOption.error, this.#statistics, this.#length)
  }

  /**
   * Takes from here on what no verdict queue holds, or all of it again.
   * @throws {KernelError}
   */
  takeUnheldOnly(isUnheldOnly: boolean): void {
    attachFilter(this.fd, isUnheldOnly ? unheldFilter : ipFilter)
  }

  /** Gives a block that the kernel handed over back to it. */
  release(block: number): void {
    Atomics.store(this.words, block + BlockWord.status, BlockStatus.kernel)
  }

  /** Whoever still holds `bytes` has an empty array from here on, never memory that is no longer the ring's. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const { byteLength } = this.bytes
    ;(this.bytes.buffer as ArrayBuffer).transfer(0)
    munmap(this.#address, byteLength)
    close(this.fd)
  }
}

function checkOptions({ blockBytes, blocks, fanoutGroup = 0 }: RingOptions): void {
  const { leastBlockBytes, mostBlockBytes, leastBlocks, mostRingBytes } = kernelLimits
  const isPowerOfTwo = (blockBytes & (blockBytes - 1)) === 0
  if (!isPowerOfTwo || blockBytes < leastBlockBytes || blockBytes > mostBlockBytes)
    throw errorOfKind(
      'failed',
      `a block is a power of two from ${leastBlockBytes} to ${mostBlockBytes} bytes`,
    )
  if (!Number.isInteger(blocks) || blocks < leastBlocks || blocks * blockBytes > mostRingBytes)
    throw errorOfKind('failed', `a ring has ${leastBlocks} blocks or more and at most ${mostRingBytes} bytes`)
  if (!Number.isInteger(fanoutGroup) || fanoutGroup < 0 || fanoutGroup > 0xffff)
    throw errorOfKind('failed', 'a fanout group is a number of 16 bits')
}

function mapRing(fd: number, { blockBytes, blocks }: RingOptions): bigint {
  set(fd, PacketOption.version, Int32Array.of(TPACKET_V3), 'use packet rings of version 3')
  // `struct tpacket_req3`: block size, blocks, frame size, frames, retire time, private bytes, features.
  const frames = (blockBytes / FRAME_BYTES) * blocks
  const request = Uint32Array.of(blockBytes, blocks, FRAME_BYTES, frames, kernelLimits.retireMs, 0, 0)
  const sizeBytes = blockBytes * blocks
  set(fd, PacketOption.rxRing, request, `make a packet ring of ${sizeBytes} bytes`)
  const address = mmap(null, sizeBytes, Protection.read | Protection.write, Mapping.shared, fd, 0)
  if (address === MAP_FAILED) throw kernelError(`map a packet ring of ${sizeBytes} bytes`, errorNumber())
  return address
}

/**
 * The ring and the filter are there before the first packet can come. The kernel takes only a bound socket into a fanout
 * group; until it is in, it would see what the group's other members see, so it takes nothing.
 */
function listen(fd: number, fanoutGroup: number | undefined): void {
  attachFilter(fd, fanoutGroup === undefined ? ipFilter : closedFilter)
  must(bind(fd, anyInterface(), LINK_ADDRESS_BYTES), 'bind a packet socket')
  if (fanoutGroup === undefined) return
  const argument = Int32Array.of(fanoutGroup | ((Fanout.hash | Fanout.flagDefragment) << 16))
  set(fd, PacketOption.fanout, argument, `join fanout group ${fanoutGroup}`)
  attachFilter(fd, ipFilter)
}

/** `struct sockaddr_ll` with interface 0, which is all; the protocol is in network order. */
function anyInterface(): Uint8Array {
  const address = new Uint8Array(LINK_ADDRESS_BYTES)
  const view = new DataView(address.buffer, 0, FAMILY_AND_PROTOCOL_BYTES)
  view.setUint16(0, Family.packet, true)
  view.setUint16(2, ETH_P_ALL, false)
  return address
}

/** Replaces the filter before. `struct sock_fprog`: count (16 bits), and at 8 the address of the instructions. */
function attachFilter(fd: number, filter: Uint8Array): void {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, instructionCount(filter), true)
  view.setBigUint64(8, addressOf(filter), true)
  must(setsockopt(fd, Level.socket, SocketOption.attachFilter, bytes, bytes.length), 'filter a packet socket')
}

function set(fd: number, option: number, value: ArrayBufferView, what: string): void {
  must(setsockopt(fd, Level.packet, option, value, value.byteLength), what)
}
