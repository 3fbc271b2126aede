import type { ThreatRecord } from '../../src/model/records.ts'
import { Engine } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { ipv4, type Ipv4Fields, tcp, type TcpFields, udp } from '../../src/packet/frames.ts'
import { IpProtocol, LinkType, Packet, TcpFlag } from '../../src/packet/packet.ts'
import { builtInDetector } from './built-in-detector.ts'
import type { ThreatSettings } from '../../src/threats/settings.ts'

const second = 1_000_000
const start = 1_700_000_000 * second

export const attacker = '10.0.0.66'
export const client = '10.0.0.1'
export const server = '10.0.0.2'

/** An engine that threats are looked for in, and ways to give it packets at a time in seconds. */
export class WatchedTraffic {
  /** Seconds since the start. */
  now = 0
  readonly engine: Engine
  readonly records: ThreatRecord[] = []

  constructor(threats: ThreatSettings = {}) {
    this.engine = new Engine(
      {
        protocols: builtInProtocols,
        detector: builtInDetector,
        hashKey: Buffer.alloc(32, 1),
        seed: [1, 2],
        threats,
      },
      { flow: () => {}, threat: (record) => void this.records.push(record), attack: () => {} },
    )
  }

  /** An IP packet, from its header on. @param origin the namespace in which it is seen */
  packet(bytes: Uint8Array, linkType: number = LinkType.raw, origin = 0): void {
    const packet = new Packet()
    packet.originNetworkId = origin
    packet.bytes = bytes
    packet.end = packet.originalLength = bytes.length
    packet.time = start + Math.round(this.now * second)
    packet.linkType = linkType
    this.engine.packet(packet)
  }

  ip(fields: Partial<Ipv4Fields> & { protocol: number }, payload: Uint8Array): void {
    this.packet(ipv4({ source: client, destination: server, ...fields }, payload))
  }

  tcp(ends: { from?: string; to?: string }, fields: TcpFields, payload?: Uint8Array | string): void {
    const { from: source = client, to: destination = server } = ends
    const segment = tcp(fields, typeof payload === 'string' ? Buffer.from(payload, 'latin1') : payload)
    this.packet(ipv4({ source, destination, protocol: IpProtocol.tcp }, segment))
  }

  udp(
    ends: { from?: string; to?: string },
    ports: [source: number, destination: number],
    payload: Uint8Array,
  ): void {
    const { from: source = client, to: destination = server } = ends
    const [sourcePort, destinationPort] = ports
    this.packet(
      ipv4({ source, destination, protocol: IpProtocol.udp }, udp({ sourcePort, destinationPort }, payload)),
    )
  }

  /** A connection with its handshake, and a way to say something on it. */
  connect(ends: { from?: string; to?: string }, ports: [source: number, destination: number]): TcpTalk {
    const talk = new TcpTalk(this, ends, ports)
    talk.open()
    return talk
  }

  /** Threats so far, told of wholly; the engine is over. */
  finish(): ThreatRecord[] {
    this.engine.close()
    return this.records
  }

  /** Names of the threats. */
  names(): string[] {
    return this.finish()
      .map(({ name }) => name)
      .sort()
  }
}

/** One TCP connection, its sequence numbers kept. */
export class TcpTalk {
  readonly #traffic: WatchedTraffic
  readonly #client: string
  readonly #server: string
  readonly #ports: [number, number]
  readonly #sent: [number, number] = [1000, 5000]

  constructor(
    traffic: WatchedTraffic,
    { from = client, to = server }: { from?: string; to?: string },
    ports: [source: number, destination: number],
  ) {
    this.#traffic = traffic
    this.#client = from
    this.#server = to
    this.#ports = ports
  }

  open(): void {
    this.#segment(0, TcpFlag.syn)
    this.#sent[0]++
    this.#segment(1, TcpFlag.syn | TcpFlag.ack)
    this.#sent[1]++
    this.#segment(0, TcpFlag.ack)
  }

  /** What the client says. */
  ask(data: string | Uint8Array, window?: number): void {
    this.#say(0, data, window)
  }

  /** What the server says. */
  answer(data: string | Uint8Array): void {
    this.#say(1, data)
  }

  /** An empty segment of the client with this window. */
  window(size: number): void {
    this.#segment(0, TcpFlag.ack, new Uint8Array(0), size)
  }

  close(): void {
    this.#segment(0, TcpFlag.fin | TcpFlag.ack)
    this.#sent[0]++
    this.#segment(1, TcpFlag.fin | TcpFlag.ack)
    this.#sent[1]++
    this.#segment(0, TcpFlag.ack)
  }

  /** The server refuses what was opened. */
  refuse(): void {
    this.#segment(1, TcpFlag.rst | TcpFlag.ack)
  }

  #say(side: 0 | 1, data: string | Uint8Array, window?: number): void {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
    this.#segment(side, TcpFlag.psh | TcpFlag.ack, bytes, window)
    this.#sent[side] += bytes.length
  }

  #segment(side: 0 | 1, flags: number, data?: Uint8Array, window?: number): void {
    const [source, destination] = this.#ports
    const isClient = side === 0
    const ends = isClient
      ? { from: this.#client, to: this.#server }
      : { from: this.#server, to: this.#client }
    this.#traffic.tcp(
      ends,
      {
        sourcePort: isClient ? source : destination,
        destinationPort: isClient ? destination : source,
        sequence: this.#sent[side],
        acknowledgment: this.#sent[side ^ 1],
        flags,
        ...(window === undefined ? {} : { window }),
      },
      data,
    )
  }
}
