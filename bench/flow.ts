import type { Direction } from '../src/model/direction.ts'
import { FlowTable } from '../src/packet/flow-table.ts'
import { IpProtocol, Packet, TcpFlag } from '../src/packet/packet.ts'
import { type StreamSink, TcpReassembler } from '../src/packet/tcp-reassembler.ts'

const FLOWS = 230_000
const PACKETS = 6_000_000
const PAYLOAD_BYTES = 1400
const HEADER_BYTES = 40

/**
 * Packets over many flows at once: of ten flows seven are TCP over IPv4, one TCP over IPv6, two UDP. A flow's packets
 * come in fours: a request, two segments of its response, an ACK. The next four are of a flow far away, and each has
 * its turn once a round, so that all flows are at the same sequence numbers but for the one at hand.
 */
class Traffic {
  readonly packet = new Packet()
  readonly #ipv4 = new Uint8Array(2048)
  readonly #ipv6 = new Uint8Array(2048)
  #flow = 0
  #step = 0
  /** Bytes that client and server have sent when the round began. */
  #requested = 0
  #answered = 0

  constructor() {
    this.packet.time = 1_700_000_000_000_000.5
    for (const bytes of [this.#ipv4, this.#ipv6]) {
      for (let i = HEADER_BYTES; i < bytes.length; i++) bytes[i] = i * 7
    }
  }

  /** A flow's SYN, or the SYN+ACK from its server. Initial numbers are -1. */
  connect(flow: number, side: 0 | 1): void {
    const { packet } = this
    this.#address(flow, side)
    this.#setPayload(0)
    packet.tcpFlags = side === 0 ? TcpFlag.syn : TcpFlag.syn | TcpFlag.ack
    packet.sequence = 0xffffffff
    packet.acknowledgment = 0
  }

  next(): void {
    const { packet } = this
    const step = this.#step
    const isAnswer = step === 1 || step === 2
    const requested = this.#requested + (step === 0 ? 0 : PAYLOAD_BYTES)
    const answered = this.#answered + (step < 2 ? 0 : (step - 1) * PAYLOAD_BYTES)
    this.#address(this.#flow, isAnswer ? 1 : 0)
    this.#setPayload(step === 3 ? 0 : PAYLOAD_BYTES)
    packet.tcpFlags = TcpFlag.ack
    packet.sequence = isAnswer ? answered : requested
    packet.acknowledgment = isAnswer ? requested : answered
    this.#step = (step + 1) & 3
    if (step === 3) this.#turn()
  }

  /** The stride is prime to the number of flows. */
  #turn(): void {
    this.#flow = (this.#flow + 104_729) % FLOWS
    if (this.#flow !== 0) return
    this.#requested += PAYLOAD_BYTES
    this.#answered += 2 * PAYLOAD_BYTES
  }

  #setPayload(length: number): void {
    const { packet } = this
    packet.payloadStart = HEADER_BYTES
    packet.payloadEnd = HEADER_BYTES + length
    packet.payloadLength = length
    packet.networkLength = HEADER_BYTES + length
  }

  #address(flow: number, side: 0 | 1): void {
    const { packet } = this
    const kind = flow % 10
    const size = kind === 7 ? 16 : 4
    packet.time += 1
    packet.protocol = kind > 7 ? IpProtocol.udp : IpProtocol.tcp
    packet.sourcePort = side === 0 ? 32_768 + (flow & 0x3fff) : 443
    packet.destinationPort = side === 0 ? 443 : 32_768 + (flow & 0x3fff)
    packet.bytes = kind === 7 ? this.#ipv6 : this.#ipv4
    packet.ipVersion = kind === 7 ? 6 : 4
    packet.sourceAt = 0
    packet.destinationAt = size
    write32(packet.bytes, size - 4 + side * size, 0x0a000000 + (flow >> 4))
    write32(packet.bytes, 2 * size - 4 - side * size, 0x0b000000 + (flow & 0xff))
  }
}

function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

class Counting implements StreamSink {
  // A fraction: the field is a double from the start.
  bytes = 0.5
  data(_flow: number, _direction: Direction, _bytes: Uint8Array, start: number, end: number): void {
    this.bytes += end - start
  }
  gap(): void {}
  ended(): void {}
  anomaly(): void {}
}

class Subject {
  readonly traffic = new Traffic()
  readonly counting = new Counting()
  readonly flows = new FlowTable({ ended: (flow) => this.reassembler.end(flow) }, { seed: [1, 2] })
  readonly reassembler = new TcpReassembler(this.flows, this.counting)

  connect(): void {
    for (let flow = 0; flow < FLOWS; flow++) {
      this.traffic.connect(flow, 0)
      this.inspect()
      this.traffic.connect(flow, 1)
      this.inspect()
    }
  }

  exchange(packets: number): void {
    for (let i = 0; i < packets; i++) {
      this.traffic.next()
      this.inspect()
    }
  }

  inspect(): void {
    const { packet } = this.traffic
    const flow = this.flows.track(packet)
    if (packet.protocol === IpProtocol.tcp) this.reassembler.segment(flow, packet)
  }
}

function makeOnly(packets: number): void {
  const traffic = new Traffic()
  for (let i = 0; i < packets; i++) traffic.next()
}

function seconds(work: () => void): number {
  const begin = performance.now()
  work()
  return (performance.now() - begin) / 1000
}

function memory(): number {
  globalThis.gc?.()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

/** Flow table and reassembly alone, with 230,000 flows open. The time that making the packets takes is measured apart and left out. */
export async function run(): Promise<void> {
  const before = memory()
  const subject = new Subject()
  subject.connect()
  const held = memory() - before
  makeOnly(PACKETS / 10)
  subject.exchange(PACKETS / 10)
  const making = seconds(() => makeOnly(PACKETS))
  const whole = seconds(() => subject.exchange(PACKETS))
  const { flows, reassembler, counting } = subject
  const rate = PACKETS / (whole - making) / 1e6
  console.log(`flow: ${flows.size} flows open, ${(held / 2 ** 20).toFixed(0)} MiB`)
  console.log(
    `flow: ${rate.toFixed(1)} M packets/s tracked and reassembled (${((making / whole) * 100).toFixed(0)} % of the time went into making them)`,
  )
  console.log(
    `flow: ${(counting.bytes / 2 ** 30).toFixed(1)} GiB given on, ${reassembler.counters.gaps} gaps`,
  )
}
