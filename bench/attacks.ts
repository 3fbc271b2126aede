import { compileRecognisers } from '../src/personal-data/compile.ts'
import { Engine } from '../src/inspect/engine.ts'
import { builtInProtocols } from '../src/inspect/protocols.ts'
import { ipv4, tcp } from '../src/packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../src/packet/packet.ts'

/** What judging requests costs: the same connections with it and without, in processor time, on one thread. */

const CONNECTIONS = 20
const REQUESTS = 200
const ROUNDS = 6

/** Requests of an application, as browsers send them: headers that come again, values that differ. */
const templates: readonly ((i: number) => string)[] = [
  (i) =>
    get(
      `/api/items?page=${i}&sort=name&q=blue+shoes+size+${i % 50}&filter=${encodeURIComponent(`price:${i}-200`)}`,
    ),
  (i) => get(`/static/js/app.${(i * 7919) % 65536}.js?v=${i}`),
  (i) =>
    post(
      'application/json',
      JSON.stringify({
        id: i,
        name: 'Chair, oak (large)',
        tags: ['a', 'b'],
        note: `It's no. ${i}; call us`,
        url: `https://shop.example/i/${i}?x=1`,
      }),
    ),
  (i) =>
    post(
      'application/x-www-form-urlencoded',
      `id=${i}&comment=${encodeURIComponent(`Good value & fast, thanks! Order ${i}`)}&agree=on`,
    ),
]

const HEAD = [
  'Host: shop.example',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language: en-GB,en;q=0.9,de;q=0.8',
  'Sec-Ch-Ua: "Chromium";v="120", "Not=A?Brand";v="24"',
  'Referer: https://shop.example/list?page=2&sort=name',
  'Cookie: session=7f2c1e9ab4; theme=dark; consent=analytics%3Dno%3Bads%3Dno',
].join('\r\n')

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\n${HEAD}\r\n\r\n`
}

function post(type: string, body: string): string {
  return `POST /api/items HTTP/1.1\r\n${HEAD}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** A request a segment. */
const segments = Array.from({ length: CONNECTIONS * REQUESTS }, (_, i) => {
  const request = Buffer.from(templates[i % templates.length](i))
  const connection = i % CONNECTIONS
  return { connection, request }
})

const detector = compileRecognisers()

interface Spent {
  /** Microseconds of processor time. */
  each: number[]
  attacks: number
}

/** Gives an engine all requests; how long each took. */
function play(judges: boolean, spent: Spent): void {
  const sink = { flow: () => undefined, ...(judges && { attack: () => void spent.attacks++ }) }
  const engine = new Engine(
    { protocols: builtInProtocols, detector, hashKey: Buffer.alloc(32, 1), seed: [1, 2] },
    sink,
  )
  const sequences = new Map<number, number>()
  for (const [i, { connection, request }] of segments.entries()) {
    const sequence = sequences.get(connection) ?? 101
    sequences.set(connection, sequence + request.length)
    const packet = packetOf(request, { sourcePort: 40_000 + connection, sequence, time: i })
    const before = process.cpuUsage()
    engine.packet(packet)
    const { user, system } = process.cpuUsage(before)
    spent.each.push(user + system)
  }
  engine.close()
}

function packetOf(
  payload: Uint8Array,
  { sourcePort, sequence, time }: { sourcePort: number; sequence: number; time: number },
): Packet {
  const packet = new Packet()
  packet.bytes = ipv4(
    { protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' },
    tcp({ sourcePort, destinationPort: 80, sequence, acknowledgment: 1, flags: TcpFlag.ack }, payload),
  )
  packet.end = packet.originalLength = packet.bytes.length
  packet.time = 1_700_000_000_000_000 + time * 1000
  packet.linkType = LinkType.raw
  return packet
}

function report(name: string, { each }: Spent): number {
  const sorted = each.toSorted((a, b) => a - b)
  const mean = each.reduce((sum, us) => sum + us, 0) / each.length
  const p99 = sorted[Math.floor(sorted.length * 0.99)]
  console.log(
    `${name.padEnd(28)} ${Math.round(1e6 / mean).toLocaleString('en')} requests/s of a core, ${mean.toFixed(1)} us each, p99 ${p99} us`,
  )
  return mean
}

export function run(): void {
  const results = [false, true].map((judges) => {
    play(judges, { each: [], attacks: 0 })
    const spent: Spent = { each: [], attacks: 0 }
    for (let round = 0; round < ROUNDS; round++) play(judges, spent)
    if (spent.attacks > 0) throw new Error('a harmless request was taken for an attack')
    return report(judges ? 'requests judged' : 'requests not judged', spent)
  })
  console.log(
    `ratio ${(results[1] / results[0]).toFixed(2)}; judging takes ${(results[1] - results[0]).toFixed(1)} us a request`,
  )
}
