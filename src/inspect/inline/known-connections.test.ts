import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector } from '../../../test/support/built-in-detector.ts'
import { LinkType, Packet } from '../../packet/packet.ts'
import type { RuleDefinition } from '../../policy/definition.ts'
import { clientHello, record, serverHello, serverName, versions } from '../../protocols/tls/fixtures.ts'
import { Engine } from '../engine.ts'
import { builtInProtocols } from '../protocols.ts'
import { InlinePlay, policyWith, post, rule } from './inline-fixtures.ts'
import { connectionsOf, type KnownConnection } from './known-connections.ts'
import { limits } from './limits.ts'

const ORIGIN = 7
const hello = record(22, clientHello([0x1301], [serverName('results.lab.example'), versions(0x0304)]))
const hello13 = record(22, serverHello(0x1301, [Buffer.from([0, 43, 0, 2, 3, 4])]))
const sealed = record(23, Buffer.alloc(60, 0xa5))

type Word = ['workload' | 'partner', Uint8Array | string]
const http: Word[] = [['workload', post('{"note":"nothing"}')]]
const tls: Word[] = [
  ['workload', hello],
  ['partner', hello13],
]

/** What an engine knows of a connection that it watched from its beginning, or from its midst. */
function watched(words: Word[], begins = true): KnownConnection[] {
  const options = { protocols: builtInProtocols, detector: builtInDetector, hashKey: Buffer.alloc(32, 1) }
  const engine = new Engine({ ...options, seed: [3, 4] }, { flow: () => undefined })
  const play = new InlinePlay(policyWith([]))
  play.record = (bytes) => {
    const packet = Object.assign(new Packet(), { bytes, end: bytes.length, originalLength: bytes.length })
    engine.packet(Object.assign(packet, { linkType: LinkType.raw, originNetworkId: ORIGIN, time: play.now }))
  }
  if (begins) play.handshake()
  for (const [from, data] of words) play.tcp({ from, data })
  return connectionsOf(engine, ORIGIN)
}

/** The same connection once its packets are held. */
function held(more: Partial<RuleDefinition>): InlinePlay {
  return new InlinePlay(policyWith([rule(more)]))
}

const encrypted = { requirements: { encryption: { minimumTlsVersion: 'TLSv1.2' as const } } }

const carriedOver: [
  behaviour: string,
  more: Partial<RuleDefinition>,
  before: Word[],
  next: Word,
  action: string,
][] = [
  ['of an application that is allowed', { applications: ['HTTP'] }, http, ['workload', 'more'], 'release'],
  ['of one that is not', { applications: ['SSL'] }, http, ['workload', 'more'], 'reset'],
  [
    'of one that is not, where the server speaks first',
    { applications: ['SSL'] },
    http,
    ['partner', 'more'],
    'reset',
  ],
  ['in the clear where it has to be encrypted', encrypted, http, ['workload', 'more'], 'reset'],
  ['encrypted as is required', encrypted, tls, ['workload', sealed], 'release'],
  ['encrypted, where TLS is not allowed', { applications: ['HTTP'] }, tls, ['partner', sealed], 'reset'],
  ['of which nobody knows the beginning', { applications: ['SSL'] }, [], ['workload', 'more'], 'release'],
]
for (const [behaviour, more, before, [from, data], action] of carriedOver) {
  test(`a connection that was watched and is held then: ${behaviour}`, () => {
    const play = held(more)
    play.inspector.know(ORIGIN, watched(before))
    assert.equal(play.tcp({ from, data }), action)
    for (const { criterion } of play.told())
      assert.equal(criterion, more === encrypted ? 'encryption' : 'application')
    const isTold = play.gaps.some(({ reason }) => reason === 'inline-picked-up')
    assert.equal(isTold, before.length === 0)
  })
}

test('what was watched from its midst only is not told of', () => {
  assert.equal(watched(http).length, 1)
  assert.deepEqual(watched(http, false), [])
})

test('its record begins when it did, and names what it speaks', () => {
  const play = held({ applications: ['HTTP'] })
  const [known] = watched(http)
  play.inspector.know(ORIGIN, [{ ...known, start: 1_600_000_000_000_000 }])
  play.tcp({ data: 'more' })
  const [{ start, application, server }] = play.flows
  assert.deepEqual([start, application, server.port], ['2020-09-13T12:26:40.000Z', 'HTTP', 443])
})

test('it is not released before those have spoken who may know it, and is decided about when they have', () => {
  const play = held({ applications: ['SSL'] })
  play.inspector.awaitKnown(ORIGIN, 2)
  play.inspector.know(ORIGIN, [])
  assert.equal(play.tcp({ data: 'more' }), 'pass')
  play.inspector.know(ORIGIN, watched(http))
  assert.equal(play.tcp({ data: 'more' }), 'reset')
  const [{ criterion, application }] = play.told()
  assert.deepEqual([criterion, application], ['application', 'HTTP'])
})

test('where they do not speak it is decided about by its addresses and ports', () => {
  const play = held({ applications: ['SSL'] })
  play.inspector.awaitKnown(ORIGIN, 1)
  assert.equal(play.tcp({ data: 'more' }), 'pass')
  play.now += limits.knownWaitUs
  assert.equal(play.tcp({ data: 'more' }), 'release')
  play.told()
  assert.ok(play.gaps.some(({ reason }) => reason === 'inline-picked-up'))
})
