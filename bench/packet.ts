import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ByteSink } from '../src/packet/capture/capture.ts'
import { PcapWriter } from '../src/packet/capture/pcap-writer.ts'
import { CaptureReader, type PacketSink } from '../src/packet/capture/reader.ts'
import { EtherType } from '../src/packet/decode/ethernet.ts'
import { decode } from '../src/packet/decode.ts'
import { ethernet, ipv4, ipv6, tcp, udp, vlan } from '../src/packet/frames.ts'
import { captureLimits } from '../src/packet/limits.ts'
import { DecodeStatus, IpProtocol, LinkType, Packet, TcpFlag } from '../src/packet/packet.ts'

/* Packets a second of reading a capture and decoding its packets, and what that allocates. */

const FILE_BYTES = 200_000_000
const ROUNDS = 5
/** TCP payloads: an acknowledgment, requests, answers, full segments. */
const PAYLOAD_BYTES = [0, 120, 500, 1400]
const FLOWS = 256

/** A frame of each of 256 flows: one in eight UDP, one in sixteen IPv6, one in sixteen in a VLAN, the rest plain TCP. */
function makeFrames(): Uint8Array[] {
  return Array.from({ length: FLOWS }, (_, i) => {
    const ports = { sourcePort: 1024 + i, destinationPort: 443 }
    const segment = tcp(
      { ...ports, sequence: 0xf000_0000 + i, flags: TcpFlag.ack },
      new Uint8Array(PAYLOAD_BYTES[i % 4]),
    )
    const addresses = { source: `10.0.0.${i}`, destination: '10.1.0.1' }
    if (i % 8 === 0) {
      const datagram = udp({ sourcePort: 1024 + i, destinationPort: 53 }, new Uint8Array(80))
      return ethernet(EtherType.ipv4, ipv4({ ...addresses, protocol: IpProtocol.udp }, datagram))
    }
    if (i % 16 === 1) {
      const addresses6 = { source: `2001:db8::${i}`, destination: '2001:db8:1::1' }
      return ethernet(EtherType.ipv6, ipv6({ ...addresses6, protocol: IpProtocol.tcp }, segment))
    }
    const packet = ipv4({ ...addresses, protocol: IpProtocol.tcp }, segment)
    return i % 16 === 2
      ? ethernet(EtherType.vlan, vlan(7, EtherType.ipv4, packet))
      : ethernet(EtherType.ipv4, packet)
  })
}

/** Gathers what a writer writes into blocks of 1 MiB. */
class FileSink implements ByteSink {
  bytes = 0
  readonly #file: number
  readonly #block = new Uint8Array(1 << 20)
  #filled = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#filled + end - start > this.#block.length) this.#flush()
    this.#block.set(bytes.subarray(start, end), this.#filled)
    this.#filled += end - start
    this.bytes += end - start
  }

  #flush(): void {
    for (let at = 0; at < this.#filled;) at += writeSync(this.#file, this.#block, at, this.#filled - at)
    this.#filled = 0
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }
}

function writeCapture(path: string): void {
  const sink = new FileSink(path)
  const writer = new PcapWriter(sink, { linkType: LinkType.ethernet })
  const frames = makeFrames()
  const packet = new Packet()
  for (let i = 0; sink.bytes < FILE_BYTES; i++) {
    packet.bytes = frames[i % FLOWS]
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + i
    writer.packet(packet)
  }
  sink.close()
}

interface Measured {
  packets: number
  /** Of reading and decoding, without that of the file system. */
  seconds: number
  secondsWithFile: number
  allocatedBytes: number
}

function measure(path: string, buffer: Uint8Array, sink: PacketSink): Measured {
  const file = openSync(path, 'r')
  const reader = new CaptureReader()
  const heapBefore = process.memoryUsage().heapUsed
  const began = performance.now()
  let inReader = 0
  for (let held = 0; ;) {
    const got = readSync(file, buffer, held, buffer.length - held, null)
    if (got === 0) break
    const start = performance.now()
    const consumed = reader.read(buffer, 0, held + got, sink)
    inReader += performance.now() - start
    buffer.copyWithin(0, consumed, held + got)
    held += got - consumed
  }
  const secondsWithFile = (performance.now() - began) / 1000
  const allocatedBytes = process.memoryUsage().heapUsed - heapBefore
  closeSync(file)
  if (reader.finish() !== undefined) throw new Error(`the capture was not read: ${reader.problem?.reason}`)
  return { packets: reader.packets, seconds: inReader / 1000, secondsWithFile, allocatedBytes }
}

/** Counts what decodes, so that nothing of the work can be left out. */
class Decoder implements PacketSink {
  decoded = 0
  packet(packet: Packet): void {
    if (decode(packet) === DecodeStatus.ok) this.decoded += packet.payloadLength > 0 ? 2 : 1
  }
}

class Counter implements PacketSink {
  bytes = 0
  packet(packet: Packet): void {
    this.bytes += packet.end - packet.start
  }
}

function report(name: string, rounds: Measured[]): void {
  const best = rounds.reduce((a, b) => (b.seconds < a.seconds ? b : a))
  const rate = (seconds: number) => `${(best.packets / seconds / 1e6).toFixed(1)} M packets/s`
  const gigabits = ((FILE_BYTES * 8) / best.seconds / 1e9).toFixed(0)
  const allocated = (Math.max(0, best.allocatedBytes) / best.packets).toFixed(3)
  console.log(
    `${name}: ${rate(best.seconds)} (${gigabits} Gbit/s), with the file system ${rate(best.secondsWithFile)}, ` +
      `${allocated} bytes allocated a packet`,
  )
}

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  try {
    const path = join(folder, 'packets.pcap')
    writeCapture(path)
    for (const bufferBytes of [256 * 1024, captureLimits.bufferBytes]) {
      const buffer = new Uint8Array(bufferBytes)
      const rounds = (sink: PacketSink) => Array.from({ length: ROUNDS }, () => measure(path, buffer, sink))
      const size = `${Math.round(bufferBytes / 1024)} KiB at a time`
      report(`pcap reader, ${size}`, rounds(new Counter()))
      report(`pcap reader and decode, ${size}`, rounds(new Decoder()))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) await run()
