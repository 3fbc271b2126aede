import type { Packet } from '../packet.ts'
import type { ByteSink } from './capture.ts'
import { PcapMagic, pcapHeaderBytes } from './pcap.ts'

export interface PcapWriterOptions {
  linkType: number
  /** Packets are cut to this length; default 262,144, what tcpdump takes for no limit. */
  snapLength?: number
  nanoseconds?: boolean
  bigEndian?: boolean
}

const DEFAULT_SNAP_LENGTH = 262_144
const RECORD_BYTES = 16

/** Writes a pcap file, version 2.4: the header at once, then each packet as it is given. Allocates nothing per packet. */
export class PcapWriter {
  readonly #sink: ByteSink
  readonly #snapLength: number
  readonly #nanoseconds: boolean
  readonly #littleEndian: boolean
  readonly #header = new Uint8Array(pcapHeaderBytes)
  readonly #view = new DataView(this.#header.buffer)

  constructor(sink: ByteSink, options: PcapWriterOptions) {
    this.#sink = sink
    this.#snapLength = options.snapLength ?? DEFAULT_SNAP_LENGTH
    this.#nanoseconds = options.nanoseconds ?? false
    this.#littleEndian = !(options.bigEndian ?? false)
    const view = this.#view
    view.setUint32(0, this.#nanoseconds ? PcapMagic.nanoseconds : PcapMagic.microseconds, this.#littleEndian)
    view.setUint16(4, 2, this.#littleEndian)
    view.setUint16(6, 4, this.#littleEndian)
    view.setUint32(16, this.#snapLength, this.#littleEndian)
    view.setUint32(20, options.linkType, this.#littleEndian)
    sink.write(this.#header, 0, pcapHeaderBytes)
  }

  /** The packet's link type must be the file's: pcap has room for one only. */
  packet(packet: Packet): void {
    const captured = Math.min(packet.end - packet.start, this.#snapLength)
    const seconds = Math.floor(packet.time / 1e6)
    const microseconds = packet.time - seconds * 1e6
    const fraction = this.#nanoseconds ? microseconds * 1000 + packet.nanoseconds : microseconds
    const view = this.#view
    view.setUint32(0, seconds, this.#littleEndian)
    view.setUint32(4, fraction, this.#littleEndian)
    view.setUint32(8, captured, this.#littleEndian)
    view.setUint32(12, Math.max(packet.originalLength, packet.end - packet.start), this.#littleEndian)
    this.#sink.write(this.#header, 0, RECORD_BYTES)
    this.#sink.write(packet.bytes, packet.start, packet.start + captured)
  }
}
