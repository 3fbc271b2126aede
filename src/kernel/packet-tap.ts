import type { PacketSink } from '../packet/capture/capture.ts'
import { EtherType, layerOfEtherType } from '../packet/decode/ethernet.ts'
import { DecodeStatus, LinkType, type Packet } from '../packet/packet.ts'
import { BlockStatus, FrameStatus, HardwareType } from './constants.ts'
import { inNetworkNamespace } from './namespaces.ts'
import { BlockWord, PacketRing } from './packet-ring.ts'

export interface TapOptions {
  /** `/proc/<pid>/ns/net` or `/run/netns/<name>`. */
  netnsPath: string
  /** A power of two of at least 128 KiB, so that a packet of 64 KiB, as segmentation offload makes them, fits. */
  blockBytes: number
  blocks: number
  /**
   * 16 bits. Taps of one namespace with the same group share its packets by a hash that is the same in both directions
   * of a flow; fragments of IPv4 arrive put together. Without, the tap sees every packet.
   */
  fanoutGroup?: number
}

/** Since the tap was opened. */
export interface TapStatistics {
  /** Handed to the sink, and their bytes from the network header on as they were on the wire. */
  packets: number
  bytes: number
  /** By the kernel, because the ring was full. */
  dropped: number
  /** Carried nothing that could be IP (ARP, LLDP, …), or not where IP would be. */
  passedOver: number
  /** Of `packets`, those that a block had no room for in full. */
  cut: number
}

/** Where a frame's fields are, in 32-bit words: `struct tpacket3_hdr`, then `struct sockaddr_ll`. */
const FrameWord = {
  next: 0,
  seconds: 1,
  nanoseconds: 2,
  capturedLength: 3,
  length: 4,
  status: 5,
  /** Of the link header in the low half, of the network header in the high half, from the frame's beginning. */
  headers: 6,
  vlanTag: 8,
  /** In the low half. */
  vlanTagType: 9,
  /** In the high half, in network order. */
  protocol: 12,
  interface: 13,
  /** In the low half. */
  hardwareType: 14,
} as const

const ETHERNET_BYTES = 14
const ADDRESSES_BYTES = 12
const VLAN_BYTES = 4

/**
 * Sees every packet of a network namespace, both directions, on all its interfaces, as it is on the way: nothing waits
 * for it. Packets are read where the kernel put them.
 *
 * Not to be shared between threads. It keeps the namespace alive: whoever opens one closes it when the workload ends.
 */
export class PacketTap {
  /** Of packets of this tap: `packet.originNetworkId`. */
  networkId = 0
  readonly #ring: PacketRing
  readonly #blockWords: number
  readonly #blocks: number
  /** Which block is to be read next; the kernel fills them in turn. */
  #block = 0
  readonly #statistics: TapStatistics = { packets: 0, bytes: 0, dropped: 0, passedOver: 0, cut: 0 }

  private constructor(ring: PacketRing, { blockBytes, blocks }: TapOptions) {
    this.#ring = ring
    this.#blockWords = blockBytes / Int32Array.BYTES_PER_ELEMENT
    this.#blocks = blocks
  }

  /**
   * Sees what passes from the moment it returns.
   * @throws {KernelError} leaving nothing open
   */
  static open(options: TapOptions): PacketTap {
    const ring = inNetworkNamespace(options.netnsPath, () => PacketRing.open(options))
    return new PacketTap(ring, options)
  }

  /** For a `Poller`: ready when there is a block to read. */
  get fd(): number {
    return this.#ring.fd
  }

  /**
   * Reads at most `maxBlocks` blocks in place and hands on each packet: raw IP, or Ethernet where a tag or label comes
   * before the IP. The packet's bytes are the ring itself: valid until the sink returns.
   * @returns how many packets; 0 when nothing was there, or nothing but what is passed over
   */
  read(packet: Packet, sink: PacketSink, maxBlocks: number): number {
    const before = this.#statistics.packets
    let blocks = 0
    while (blocks < maxBlocks && this.#readBlock(packet, sink)) blocks++
    if (blocks === 0 && !this.#ring.isClosed) this.#ring.takeError()
    return this.#statistics.packets - before
  }

  /** The same object each time. */
  statistics(): Readonly<TapStatistics> {
    if (!this.#ring.isClosed) this.#statistics.dropped += this.#ring.takeDrops()
    return this.#statistics
  }

  /**
   * Sees from here on what no verdict queue of its namespace holds, or all of it again.
   * @throws {KernelError}
   */
  takeUnheldOnly(isUnheldOnly: boolean): void {
    if (!this.#ring.isClosed) this.#ring.takeUnheldOnly(isUnheldOnly)
  }

  /** Statistics remain, and nothing is read any more. */
  close(): void {
    if (this.#ring.isClosed) return
    this.statistics()
    this.#ring.close()
  }

  /** The kernel has the block back whatever the sink does; it may even close the tap. */
  #readBlock(packet: Packet, sink: PacketSink): boolean {
    const ring = this.#ring
    if (ring.isClosed) return false
    const { words } = ring
    const block = this.#block * this.#blockWords
    if ((Atomics.load(words, block + BlockWord.status) & BlockStatus.user) === 0) return false
    this.#block = this.#block + 1 === this.#blocks ? 0 : this.#block + 1
    try {
      let frame = block + (words[block + BlockWord.firstPacket] >>> 2)
      for (let left = words[block + BlockWord.packets]; left > 0 && !ring.isClosed; left--) {
        const next = frame + (words[frame + FrameWord.next] >>> 2)
        if (this.#locate(packet, frame)) this.#hand(packet, sink, frame)
        else this.#statistics.passedOver++
        frame = next
      }
    } finally {
      if (!ring.isClosed) ring.release(block)
    }
    return true
  }

  /** Sets where the packet is. @returns false when it is none that could be decoded */
  #locate(packet: Packet, frame: number): boolean {
    const { words, bytes } = this.#ring
    const headers = words[frame + FrameWord.headers]
    const link = frame * 4 + (headers & 0xffff)
    const network = frame * 4 + (headers >>> 16)
    packet.end = link + words[frame + FrameWord.capturedLength]
    packet.start = network
    packet.originalLength = words[frame + FrameWord.length] - (network - link)
    packet.linkType = LinkType.raw

    const hardware = words[frame + FrameWord.hardwareType] & 0xffff
    if (hardware !== HardwareType.ethernet && hardware !== HardwareType.loopback)
      return isIp(swapped(words[frame + FrameWord.protocol] >>> 16))
    const type = (bytes[link + ADDRESSES_BYTES] << 8) | bytes[link + ADDRESSES_BYTES + 1]
    const tagged = (words[frame + FrameWord.status] & FrameStatus.vlanValid) !== 0
    if (isIp(type) && !tagged && network - link === ETHERNET_BYTES) return true
    packet.start = link
    packet.originalLength = words[frame + FrameWord.length]
    packet.linkType = LinkType.ethernet
    if (tagged) this.#putTagBack(packet, frame)
    return tagged || isDecodable(type)
  }

  /**
   * The kernel took an 802.1Q tag off. It is put back, as libpcap does: the addresses move to the front by its length,
   * into room that the kernel leaves between its own header and the frame (14 bytes with Ethernet).
   */
  #putTagBack(packet: Packet, frame: number): void {
    const { words, bytes } = this.#ring
    const hasType = (words[frame + FrameWord.status] & FrameStatus.vlanTagTypeValid) !== 0
    const type = hasType ? words[frame + FrameWord.vlanTagType] & 0xffff : EtherType.vlan
    const tag = words[frame + FrameWord.vlanTag]
    const start = packet.start - VLAN_BYTES
    bytes.copyWithin(start, packet.start, packet.start + ADDRESSES_BYTES)
    bytes[start + ADDRESSES_BYTES] = type >>> 8
    bytes[start + ADDRESSES_BYTES + 1] = type
    bytes[start + ADDRESSES_BYTES + 2] = tag >>> 8
    bytes[start + ADDRESSES_BYTES + 3] = tag
    packet.start = start
    packet.originalLength += VLAN_BYTES
  }

  #hand(packet: Packet, sink: PacketSink, frame: number): void {
    const { words, bytes } = this.#ring
    const nanoseconds = words[frame + FrameWord.nanoseconds]
    const microseconds = Math.trunc(nanoseconds / 1000)
    packet.bytes = bytes
    packet.time = (words[frame + FrameWord.seconds] >>> 0) * 1_000_000 + microseconds
    packet.nanoseconds = nanoseconds - microseconds * 1000
    packet.interfaceId = words[frame + FrameWord.interface]
    packet.originNetworkId = this.networkId
    const statistics = this.#statistics
    statistics.packets++
    statistics.bytes += packet.originalLength
    if (packet.end - packet.start < packet.originalLength) statistics.cut++
    sink.packet(packet)
  }
}

function isIp(protocol: number): boolean {
  return protocol === EtherType.ipv4 || protocol === EtherType.ipv6
}

function isDecodable(etherType: number): boolean {
  return layerOfEtherType(etherType) !== DecodeStatus.unsupported
}

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >>> 8)
}
