import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

const detector = compileRecognisers()

/** Places in which something was found of what a client says on a connection, each piece in a segment of its own. */
function placesIn(pieces: readonly string[]): string[] {
  const places: string[] = []
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow: (view) => places.push(...view.news().map(({ field }) => field)),
  })
  let sequence = 101
  for (const [i, piece] of pieces.entries()) {
    const ports = { sourcePort: 40_000, destinationPort: 2575 }
    const segment = tcp(
      { ...ports, sequence, acknowledgment: 1, flags: TcpFlag.ack },
      Buffer.from(piece, 'latin1'),
    )
    sequence += piece.length
    const packet = new Packet()
    packet.bytes = ipv4({ protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' }, segment)
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + i * 1000
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return places.sort()
}

test('HL7 v2 on a connection of its own is read as such', () => {
  const message = 'MSH|^~\\&|LAB|CLINIC|EHR\rPID|1||12^^^A||Meier^Anna||19800517\rDG1|1||I10^Hypertension\r'
  const frames = `\x0b${message}\x1c\r\x0b${message}\x1c\r`
  const places = [
    'payload DG1-3.1 diagnosis code',
    'payload DG1-3.2 diagnosis text',
    'payload PID-5.1 patient name family name',
    'payload PID-5.2 patient name given name',
    'payload PID-7 date of birth',
  ]
  assert.deepEqual(placesIn([frames]), places)
  assert.deepEqual(placesIn([frames.slice(0, 20), frames.slice(20, 60), frames.slice(60)]), places)
})

test('what only begins like it stays a text', () => {
  assert.deepEqual(placesIn(['MSH: a text with jane@example.org in it\r\n'.repeat(40)]), ['payload'])
})
