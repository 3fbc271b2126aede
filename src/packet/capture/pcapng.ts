import { u16, u16le, u32, u32le, utf8 } from '../../lib/bytes.ts'
import { captureLimits } from '../limits.ts'
import type { CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'
import { InterfaceClock } from './clock.ts'
import { CaptureParser, count } from './parser.ts'
import { eachOption, OptionCode, padded, readComments } from './pcapng-options.ts'

export const BlockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  /** Obsolete, but dumpcap wrote it for years. */
  packet: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const

export const byteOrderMagic = 0x1a2b3c4d

/** Type, total length, and what the smallest known body needs (a section's magic). */
const BLOCK_HEAD_BYTES = 12
/** Where type and total length of a block end. */
const LENGTH_END = 8
const TRAILER_BYTES = 4
const PACKET_DATA_AT = 28
const SIMPLE_PACKET_DATA_AT = 12
const SECTION_BYTES = 28
const INTERFACE_BYTES = 20

interface SectionInterface extends CaptureInterface {
  clock: InterfaceClock
  fcsBytes: number
}

/**
 * pcapng as draft-ietf-opsawg-pcapng describes it. Blocks that hold no packets (names, statistics, secrets, journal
 * entries, custom) are passed over without being held in memory, whatever their length.
 */
export class PcapngParser extends CaptureParser {
  interfaces: SectionInterface[] = []
  override needed = BLOCK_HEAD_BYTES
  #littleEndian = true
  #sink: PacketSink | undefined
  /** Byte of the file at which `buffer[0]` would lie, to tell where a block begins. */
  #shift = 0
  // A block being passed over: where it began, its whole length, and what of it comes before the trailing length.
  #skippedAt = 0
  #skippedLength = 0
  #toSkip = 0
  // Options of the packet being handed out.
  #buffer: Uint8Array = new Uint8Array(0)
  #optionsAt = 0
  #optionsEnd = 0

  read(buffer: Uint8Array, start: number, end: number, offset: number, sink: PacketSink): number {
    this.#shift = offset - start
    this.#sink = sink
    this.#buffer = buffer
    this.packet.bytes = buffer
    let at = start
    for (;;) {
      const next = this.#skippedLength > 0 ? this.#skip(buffer, at, end) : this.#block(buffer, at, end)
      if (next === at || this.problem !== undefined) return next
      at = next
    }
  }

  /** Reads one block; returns where the next begins, or `at` when the block is not wholly there or has a problem. */
  #block(buffer: Uint8Array, at: number, end: number): number {
    if (end - at < BLOCK_HEAD_BYTES) return this.#wait(at, BLOCK_HEAD_BYTES)
    // Reads the same in both byte orders.
    const isSection = u32(buffer, at) === BlockType.section
    if (isSection && !this.#byteOrder(buffer, at)) return at
    const length = this.#u32(buffer, at + 4)
    if (length < BLOCK_HEAD_BYTES) {
      return this.#corrupt(at, `a block says that it is ${length} bytes long, less than its own frame`)
    }
    const whole = padded(length)
    const type = isSection ? BlockType.section : this.#u32(buffer, at)
    if (!isHeld(type)) return this.#beginSkip(at, length)
    if (whole > captureLimits.packetBytes + captureLimits.optionBytes) {
      return this.#corrupt(at, `a block of ${count(length)} bytes is longer than any can be`)
    }
    if (end - at < whole) return this.#wait(at, whole)
    if (!this.#trailerFits(buffer, at + whole, length)) return this.#lengthsDiffer(at)
    this.#known(buffer, type, at, at + whole)
    return this.problem === undefined ? at + whole : at
  }

  #known(buffer: Uint8Array, type: number, at: number, end: number): void {
    if (type === BlockType.enhancedPacket) this.#packetBlock(buffer, at, end, this.#u32(buffer, at + 8))
    else if (type === BlockType.packet) this.#packetBlock(buffer, at, end, this.#u16(buffer, at + 8))
    else if (type === BlockType.simplePacket) this.#simplePacket(buffer, at, end)
    else if (type === BlockType.interface) this.#interface(buffer, at, end)
    else this.#section(buffer, at, end)
  }

  #byteOrder(buffer: Uint8Array, at: number): boolean {
    if (u32(buffer, at + 8) === byteOrderMagic) this.#littleEndian = false
    else if (u32le(buffer, at + 8) === byteOrderMagic) this.#littleEndian = true
    else {
      this.#corrupt(at, 'a section does not tell its byte order')
      return false
    }
    return true
  }

  #section(buffer: Uint8Array, at: number, end: number): void {
    if (end - at < SECTION_BYTES) {
      this.#corrupt(at, 'a section header is too short')
      return
    }
    const major = this.#u16(buffer, at + 12)
    const minor = this.#u16(buffer, at + 14)
    // Minor version 2 is the same format: some writers used it by mistake (section 4.1 of the draft).
    if (major !== 1 || (minor !== 0 && minor !== 2)) {
      this.fail('unsupported', at + this.#shift, `pcapng version ${major}.${minor} is not known`)
    }
    this.interfaces = []
  }

  #interface(buffer: Uint8Array, at: number, end: number): void {
    if (end - at < INTERFACE_BYTES) this.#corrupt(at, 'an interface description is too short')
    else if (this.interfaces.length >= captureLimits.interfaces) {
      this.#corrupt(at, `a section has more than ${count(captureLimits.interfaces)} interfaces`)
    } else this.interfaces.push(this.#describedInterface(buffer, at, end))
  }

  #describedInterface(buffer: Uint8Array, at: number, end: number): SectionInterface {
    let name = ''
    let resolution = 6
    let offsetSeconds = 0
    let fcsBytes = 0
    eachOption(buffer, at + 16, end - TRAILER_BYTES, this.#littleEndian, (code, from, to) => {
      if (code === OptionCode.interfaceName) {
        name = utf8(buffer, from, Math.min(to, from + captureLimits.interfaceNameBytes))
      } else if (code === OptionCode.interfaceResolution && to - from === 1) resolution = buffer[from]
      else if (code === OptionCode.interfaceFcsLength && to - from === 1) fcsBytes = buffer[from]
      else if (code === OptionCode.interfaceOffset && to - from === 8) offsetSeconds = this.#i64(buffer, from)
    })
    return {
      linkType: this.#u16(buffer, at + 8),
      snapLength: this.#u32(buffer, at + 12),
      name,
      fcsBytes,
      clock: new InterfaceClock(resolution, offsetSeconds),
    }
  }

  /** Enhanced and obsolete packet blocks differ in the width of the interface's number only. */
  #packetBlock(buffer: Uint8Array, at: number, end: number, interfaceId: number): void {
    const room = end - at - PACKET_DATA_AT - TRAILER_BYTES
    const captured = room < 0 ? 0 : this.#u32(buffer, at + 20)
    if (!this.#fits(at, captured, room) || !this.#hasInterface(at, interfaceId)) return
    const from = this.interfaces[interfaceId]
    from.clock.set(this.packet, this.#u32(buffer, at + 12), this.#u32(buffer, at + 16))
    this.packet.originalLength = this.#u32(buffer, at + 24)
    this.#optionsAt = at + PACKET_DATA_AT + padded(captured)
    this.#optionsEnd = end - TRAILER_BYTES
    this.#deliver(interfaceId, at + PACKET_DATA_AT, captured)
  }

  /** Has no time of its own: it is given that of the packet before, so that time does not run backwards. */
  #simplePacket(buffer: Uint8Array, at: number, end: number): void {
    const room = end - at - SIMPLE_PACKET_DATA_AT - TRAILER_BYTES
    if (!this.#fits(at, 0, room) || !this.#hasInterface(at, 0)) return
    const original = this.#u32(buffer, at + 8)
    const snapLength = this.interfaces[0].snapLength
    const captured = Math.min(original, room, snapLength === 0 ? room : snapLength)
    this.packet.originalLength = original
    this.#optionsAt = this.#optionsEnd = 0
    if (this.#fits(at, captured, room)) this.#deliver(0, at + SIMPLE_PACKET_DATA_AT, captured)
  }

  #fits(at: number, captured: number, room: number): boolean {
    if (room < 0) this.#corrupt(at, 'a packet block is too short')
    else if (captured > room) {
      this.#corrupt(at, `a packet of ${count(captured)} bytes is in a block that holds ${count(room)}`)
    } else if (captured > captureLimits.packetBytes) {
      this.#corrupt(at, `a packet of ${count(captured)} bytes is longer than any can be`)
    }
    return this.problem === undefined
  }

  #hasInterface(at: number, interfaceId: number): boolean {
    if (interfaceId < this.interfaces.length) return true
    this.#corrupt(at, `a packet is of interface ${interfaceId}, which its section does not describe`)
    return false
  }

  #deliver(interfaceId: number, dataAt: number, captured: number): void {
    const packet = this.packet
    const from = this.interfaces[interfaceId]
    packet.interfaceId = interfaceId
    packet.linkType = from.linkType
    packet.start = dataAt
    packet.end = dataAt + captured
    packet.originalLength = Math.max(packet.originalLength, captured)
    if (from.fcsBytes !== 0) this.leaveOutFcs(from.fcsBytes)
    this.packets++
    this.#sink?.packet(packet)
  }

  #beginSkip(at: number, length: number): number {
    this.#skippedAt = at + this.#shift
    this.#skippedLength = length
    this.#toSkip = padded(length) - LENGTH_END - TRAILER_BYTES
    return at + LENGTH_END
  }

  #skip(buffer: Uint8Array, at: number, end: number): number {
    const skipped = Math.min(this.#toSkip, end - at)
    this.#toSkip -= skipped
    const trailerAt = at + skipped
    if (this.#toSkip > 0) return this.#wait(trailerAt, 1)
    if (end - trailerAt < TRAILER_BYTES) return this.#wait(trailerAt, TRAILER_BYTES)
    const next = trailerAt + TRAILER_BYTES
    if (!this.#trailerFits(buffer, next, this.#skippedLength)) {
      return this.#lengthsDiffer(this.#skippedAt - this.#shift)
    }
    this.#skippedLength = 0
    return next
  }

  /** The trailing length ends at `end`. Writers that forgot to pad wrote either. */
  #trailerFits(buffer: Uint8Array, end: number, length: number): boolean {
    const trailer = this.#u32(buffer, end - TRAILER_BYTES)
    return trailer === length || trailer === padded(length)
  }

  #lengthsDiffer(at: number): number {
    return this.#corrupt(at, 'the two lengths of a block differ')
  }

  #corrupt(at: number, reason: string): number {
    this.fail('corrupt', at + this.#shift, reason)
    return at
  }

  #wait(at: number, bytes: number): number {
    this.needed = bytes
    return at
  }

  atEnd(offset: number, held: number): CaptureProblem | undefined {
    if (this.#skippedLength > 0) {
      const there = offset + held - this.#skippedAt
      return truncatedBlock(this.#skippedAt, there, padded(this.#skippedLength))
    }
    return held === 0 ? undefined : truncatedBlock(offset, held, this.needed)
  }

  comments(): string[] {
    return readComments(this.#buffer, this.#optionsAt, this.#optionsEnd, this.#littleEndian)
  }

  #u16(buffer: Uint8Array, at: number): number {
    return this.#littleEndian ? u16le(buffer, at) : u16(buffer, at)
  }

  #u32(buffer: Uint8Array, at: number): number {
    return this.#littleEndian ? u32le(buffer, at) : u32(buffer, at)
  }

  /** Signed 64 bits, as near as a double comes. */
  #i64(buffer: Uint8Array, at: number): number {
    const high = this.#u32(buffer, this.#littleEndian ? at + 4 : at) | 0
    return high * 0x1_0000_0000 + this.#u32(buffer, this.#littleEndian ? at : at + 4)
  }
}

function isHeld(type: number): boolean {
  return (
    type === BlockType.enhancedPacket ||
    type === BlockType.interface ||
    type === BlockType.simplePacket ||
    type === BlockType.packet ||
    type === BlockType.section
  )
}

function truncatedBlock(offset: number, there: number, needed: number): CaptureProblem {
  const reason = `the file ends inside a block: ${count(there)} of at least ${count(needed)} bytes are there`
  return { code: 'truncated', offset, reason }
}
