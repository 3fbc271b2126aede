import { closeSync, openSync, writeSync } from 'node:fs'
import { PcapWriter } from '../../src/packet/capture/pcap-writer.ts'
import { LinkType, Packet } from '../../src/packet/packet.ts'
import { type Frame, clientCount, varyClient } from './connection.ts'
import { apiConnection, listConnection, pageConnection } from './http.ts'
import { dnsExchange, postgresqlConnection, tlsConnection } from './other.ts'
import { Random } from './random.ts'

/** Connections of a kind that are built; they come again and again, from other clients. */
const VARIANTS = 40
const OPEN_AT_A_TIME = 500
/** Time from one packet to the next: as on a busy link, where few flows end before the capture does. */
const BUSY_LINK_US = 50
const CHUNK_BYTES = 1 << 20

interface Kind {
  /** Of the capture's bytes; all together 1. */
  share: number
  connections: Frame[][]
  bytes: number
  begun: number
}

interface OpenConnection {
  frames: Frame[]
  client: number
  next: number
}

/** Writes captures of synthetic traffic, the same in each run. */
export class TrafficCapture {
  readonly #file: number
  readonly #writer: PcapWriter
  readonly #packet = new Packet()
  readonly #chunk = Buffer.alloc(CHUNK_BYTES)
  #filled = 0
  readonly #packetUs: number
  packets = 0
  bytes = 0

  constructor(path: string, packetUs = BUSY_LINK_US) {
    this.#packetUs = packetUs
    this.#file = openSync(path, 'w')
    this.#writer = new PcapWriter(
      { write: (...part) => this.#write(...part) },
      { linkType: LinkType.ethernet },
    )
    this.#packet.time = 1_700_000_000_000_000
  }

  /** Mixed traffic, 60 % of its bytes HTTP, until there are so many bytes. */
  mixed(sizeBytes: number): void {
    const random = new Random(1)
    const kinds = mixedKinds(random)
    const open: OpenConnection[] = []
    while (this.bytes < sizeBytes) {
      while (open.length < OPEN_AT_A_TIME) open.push(begin(rarest(kinds, this.bytes)))
      const at = random.below(open.length)
      const connection = open[at]
      const count = Math.min(connection.frames.length - connection.next, 1 + random.below(4))
      for (let i = 0; i < count; i++) this.#frame(connection.frames[connection.next++], connection.client)
      if (connection.next < connection.frames.length) continue
      open[at] = open[open.length - 1]
      open.pop()
    }
  }

  /** So many flows that are all open at once: by turns HTTP connections between two requests, and DNS. */
  flows(count: number): void {
    const random = new Random(2)
    const perPort = clientCount
    for (let begun = 0; begun < count; begun += perPort) {
      const port = 20_000 + begun / perPort
      const isDns = (begun / perPort) % 2 === 1
      const frames = isDns ? dnsExchange(random, port) : apiConnection(random, port).slice(0, 7)
      for (let i = 0; i < Math.min(perPort, count - begun); i++) {
        for (const frame of frames) this.#frame(frame, i)
      }
    }
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #frame(frame: Frame, client: number): void {
    const packet = this.#packet
    packet.bytes = frame.bytes
    packet.end = packet.originalLength = frame.bytes.length
    packet.time += this.#packetUs
    varyClient(frame.bytes, 0, frame.isClient, client)
    this.#writer.packet(packet)
    varyClient(frame.bytes, 0, frame.isClient, -client)
    this.packets++
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    if (this.#filled + end - start > CHUNK_BYTES) this.#flush()
    this.#chunk.set(bytes.subarray(start, end), this.#filled)
    this.#filled += end - start
    this.bytes += end - start
  }

  #flush(): void {
    writeSync(this.#file, this.#chunk, 0, this.#filled)
    this.#filled = 0
  }
}

function mixedKinds(random: Random): Kind[] {
  const kind = (share: number, make: (random: Random, clientPort: number) => Frame[], base: number): Kind => {
    const connections = Array.from({ length: VARIANTS }, (_, i) => make(random, base + i))
    return { share, connections, bytes: 0, begun: 0 }
  }
  return [
    kind(0.36, apiConnection, 20_000),
    kind(0.15, pageConnection, 21_000),
    kind(0.09, listConnection, 22_000),
    kind(0.25, tlsConnection, 23_000),
    kind(0.1, postgresqlConnection, 24_000),
    kind(0.05, dnsExchange, 25_000),
  ]
}

/** The kind that is furthest behind its share. */
function rarest(kinds: Kind[], total: number): Kind {
  const lack = (kind: Kind): number => kind.share * total - kind.bytes
  return kinds.reduce((least, kind) => (lack(kind) > lack(least) ? kind : least))
}

function begin(kind: Kind): OpenConnection {
  const variant = kind.begun % VARIANTS
  const client = Math.floor(kind.begun / VARIANTS) % clientCount
  kind.begun++
  const frames = kind.connections[variant]
  kind.bytes += frames.reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { frames, client, next: 0 }
}
