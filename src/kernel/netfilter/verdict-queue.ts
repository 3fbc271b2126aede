import { LinkType, type Packet } from '../../packet/packet.ts'
import { Level, MSG_DONTWAIT, SocketOption } from '../constants.ts'
import { kernelError } from '../kernel-error.ts'
import { must, recv, send, setsockopt } from '../libc.ts'
import { inNetworkNamespace } from '../namespaces.ts'
import { MessageFlag, MessageType, NetlinkProtocol, NetlinkSocket } from '../netlink.ts'
import { AttributeWriter } from './attribute-writer.ts'
import { netfilterLimits } from './limits.ts'
import { isRecalledFromAnswerer, recalledNote } from './marks.ts'
import { Subsystem } from './nf-tables.ts'
import type { QueueBuffers } from './queue-buffers.ts'
import { type PacketVerdict, VerdictWriter } from './verdict-writer.ts'

/** `linux/netfilter/nfnetlink_queue.h`. */
const Message = { packet: 0, config: 2 } as const
const ConfigAttribute = { command: 1, parameters: 2, longest: 3, mask: 4, flags: 5 } as const
const ConfigFlag = { failOpen: 1, segmentationOffload: 4 } as const
const BIND = 1
const COPY_PACKET = 2
const PacketAttribute = { header: 1, mark: 3, payload: 10, wholeLength: 13 } as const
/** `nlmsghdr` and `nfgenmsg`. */
const HEADERS_BYTES = 20
/** `linux/netlink.h`. */
const NETLINK_NO_ENOBUFS = 5
const PEEK = 2

export interface VerdictQueueOptions {
  netnsPath: string
  queue: number
  /** What does not fit into the queue passes; otherwise it is dropped. */
  failOpen: boolean
}

/** Decides on packets. */
export interface PacketJudge {
  /**
   * @param packet begins at its network header, is reused, and may be one of 64 KiB whose checksum is not there yet
   * @param isOutgoing whether it leaves this namespace's sockets, and does not come to them
   * @param recalled reused
   */
  judge(packet: Packet, isOutgoing: boolean, recalled: Recalled): PacketVerdict
  /** After a packet with which a connection was released: 9 bits that come again, as `Recalled`, when it is asked about again. */
  readonly note: number
}

/** What is known of the connection of a packet that was decided about in another generation than the one that holds. */
export interface Recalled {
  /** What was noted of it then; -1 where it was not released before. */
  note: number
  /** The packet at hand is sent by whoever did not open it. */
  isFromAnswerer: boolean
}

/**
 * Packets of a network namespace that the kernel holds until it is told what becomes of them (NFQUEUE). Not to be shared
 * between threads. When it is closed, or its process ends, what waits in it is dropped, and what comes then passes or is
 * dropped as the rule says that leads to it.
 */
export class VerdictQueue {
  /** Of its packets: `packet.originNetworkId`. */
  networkId = 0
  /** Since it was opened. */
  packets = 0
  bytes = 0
  /** Of `packets`, those longer than 64 KiB, which the kernel cut. */
  cut = 0
  readonly #socket: NetlinkSocket
  readonly #buffers: QueueBuffers
  readonly #verdicts: VerdictWriter
  readonly #queue: number
  readonly #recalled: Recalled = { note: -1, isFromAnswerer: false }
  #isClosed = false

  private constructor(socket: NetlinkSocket, queue: number, buffers: QueueBuffers) {
    this.#socket = socket
    this.#buffers = buffers
    this.#verdicts = new VerdictWriter(queue)
    this.#queue = queue
  }

  /** @throws {KernelError} leaving nothing open; also where another program serves that queue */
  static open(options: VerdictQueueOptions, buffers: QueueBuffers): VerdictQueue {
    const socket = inNetworkNamespace(options.netnsPath, () => new NetlinkSocket(NetlinkProtocol.netfilter))
    try {
      bindQueue(socket.fd, options)
      return new VerdictQueue(socket, options.queue, buffers)
    } catch (error) {
      socket.close()
      throw error
    }
  }

  /** Whether what does not fit into the queue passes from here on. */
  setFailOpen(failOpen: boolean): void {
    const message = configuration(this.#queue, (writer) => setFlags(writer, failOpen))
    send(this.fd, message, message.length, 0)
  }

  /** Which generation of decisions begins; those of the one before are asked about again. */
  set generation(generation: number) {
    this.#verdicts.generation = generation
  }

  /** For a `Poller`: ready when packets wait. */
  get fd(): number {
    return this.#socket.fd
  }

  /**
   * Has a batch of packets judged and tells the kernel.
   * @param time of the packets, in microseconds since 1970
   * @returns how many there were
   */
  read(packet: Packet, time: number, judge: PacketJudge): number {
    if (this.#isClosed) return 0
    const count = this.#buffers.receive(this.fd)
    for (let message = 0; message < count; message++) {
      this.#judge(message, packet, time, judge)
      if (message % netfilterLimits.packetsPerAnswer === netfilterLimits.packetsPerAnswer - 1) this.#answer()
    }
    this.#answer()
    return count
  }

  /** Tells the kernel of the verdicts that there are: who waits for a packet goes on while the next are judged. */
  #answer(): void {
    this.#verdicts.flush()
    if (this.#verdicts.length > 0) send(this.fd, this.#verdicts.bytes, this.#verdicts.length, 0)
    this.#verdicts.clear()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.close()
  }

  #judge(message: number, packet: Packet, time: number, judge: PacketJudge): void {
    const { bytes, view } = this.#buffers
    const start = this.#buffers.at(message)
    if (view.getUint16(start + 4, true) !== ((Subsystem.queue << 8) | Message.packet)) return
    const end = start + this.#buffers.lengthOf(message)
    let id = 0
    let hook = 0
    let mark = 0
    let wholeLength = 0
    packet.start = packet.end = start
    for (let at = start + HEADERS_BYTES; at + 4 <= end;) {
      const length = view.getUint16(at, true)
      switch (view.getUint16(at + 2, true)) {
        case PacketAttribute.header:
          id = view.getUint32(at + 4, false)
          hook = bytes[at + 10]
          break
        case PacketAttribute.mark:
          mark = view.getUint32(at + 4, false)
          break
        case PacketAttribute.wholeLength:
          wholeLength = view.getUint32(at + 4, false)
          break
        case PacketAttribute.payload:
          packet.start = at + 4
          packet.end = at + length
      }
      at += Math.max(4, (length + 3) & ~3)
    }
    this.#describe(packet, time, wholeLength)
    this.#recalled.note = recalledNote(mark)
    this.#recalled.isFromAnswerer = isRecalledFromAnswerer(mark)
    const verdict = judge.judge(packet, hook === LOCAL_OUT, this.#recalled)
    this.#verdicts.add(id, verdict, mark, judge.note)
  }

  #describe(packet: Packet, time: number, wholeLength: number): void {
    const length = packet.end - packet.start
    packet.bytes = this.#buffers.bytes
    packet.originalLength = Math.max(length, wholeLength)
    packet.time = time
    packet.nanoseconds = 0
    packet.linkType = LinkType.raw
    packet.interfaceId = 0
    packet.originNetworkId = this.networkId
    this.packets++
    this.bytes += packet.originalLength
    if (wholeLength > length) this.cut++
  }
}

/** `enum nf_inet_hooks`. */
const LOCAL_OUT = 3

/** All of it in one message: from the moment it is bound packets may come, and none may come in another form. */
function bindQueue(fd: number, { queue, failOpen }: VerdictQueueOptions): void {
  const room = Int32Array.of(netfilterLimits.receiveBytes)
  setsockopt(fd, Level.socket, SocketOption.receiveBufferForce, room, room.byteLength)
  const on = Int32Array.of(1)
  setsockopt(fd, Level.netlink, NETLINK_NO_ENOBUFS, on, on.byteLength)
  const message = configuration(queue, (writer) => {
    writer.data(ConfigAttribute.command, Uint8Array.of(BIND, 0, 0, 0))
    // `struct nfqnl_msg_config_params`: copy range (32 bits, network order), copy mode.
    writer.data(ConfigAttribute.parameters, Uint8Array.of(0, 0, 0xff, 0xff, COPY_PACKET))
    writer.u32(ConfigAttribute.longest, netfilterLimits.waitingPackets)
    setFlags(writer, failOpen)
  })
  must(send(fd, message, message.length, 0), 'bind a verdict queue')
  refused(fd)
}

function setFlags(writer: AttributeWriter, failOpen: boolean): void {
  writer.u32(ConfigAttribute.flags, ConfigFlag.segmentationOffload | (failOpen ? ConfigFlag.failOpen : 0))
  writer.u32(ConfigAttribute.mask, ConfigFlag.segmentationOffload | ConfigFlag.failOpen)
}

function configuration(queue: number, body: (writer: AttributeWriter) => void): Uint8Array {
  const writer = new AttributeWriter()
  const start = writer.reserve(HEADERS_BYTES)
  writer.at.setUint16(start + 4, (Subsystem.queue << 8) | Message.config, true)
  writer.at.setUint16(start + 6, MessageFlag.request, true)
  writer.at.setUint16(start + 18, queue, false)
  body(writer)
  writer.at.setUint32(start, writer.length, true)
  return writer.bytes
}

/** A refusal has come by now, and then nothing else has; a packet that has come stays for `read`. */
function refused(fd: number): void {
  const bytes = new Uint8Array(HEADERS_BYTES)
  const length = recv(fd, bytes, bytes.length, MSG_DONTWAIT | PEEK)
  const view = new DataView(bytes.buffer)
  if (length < HEADERS_BYTES || view.getUint16(4, true) !== MessageType.error) return
  const error = -view.getInt32(16, true)
  if (error !== 0) throw kernelError('bind a verdict queue', error)
}
