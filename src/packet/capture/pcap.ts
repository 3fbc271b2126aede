import { u16, u16le, u32, u32le } from '../../lib/bytes.ts'
import { captureLimits } from '../limits.ts'
import type { CaptureInterface, CaptureProblem, PacketSink } from './capture.ts'
import { CaptureParser, count } from './parser.ts'

/** The four magic numbers, as their writer's byte order gives them. */
export const PcapMagic = {
  microseconds: 0xa1b2c3d4,
  nanoseconds: 0xa1b23c4d,
  /** Alexey Kuznetzov's patched libpcap of the 1990s: longer record headers. */
  modified: 0xa1b2cd34,
} as const

export const pcapHeaderBytes = 24
const RECORD_BYTES = 16
const MODIFIED_RECORD_BYTES = 24

/** Which of the two length fields comes first: it was the other way round before version 2.3, and either in 2.3. */
const LengthOrder = { capturedFirst: 0, originalFirst: 1, smallerFirst: 2 } as const
type LengthOrder = (typeof LengthOrder)[keyof typeof LengthOrder]

/**
 * pcap as draft-ietf-opsawg-pcap describes it, with the older versions and variants that libpcap reads.
 */
export class PcapParser extends CaptureParser {
  readonly interfaces: CaptureInterface[] = []
  readonly #littleEndian: boolean
  readonly #nanoseconds: boolean
  readonly #recordBytes: number
  #lengthOrder: LengthOrder = LengthOrder.capturedFirst
  #fcsBytes = 0
  override needed = pcapHeaderBytes

  constructor(magic: number, littleEndian: boolean) {
    super()
    this.#littleEndian = littleEndian
    this.#nanoseconds = magic === PcapMagic.nanoseconds
    this.#recordBytes = magic === PcapMagic.modified ? MODIFIED_RECORD_BYTES : RECORD_BYTES
  }

  read(buffer: Uint8Array, start: number, end: number, offset: number, sink: PacketSink): number {
    let at = start
    if (this.interfaces.length === 0) {
      if (end - at < pcapHeaderBytes) return at
      this.#header(buffer, at, offset)
      if (this.problem !== undefined) return at
      at += pcapHeaderBytes
    }
    return this.#records(buffer, at, end, offset - start, sink)
  }

  #header(buffer: Uint8Array, at: number, offset: number): void {
    const major = this.#u16(buffer, at + 4)
    const minor = this.#u16(buffer, at + 6)
    // Version 543.0 is what DG/UX wrote.
    if (!(major === 2 && minor <= 4) && !(major === 543 && minor === 0)) {
      this.fail('unsupported', offset, `pcap version ${major}.${minor} is not known`)
      return
    }
    if (major === 543 || minor < 3) this.#lengthOrder = LengthOrder.originalFirst
    else if (minor === 3) this.#lengthOrder = LengthOrder.smallerFirst
    const link = this.#u32(buffer, at + 20)
    // Bit 26 says that bits 28-31 hold the length of the frame check sequence in 16-bit units.
    this.#fcsBytes = link & 0x0400_0000 ? (link >>> 28) * 2 : 0
    this.interfaces.push({ linkType: link & 0xffff, snapLength: this.#u32(buffer, at + 16), name: '' })
    this.packet.linkType = link & 0xffff
    this.packet.interfaceId = 0
  }

  /** `shift` makes a position in `buffer` one of the file. */
  #records(buffer: Uint8Array, start: number, end: number, shift: number, sink: PacketSink): number {
    const packet = this.packet
    const headerBytes = this.#recordBytes
    packet.bytes = buffer
    let at = start
    while (end - at >= headerBytes) {
      this.#lengths(buffer, at)
      const captured = packet.end
      if (captured > captureLimits.packetBytes) {
        this.fail('corrupt', at + shift, `a packet of ${count(captured)} bytes is longer than any can be`)
        return at
      }
      const next = at + headerBytes + captured
      if (next > end) {
        this.needed = next - at
        return at
      }
      this.#time(buffer, at)
      packet.start = at + headerBytes
      packet.end = next
      if (this.#fcsBytes !== 0) this.leaveOutFcs(this.#fcsBytes)
      this.packets++
      sink.packet(packet)
      at = next
    }
    this.needed = headerBytes
    return at
  }

  /** Leaves the captured length in `packet.end`, the original one in its place. */
  #lengths(buffer: Uint8Array, at: number): void {
    let captured = this.#u32(buffer, at + 8)
    let original = this.#u32(buffer, at + 12)
    if (this.#lengthOrder !== LengthOrder.capturedFirst) {
      if (this.#lengthOrder === LengthOrder.originalFirst || captured > original) {
        const first = captured
        captured = original
        original = first
      }
    }
    this.packet.end = captured
    this.packet.originalLength = Math.max(captured, original)
  }

  #time(buffer: Uint8Array, at: number): void {
    const seconds = this.#u32(buffer, at)
    const fraction = this.#u32(buffer, at + 4)
    if (this.#nanoseconds) {
      const microseconds = Math.floor(fraction / 1000)
      this.packet.time = seconds * 1e6 + microseconds
      this.packet.nanoseconds = fraction - microseconds * 1000
    } else this.packet.time = seconds * 1e6 + fraction
  }

  atEnd(offset: number, held: number): CaptureProblem | undefined {
    if (held === 0) return undefined
    const what = this.interfaces.length === 0 ? 'the file header' : 'a packet'
    const reason = `the file ends inside ${what}: ${count(held)} of at least ${count(this.needed)} bytes are there`
    return { code: 'truncated', offset, reason }
  }

  comments(): string[] {
    return []
  }

  #u16(buffer: Uint8Array, at: number): number {
    return this.#littleEndian ? u16le(buffer, at) : u16(buffer, at)
  }

  #u32(buffer: Uint8Array, at: number): number {
    return this.#littleEndian ? u32le(buffer, at) : u32(buffer, at)
  }
}
