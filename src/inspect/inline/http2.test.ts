import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HELLO, data, fields, headers } from '../../protocols/http2/fixtures.ts'
import { InlinePlay, policyWith, rule } from './inline-fixtures.ts'

function post(type: string): Buffer {
  return fields([':method', 'POST'], [':path', '/notes'], [':authority', 'a.example'], ['content-type', type])
}

const ATTACK = '{"note":"x\' or 2=2 -- "}'

/** The last action while a client says this in segments of so many bytes. */
function send(play: InlinePlay, bytes: Buffer, segmentBytes: number): string {
  let action = ''
  for (let at = 0; at < bytes.length && action !== 'reset'; at += segmentBytes)
    action = play.tcp({ data: bytes.subarray(at, at + segmentBytes) })
  return action
}

test('an attack in one of the streams of a connection is cut at the segment that completes it', () => {
  const request = Buffer.concat([
    ...[HELLO, headers(1, post('application/json')), headers(3, post('application/json'))],
    ...[data(1, ATTACK.slice(0, 14), false), data(3, '{"note":"thanks"}'), data(1, ATTACK.slice(14))],
  ])
  for (const segmentBytes of [7, 1000]) {
    const blocks = policyWith([rule()], 'Protect', {
      groups: [{ name: 'containers', criteria: [], attacks: 'block' }],
    })
    const play = new InlinePlay(blocks, { inspectsContent: true })
    play.handshake()
    assert.equal(send(play, request, segmentBytes), 'reset')
    assert.ok(!play.received.partner.texts.includes(ATTACK.slice(14)))
    assert.deepEqual(
      play.told().map(({ action, criterion }) => [action, criterion]),
      [['blocked', 'attack']],
    )
    assert.deepEqual(
      play.attacks.map(({ action, class: kind, request: asked }) => [action, kind, asked?.path]),
      [['blocked', 'sql-injection', '/notes']],
    )
  }
})

test('personal data that may not cross is cut in compressed fields and in bodies', () => {
  const bodies = [
    headers(1, fields([':method', 'GET'], [':path', '/?iban=DE89370400440532013000']), true),
    Buffer.concat([headers(1, post('application/json')), data(1, '{"iban":"DE89370400440532013000"}')]),
  ]
  for (const body of bodies) {
    const forbids = rule({ requirements: { personalData: { forbidden: ['financial'] } } })
    const play = new InlinePlay(policyWith([forbids]), { inspectsContent: true })
    play.handshake()
    assert.equal(send(play, Buffer.concat([HELLO, body]), 10_000), 'reset')
  }
})

for (const [application, type, action] of [
  ['GRPC', 'application/grpc', 'release'],
  ['GRPC', 'application/json', 'reset'],
  ['HTTP', 'application/json', 'release'],
  ['HTTP', 'application/grpc', 'reset'],
] as const)
  test(`of a rule for ${application}, a request of ${type} leads to ${action}, and it is waited for`, () => {
    const play = new InlinePlay(policyWith([rule({ applications: [application] })]))
    play.handshake()
    assert.equal(play.tcp({ data: HELLO }), 'pass')
    assert.equal(play.tcp({ data: headers(1, post(type)) }), action)
  })
