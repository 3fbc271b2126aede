import { compileRecognisers } from '../src/personal-data/compile.ts'
import { Engine } from '../src/inspect/engine.ts'
import { builtInProtocols } from '../src/inspect/protocols.ts'
import { ipv4, tcp } from '../src/packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../src/packet/packet.ts'
import { measureModSecurity, whatItTakes } from './attacks/modsecurity.ts'
import { templates } from './attacks/requests.ts'

/**
 * What judging requests costs: the same connections with it and without, in processor time, on one thread; beside it the same requests
 * to an nginx with ModSecurity and the Core Rule Set, and to one without.
 */

const CONNECTIONS = 20
const REQUESTS = 200
const ROUNDS = 6

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

export async function run(): Promise<void> {
  const results = [false, true].map((judges) => {
    play(judges, { each: [], attacks: 0 })
    const spent: Spent = { each: [], attacks: 0 }
    for (let round = 0; round < ROUNDS; round++) play(judges, spent)
    if (spent.attacks > 0) throw new Error('a harmless request was taken for an attack')
    return report(judges ? 'requests judged' : 'requests not judged', spent)
  })
  const judging = results[1] - results[0]
  console.log(
    `ratio ${(results[1] / results[0]).toFixed(2)}; judging takes ${judging.toFixed(1)} us a request`,
  )
  const theirs = await measureModSecurity(segments.map(({ request }) => request))
  if (theirs === undefined) return console.log(`not beside ModSecurity: ${whatItTakes} are not installed`)
  for (const [name, { mean, p99 }] of [
    ['nginx with ModSecurity', theirs.with],
    ['nginx without', theirs.without],
  ] as const)
    console.log(
      `${name.padEnd(28)} ${mean.toFixed(1)} us of processor time each, p99 of the answer ${p99} us`,
    )
  const filtering = theirs.with.mean - theirs.without.mean
  console.log(
    `ModSecurity takes ${filtering.toFixed(1)} us a request: judging takes 1/${(filtering / judging).toFixed(1)} of it, ` +
      `all of the inspection 1/${(filtering / results[1]).toFixed(1)}`,
  )
}
