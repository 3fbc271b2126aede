import { Engine } from '../src/inspect/engine.ts'
import { InlineAction } from '../src/inspect/inline/inline-action.ts'
import { InlineInspector } from '../src/inspect/inline/inline-inspector.ts'
import type { WatchedWorkload } from '../src/inspect/inline/watched-workload.ts'
import { builtInProtocols } from '../src/inspect/protocols.ts'
import type { PacketSink } from '../src/packet/capture/capture.ts'
import { LinkType, Packet } from '../src/packet/packet.ts'
import { compileRecognisers } from '../src/personal-data/compile.ts'
import { emptyPolicy, type Requirements, type RuleDefinition } from '../src/policy/definition.ts'
import { LivePolicy } from '../src/policy/live/live-policy.ts'
import { type Frame, TcpConnection } from './traffic/connection.ts'
import { apiConnection } from './traffic/http.ts'
import { Random } from './traffic/random.ts'

/*
 * What deciding about a packet takes beside inspecting it: the engine alone, then the inline inspector, which is that engine with a
 * policy. Keep-alive connections to an API, ten exchanges each; then bulk in packets as segmentation offload makes them.
 */

const CONNECTIONS = 3000
const BULK_BYTES = 200_000_000
const SEGMENT_BYTES = 60_000
const ROUNDS = 3
const ETHERNET_BYTES = 14
const ORIGIN = 1
const START_US = 1_795_000_000_000_000

const detector = compileRecognisers()
const engineOptions = {
  protocols: builtInProtocols,
  detector,
  hashKey: Buffer.alloc(32, 1),
  seed: [1, 2] as const,
}
const nobody = { flow() {}, violation() {}, coverage() {} }

interface Traffic {
  what: string
  frames: readonly Frame[]
}

export function run(): void {
  const random = new Random(7)
  const api = Array.from({ length: CONNECTIONS }, (_, i) => apiConnection(random, 1024 + i)).flat()
  benchTraffic({ what: 'API calls', frames: api })
  benchTraffic({ what: 'bulk', frames: bulk() })
}

/** A long body without personal data, acknowledged as it goes. */
function bulk(): Frame[] {
  const connection = new TcpConnection(40_000, 80, SEGMENT_BYTES)
  connection.client(`POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: ${BULK_BYTES}\r\n\r\n`)
  const text = 'all work and no play makes a long and dull upload. '.repeat(40_000)
  for (let sent = 0; sent < BULK_BYTES; sent += text.length)
    connection.client(text.slice(0, BULK_BYTES - sent))
  return connection.close()
}

function benchTraffic(traffic: Traffic): void {
  const engine = measure(traffic, () => new Engine(engineOptions, nobody))
  report(`${traffic.what}: the engine alone`, traffic, engine)
  const kinds: [what: string, requirements: Requirements | undefined, watched: Partial<WatchedWorkload>][] = [
    ['decided, content inspected', undefined, { inspectsContent: true }],
    ['decided, a category forbidden', { personalData: { forbidden: ['health'] } }, {}],
    ['decided, left to the kernel', undefined, { tellsApplications: true }],
  ]
  for (const [what, requirements, watched] of kinds) {
    const seconds = measure(traffic, () => inspector(requirements, watched))
    report(`${traffic.what}: ${what}`, traffic, seconds, engine)
  }
}

function inspector(requirements: Requirements | undefined, watched: Partial<WatchedWorkload>): PacketSink {
  const rule: RuleDefinition = {
    ...{ id: 'r', tier: 'user', priority: 0, from: 'external', to: 'external', action: 'allow' },
    ...{ applications: ['HTTP'], ports: 'tcp/80', ...(requirements === undefined ? {} : { requirements }) },
  }
  const live = new LivePolicy({ ...emptyPolicy, rules: [rule] })
  const inline = new InlineInspector({ ...engineOptions, live }, nobody)
  const workload = {
    subject: 'w',
    inspectsContent: false,
    tellsApplications: false,
    onFailure: 'open' as const,
  }
  inline.watch(ORIGIN, { ...workload, ...watched }, START_US)
  // Connections that were left to the kernel come no more.
  const released = new Set<number>()
  return {
    packet(packet) {
      const port = Math.max(packet.bytes[packet.start + 20] * 256 + packet.bytes[packet.start + 21], 0)
      const client =
        port === 80 ? packet.bytes[packet.start + 22] * 256 + packet.bytes[packet.start + 23] : port
      if (released.has(client)) return
      if (inline.decide(packet, port !== 80) === InlineAction.release) released.add(client)
    },
  }
}

/** Seconds of processor time of the fastest round. */
function measure({ frames }: Traffic, make: () => PacketSink): number {
  const packet = new Packet()
  packet.linkType = LinkType.raw
  packet.originNetworkId = ORIGIN
  const times = Array.from({ length: ROUNDS }, () => {
    const sink = make()
    const start = process.cpuUsage()
    packet.time = START_US
    for (const { bytes } of frames) {
      packet.bytes = bytes
      packet.start = ETHERNET_BYTES
      packet.end = bytes.length
      packet.originalLength = bytes.length - ETHERNET_BYTES
      packet.time += 10
      sink.packet(packet)
    }
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1e6
  })
  return Math.min(...times)
}

function report(what: string, { frames }: Traffic, seconds: number, engine?: number): void {
  const each = ((seconds * 1e9) / frames.length).toFixed(0).padStart(7)
  const times = engine === undefined ? '' : `, ${(seconds / engine).toFixed(2)} times the engine`
  console.log(`${what.padEnd(44)} ${each} ns a packet${times}`)
}
