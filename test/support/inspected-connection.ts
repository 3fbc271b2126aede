import { Engine, type EngineOptions } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { Direction } from '../../src/model/direction.ts'
import type { AttackRecord, FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { ipv4, tcp } from '../../src/packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../../src/packet/packet.ts'
import type { PersonalDataDetector } from '../../src/personal-data/detector.ts'

export interface Inspected {
  findings: PersonalDataRecord[]
  flows: FlowRecord[]
  attacks: AttackRecord[]
}

/** What the engine says of a connection on which a client says these pieces, each in a segment of its own. */
export function inspectConnection(
  detector: PersonalDataDetector,
  pieces: readonly Uint8Array[],
  destinationPort: number,
): Inspected {
  return inspectTurns(
    detector,
    pieces.map((piece) => [Direction.toServer, piece]),
    destinationPort,
  )
}

/** What one side says: a segment of its own. */
export type Turn = readonly [direction: Direction, bytes: Uint8Array]

/** What the engine says of a connection on which both sides say something. */
export function inspectTurns(
  detector: PersonalDataDetector,
  turns: readonly Turn[],
  serverPort: number,
  rules: NonNullable<EngineOptions['rules']> = {},
): Inspected {
  const inspected: Inspected = { findings: [], flows: [], attacks: [] }
  const options = { detector, hashKey: Buffer.alloc(32, 1), seed: [1, 2] as const }
  const engine = new Engine(
    { ...options, rules, protocols: builtInProtocols },
    {
      flow: (view) => {
        inspected.findings.push(...view.news())
        inspected.flows.push(view.record())
      },
      attack: (record) => void inspected.attacks.push(record),
    },
  )
  const next: [number, number] = [101, 5001]
  for (const [i, [direction, piece]] of turns.entries()) {
    const packet = new Packet()
    const [source, destination] =
      direction === Direction.toServer ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.2', '10.0.0.1']
    const [sourcePort, destinationPort] =
      direction === Direction.toServer ? [40_000, serverPort] : [serverPort, 40_000]
    const numbers = { sequence: next[direction], acknowledgment: next[1 - direction] }
    packet.bytes = ipv4(
      { protocol: 6, source, destination },
      tcp({ sourcePort, destinationPort, ...numbers, flags: TcpFlag.ack }, piece),
    )
    next[direction] += piece.length
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + i * 1000
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return inspected
}

/** A request with a body. */
export function request(mediaType: string, body: Uint8Array | string): Buffer {
  const bytes = Buffer.from(body)
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${mediaType}\r\nContent-Length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

/** In segments of so many bytes. */
export function segmentsOf(bytes: Uint8Array, segmentBytes: number): Uint8Array[] {
  const segments: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += segmentBytes) segments.push(bytes.subarray(at, at + segmentBytes))
  return segments
}
