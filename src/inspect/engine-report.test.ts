import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { builtInDetector } from '../../test/support/built-in-detector.ts'
import type { FlowRecord, PersonalDataRecord } from '../model/records.ts'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

const second = 1_000_000
const start = 1_700_000_000 * second

interface Told {
  flow: FlowRecord
  findings: PersonalDataRecord[]
  ended: boolean
  origin: number
}

let detector: PersonalDataDetector
before(() => {
  detector = builtInDetector
})

/** An engine, what it told, and a way to give it a segment of one connection. */
function watch() {
  const told: Told[] = []
  const engine = new Engine(
    {
      protocols: builtInProtocols,
      detector,
      hashKey: Buffer.alloc(32, 1),
      seed: [1, 2],
      flowId: (number) => `run-${number}`,
    },
    {
      flow: (view) =>
        told.push({ flow: view.record(), findings: view.news(), ended: view.ended, origin: view.origin }),
    },
  )
  let sent = 101
  const say = (atSeconds: number, text: string, origin = 7, sourcePort = 40_000) => {
    const packet = new Packet()
    const segment = tcp(
      { sourcePort, destinationPort: 80, sequence: sent, acknowledgment: 1, flags: TcpFlag.ack },
      Buffer.from(text),
    )
    sent += text.length
    packet.bytes = ipv4({ protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' }, segment)
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = start + atSeconds * second
    packet.linkType = LinkType.raw
    packet.originNetworkId = origin
    engine.packet(packet)
  }
  const report = (atSeconds: number) => {
    while (!engine.report(start + atSeconds * second, 100));
    return told.splice(0)
  }
  return { engine, say, report, told }
}

const get = (path: string) => `GET /${path} HTTP/1.1\r\nHost: a.example\r\n\r\n`

test('a live flow is told of after a second, and again when it has grown and some time is over', () => {
  const { say, report } = watch()
  say(0, get('one'))
  assert.equal(report(0.5).length, 0, 'too young')
  const [first] = report(2)
  assert.equal(first.flow.id, 'run-1')
  assert.equal(first.ended, false)
  assert.equal(first.origin, 7)
  assert.equal(report(60).length, 0, 'nothing new')
  say(61, get('two'))
  const [again] = report(62)
  assert.equal(again.flow.id, 'run-1')
  assert.ok(again.flow.bytesToServer > first.flow.bytesToServer)
})

test('a finding is told of at once, once, and again when it has grown', () => {
  const { say, report } = watch()
  say(0, get('?iban=DE89370400440532013000'))
  const [first] = report(0.1)
  assert.deepEqual(
    first.findings.map(({ identifier, count, flow }) => [identifier, count, flow]),
    [['iban', 1, 'run-1']],
  )
  assert.equal(report(0.2).length, 0)
  say(0.3, get('?iban=DE89370400440532013000'))
  assert.deepEqual(
    report(0.4).map(({ findings }) => findings.map(({ count }) => count)),
    [[2]],
  )
})

test('what was told of before is not told again at the end', () => {
  const { engine, say, report, told } = watch()
  say(0, get('?iban=DE89370400440532013000'))
  report(1)
  engine.close()
  assert.equal(told.length, 1)
  assert.equal(told[0].ended, true)
  assert.equal(told[0].flow.id, 'run-1')
  assert.deepEqual(told[0].findings, [])
})

test('the flows of one namespace end when it is not watched any more', () => {
  const { engine, say, told } = watch()
  say(0, get('one'), 7)
  engine.endOrigin(8)
  assert.equal(told.length, 0)
  engine.endOrigin(7)
  assert.equal(told.length, 1)
  assert.equal(engine.flows.size, 0)
})

test('equal addresses in two namespaces are two flows', () => {
  const { engine, say } = watch()
  say(0, get('one'), 7)
  say(0, get('one'), 8)
  assert.equal(engine.flows.size, 2)
})

test('ended in parts, each flow is told of once, as many at a time as asked for', () => {
  const { engine, say, told } = watch()
  for (let flow = 0; flow < 10; flow++) say(flow / 100, get(''), 7, 41_000 + flow)
  const after: number[] = []
  for (let isOver = false; !isOver;) {
    isOver = engine.closeSome(4)
    after.push(told.length)
  }
  assert.deepEqual(after, [4, 8, 10])
  assert.equal(engine.flows.size, 0)
})
