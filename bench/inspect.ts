import { Engine } from '../src/inspect/engine.ts'
import { builtInProtocols } from '../src/inspect/protocols.ts'
import { PcapWriter } from '../src/packet/capture/pcap-writer.ts'
import { CaptureReader } from '../src/packet/capture/reader.ts'
import { ethernet, ipv4, tcp } from '../src/packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../src/packet/packet.ts'
import { compileRecognisers } from '../src/personal-data/compile.ts'
import { builtInRecognisers } from '../src/personal-data/recognisers/index.ts'
import { ScanMemory } from '../src/scan/scan-memory.ts'

/** Packets a second of the whole way, on one thread: capture reading to findings, over HTTP with JSON bodies. */

const CONNECTIONS = 2000
const EXCHANGES = 10
const ROUNDS = 5

const benign = JSON.stringify({
  items: Array.from({ length: 20 }, (_, i) => ({ sku: `A-${i}`, title: 'an ordinary thing', price: 12.5 })),
})
const personal = JSON.stringify({
  customer: { email: 'jane.doe@example.org', iban: 'DE89370400440532013000' },
})

function request(body: string): string {
  return `POST /api/v1/orders HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: bench\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function response(body: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** A capture in memory; every `oneIn`th exchange carries personal data, none with 0. */
function makeCapture(memory: ScanMemory, oneIn: number): Uint8Array {
  const chunks: Buffer[] = []
  const write = (bytes: Uint8Array, start: number, end: number) =>
    void chunks.push(Buffer.from(bytes.slice(start, end)))
  const writer = new PcapWriter({ write }, { linkType: LinkType.ethernet })
  const packet = new Packet()
  packet.time = 1_700_000_000_000_000
  const send = (
    port: number,
    isClient: boolean,
    sequence: number,
    acknowledgment: number,
    flags: number,
    text: string,
  ) => {
    const [source, destination] = isClient ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.2', '10.0.0.1']
    const [sourcePort, destinationPort] = isClient ? [port, 80] : [80, port]
    const segment = tcp({ sourcePort, destinationPort, sequence, acknowledgment, flags }, Buffer.from(text))
    packet.bytes = ethernet(0x0800, ipv4({ protocol: 6, source, destination }, segment))
    packet.end = packet.originalLength = packet.bytes.length
    packet.time += 10
    writer.packet(packet)
  }
  for (let connection = 0; connection < CONNECTIONS; connection++) {
    const port = 10_000 + connection
    let [sent, received] = [101, 501]
    send(port, true, 100, 0, TcpFlag.syn, '')
    send(port, false, 500, 101, TcpFlag.syn | TcpFlag.ack, '')
    for (let exchange = 0; exchange < EXCHANGES; exchange++) {
      const isPersonal = oneIn > 0 && exchange % oneIn === 0
      const [asked, answered] = [request(isPersonal ? personal : benign), response(benign)]
      send(port, true, sent, received, TcpFlag.ack, asked)
      sent += asked.length
      send(port, false, received, sent, TcpFlag.ack, answered)
      received += answered.length
    }
  }
  const whole = Buffer.concat(chunks)
  const region = memory.allocate(whole.length)
  region.set(whole)
  return region
}

function measure(name: string, oneIn: number): void {
  const memory = new ScanMemory(256 * 1024 * 1024)
  const capture = makeCapture(memory, oneIn)
  const detector = compileRecognisers(builtInRecognisers, memory)
  const hashKey = Buffer.alloc(32, 1)
  let best = Infinity
  let packets = 0
  for (let round = 0; round < ROUNDS; round++) {
    const engine = new Engine(
      { protocols: builtInProtocols, detector, hashKey, seed: [1, 2] },
      { flow: () => undefined },
    )
    const began = performance.now()
    new CaptureReader().read(capture, 0, capture.length, engine)
    engine.close()
    best = Math.min(best, performance.now() - began)
    packets = engine.counters.packets
  }
  const perSecond = (packets / best) * 1000
  const gigabits = (capture.length * 8) / best / 1e6
  console.log(
    `${name}: ${Math.round(perSecond / 1000)} k packets/s, ${gigabits.toFixed(2)} Gbit/s (${packets} packets)`,
  )
}

export async function run(): Promise<void> {
  measure('HTTP with JSON, no personal data', 0)
  measure('HTTP with JSON, personal data in every second request', 2)
}
