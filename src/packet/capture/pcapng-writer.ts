import type { Packet } from '../packet.ts'
import type { ByteSink } from './capture.ts'
import { OptionCode, padded } from './pcapng-options.ts'
import { BlockType, byteOrderMagic } from './pcapng.ts'

export interface PcapngSectionOptions {
  hardware?: string
  operatingSystem?: string
  /** Program that made the file. */
  application?: string
  comments?: string[]
  bigEndian?: boolean
}

export interface PcapngInterfaceOptions {
  linkType: number
  /** 0 (default) for no limit. Packets are not cut to it. */
  snapLength?: number
  name?: string
  description?: string
  /** Resolution of its timestamps; else microseconds. */
  nanoseconds?: boolean
}

const WORD = 0x1_0000_0000
const PACKET_HEAD_BYTES = 28
const SIMPLE_PACKET_HEAD_BYTES = 12
/** Largest option value: its length has 16 bits. */
const OPTION_BYTES = 65_535
const PADDING = new Uint8Array(4)

/**
 * Writes a pcapng file: a section header at once, then interfaces and packets as they are given; a packet's interface
 * must have been added before. Allocates nothing for a packet without comments.
 */
export class PcapngWriter {
  readonly #sink: ByteSink
  readonly #littleEndian: boolean
  readonly #head = new Uint8Array(PACKET_HEAD_BYTES)
  readonly #view = new DataView(this.#head.buffer)
  readonly #nanoseconds: boolean[] = []

  constructor(sink: ByteSink, options: PcapngSectionOptions = {}) {
    this.#sink = sink
    this.#littleEndian = !(options.bigEndian ?? false)
    this.#section(options)
  }

  #section(options: PcapngSectionOptions): void {
    const body = new OptionList(this.#littleEndian)
    body.u32(byteOrderMagic).u16(1).u16(0)
    // Section length: not known beforehand.
    body.u32(0xffff_ffff).u32(0xffff_ffff)
    for (const comment of options.comments ?? []) body.text(OptionCode.comment, comment)
    body.text(OptionCode.sectionHardware, options.hardware)
    body.text(OptionCode.sectionOs, options.operatingSystem)
    body.text(OptionCode.sectionApplication, options.application)
    this.#block(BlockType.section, body.close())
  }

  /** Returns the number by which packets name the interface. */
  addInterface(options: PcapngInterfaceOptions): number {
    const body = new OptionList(this.#littleEndian)
    body.u16(options.linkType).u16(0)
    body.u32(options.snapLength ?? 0)
    body.text(OptionCode.interfaceName, options.name)
    body.text(OptionCode.interfaceDescription, options.description)
    const nanoseconds = options.nanoseconds ?? false
    if (nanoseconds) body.option(OptionCode.interfaceResolution, new Uint8Array([9]))
    this.#block(BlockType.interface, body.close())
    return this.#nanoseconds.push(nanoseconds) - 1
  }

  /** Writes an enhanced packet block for `packet.interfaceId`. */
  packet(packet: Packet, comments?: readonly string[]): void {
    const options = comments === undefined || comments.length === 0 ? undefined : this.#comments(comments)
    const captured = packet.end - packet.start
    const length = PACKET_HEAD_BYTES + padded(captured) + (options?.length ?? 0) + 4
    const view = this.#view
    view.setUint32(0, BlockType.enhancedPacket, this.#littleEndian)
    view.setUint32(4, length, this.#littleEndian)
    view.setUint32(8, packet.interfaceId, this.#littleEndian)
    this.#time(packet)
    view.setUint32(20, captured, this.#littleEndian)
    view.setUint32(24, Math.max(packet.originalLength, captured), this.#littleEndian)
    this.#sink.write(this.#head, 0, PACKET_HEAD_BYTES)
    this.#data(packet, captured)
    if (options !== undefined) this.#sink.write(options, 0, options.length)
    this.#trailer(length)
  }

  /** Writes a simple packet block: of the first interface, without a time. */
  simplePacket(packet: Packet): void {
    const captured = packet.end - packet.start
    const length = SIMPLE_PACKET_HEAD_BYTES + padded(captured) + 4
    this.#view.setUint32(0, BlockType.simplePacket, this.#littleEndian)
    this.#view.setUint32(4, length, this.#littleEndian)
    this.#view.setUint32(8, Math.max(packet.originalLength, captured), this.#littleEndian)
    this.#sink.write(this.#head, 0, SIMPLE_PACKET_HEAD_BYTES)
    this.#data(packet, captured)
    this.#trailer(length)
  }

  /** Nanoseconds since 1970 are beyond what a double holds exactly, so they are multiplied a word at a time. */
  #time(packet: Packet): void {
    let high = Math.floor(packet.time / WORD)
    let low = packet.time % WORD
    if (this.#nanoseconds[packet.interfaceId]) {
      low = low * 1000 + packet.nanoseconds
      high = high * 1000 + Math.floor(low / WORD)
    }
    this.#view.setUint32(12, high, this.#littleEndian)
    this.#view.setUint32(16, low % WORD, this.#littleEndian)
  }

  #data(packet: Packet, captured: number): void {
    this.#sink.write(packet.bytes, packet.start, packet.end)
    this.#sink.write(PADDING, 0, padded(captured) - captured)
  }

  #trailer(length: number): void {
    this.#view.setUint32(0, length, this.#littleEndian)
    this.#sink.write(this.#head, 0, 4)
  }

  #comments(comments: readonly string[]): Uint8Array {
    const list = new OptionList(this.#littleEndian)
    for (const comment of comments) list.text(OptionCode.comment, comment)
    return list.close()
  }

  #block(type: number, body: Uint8Array): void {
    this.#view.setUint32(0, type, this.#littleEndian)
    this.#view.setUint32(4, body.length + 12, this.#littleEndian)
    this.#sink.write(this.#head, 0, 8)
    this.#sink.write(body, 0, body.length)
    this.#trailer(body.length + 12)
  }
}

/** A block's body: fixed fields, then options. */
class OptionList {
  readonly #bytes: number[] = []
  readonly #littleEndian: boolean
  #hasOptions = false

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian
  }

  u16(value: number): this {
    const [high, low] = [(value >>> 8) & 0xff, value & 0xff]
    this.#bytes.push(...(this.#littleEndian ? [low, high] : [high, low]))
    return this
  }

  u32(value: number): this {
    const [high, low] = [value >>> 16, value & 0xffff]
    return this.#littleEndian ? this.u16(low).u16(high) : this.u16(high).u16(low)
  }

  option(code: number, value: Uint8Array): void {
    this.#hasOptions = true
    this.u16(code).u16(value.length)
    for (const byte of value) this.#bytes.push(byte)
    while (this.#bytes.length % 4 !== 0) this.#bytes.push(0)
  }

  /** Cut to what an option can hold; absent texts are left out. */
  text(code: number, text: string | undefined): void {
    if (text !== undefined) this.option(code, Buffer.from(text, 'utf8').subarray(0, OPTION_BYTES))
  }

  close(): Uint8Array {
    if (this.#hasOptions) this.u16(OptionCode.end).u16(0)
    return Uint8Array.from(this.#bytes)
  }
}
