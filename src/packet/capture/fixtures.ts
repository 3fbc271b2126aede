import { concatenate, longs, words } from '../frames.ts'
import { Packet } from '../packet.ts'
import type { CaptureProblem } from './capture.ts'
import { CaptureFeed } from './feed.ts'
import { PcapWriter, type PcapWriterOptions } from './pcap-writer.ts'
import { PcapngWriter, type PcapngInterfaceOptions, type PcapngSectionOptions } from './pcapng-writer.ts'
import { CaptureReader } from './reader.ts'

/* Capture files for this folder's tests, and what reading them gave. */

/** 2026-11-20T09:30:00.123456Z and 789 nanoseconds. */
export const TIME = 1_795_167_000_123_456
export const NANOSECONDS = 789

/** Collects what a writer writes. */
class Bytes {
  readonly parts: Uint8Array[] = []

  write(bytes: Uint8Array, start: number, end: number): void {
    this.parts.push(bytes.slice(start, end))
  }

  get all(): Uint8Array {
    return concatenate(...this.parts)
  }
}

interface Written {
  data: Uint8Array
  time?: number
  nanoseconds?: number
  originalLength?: number
  interfaceId?: number
  comments?: string[]
}

function packetOf(written: Written): Packet {
  const packet = new Packet()
  // Not at the beginning of its bytes.
  packet.bytes = concatenate(0xee, written.data, 0xee)
  packet.start = 1
  packet.end = 1 + written.data.length
  packet.originalLength = written.originalLength ?? written.data.length
  packet.time = written.time ?? TIME
  packet.nanoseconds = written.nanoseconds ?? 0
  packet.interfaceId = written.interfaceId ?? 0
  return packet
}

export function pcap(options: PcapWriterOptions, packets: Written[]): Uint8Array {
  const bytes = new Bytes()
  const writer = new PcapWriter(bytes, options)
  for (const packet of packets) writer.packet(packetOf(packet))
  return bytes.all
}

export function pcapng(
  section: PcapngSectionOptions,
  interfaces: PcapngInterfaceOptions[],
  packets: Written[],
): Uint8Array {
  const bytes = new Bytes()
  const writer = new PcapngWriter(bytes, section)
  for (const options of interfaces) writer.addInterface(options)
  for (const packet of packets) writer.packet(packetOf(packet), packet.comments)
  return bytes.all
}

interface Seen {
  data: string
  time: number
  nanoseconds: number
  originalLength: number
  linkType: number
  interfaceId: number
  comments: string[]
}

interface Result {
  packets: Seen[]
  problem: CaptureProblem | undefined
  reader: CaptureReader
}

function seen(packet: Packet, comments: string[]): Seen {
  return {
    data: Buffer.from(packet.bytes.subarray(packet.start, packet.end)).toString('latin1'),
    time: packet.time,
    nanoseconds: packet.nanoseconds,
    originalLength: packet.originalLength,
    linkType: packet.linkType,
    interfaceId: packet.interfaceId,
    comments,
  }
}

/** Reads a file in one piece that does not lie at the beginning of its buffer. */
export function read(file: Uint8Array): Result {
  const reader = new CaptureReader()
  const packets: Seen[] = []
  const sink = { packet: (packet: Packet) => void packets.push(seen(packet, reader.comments())) }
  const buffer = concatenate(longs(0xa5a5a5a5), file, longs(0xa5a5a5a5))
  reader.read(buffer, 4, 4 + file.length, sink)
  return { packets, problem: reader.finish(), reader }
}

/** Reads a file in chunks of the given sizes, the last of them over and over. */
export function readInChunks(file: Uint8Array, sizes: number[]): Result {
  const reader = new CaptureReader()
  const packets: Seen[] = []
  const sink = { packet: (packet: Packet) => void packets.push(seen(packet, reader.comments())) }
  const feed = new CaptureFeed(reader, sink)
  let at = 0
  for (let i = 0; at < file.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)]
    // A copy, so that whoever keeps a chunk's bytes reads rubbish.
    const chunk = file.slice(at, at + size)
    feed.push(chunk)
    chunk.fill(0xee)
    at += size
  }
  return { packets, problem: feed.finish(), reader }
}

export const text = (string: string) => Buffer.from(string, 'latin1')
export const TWO: Written[] = [
  { data: text('first') },
  { data: text('second'), time: TIME + 5, originalLength: 1500 },
]
export const ONE_INTERFACE = [{ linkType: 1 }]

/** A pcap file header and one record, from their fields as they stand in the file (little-endian). */
export function rawPcap(
  magic: number,
  version: [number, number],
  link: number,
  record: Uint8Array,
): Uint8Array {
  return concatenate(le32(magic), le16(...version), le32(0, 0, 65_535, link), record)
}

function le16(...values: number[]): Uint8Array {
  return concatenate(...values.map((value) => words(value).toReversed()))
}

export function le32(...values: number[]): Uint8Array {
  return concatenate(...values.map((value) => longs(value).toReversed()))
}

/** A pcapng block, big-endian. */
export function block(type: number, body: Uint8Array): Uint8Array {
  const padding = new Uint8Array((4 - (body.length % 4)) % 4)
  const length = 12 + body.length + padding.length
  return concatenate(longs(type, length), body, padding, longs(length))
}

export const section = (major = 1, minor = 0) =>
  block(0x0a0d0d0a, concatenate(longs(0x1a2b3c4d), words(major, minor), longs(0xffffffff, 0xffffffff)))
export const interfaceBlock = (linkType: number, snapLength: number, ...options: Uint8Array[]) =>
  block(1, concatenate(words(linkType, 0), longs(snapLength), ...options))
export const option = (code: number, value: Uint8Array) =>
  concatenate(words(code, value.length), value, new Uint8Array((4 - (value.length % 4)) % 4))
export const enhanced = (interfaceId: number, high: number, low: number, data: Uint8Array) =>
  block(6, concatenate(longs(interfaceId, high, low, data.length, data.length), data))
