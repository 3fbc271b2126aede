import { Engine } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { ipv4, tcp } from '../../src/packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../../src/packet/packet.ts'
import type { PersonalDataDetector } from '../../src/personal-data/detector.ts'

/** What was found in the body of a request that comes in segments of some bytes: identifier, place with field, count. */
export function fieldsInBody(
  detector: PersonalDataDetector,
  mediaType: string,
  body: Uint8Array | string,
  segmentBytes: number,
): string[] {
  const bytes = Buffer.from(body)
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${mediaType}\r\nContent-Length: ${bytes.length}\r\n\r\n`
  const request = Buffer.concat([Buffer.from(head), bytes])
  const fields: string[] = []
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow: (view) =>
      fields.push(...view.news().map((found) => `${found.identifier} ${found.field} ${found.count}`)),
  })
  for (let at = 0; at < request.length; at += segmentBytes) {
    const packet = new Packet()
    packet.bytes = ipv4(
      { protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' },
      tcp(
        {
          sourcePort: 40_000,
          destinationPort: 80,
          sequence: 101 + at,
          acknowledgment: 1,
          flags: TcpFlag.ack,
        },
        request.subarray(at, at + segmentBytes),
      ),
    )
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + at
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return fields.sort()
}
