import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:http2'
import { type AddressInfo, createServer } from 'node:net'
import { test, type TestContext } from 'node:test'
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
    assert.equal(send(play, request, segmentBytes), 'reset', 'its server has not said a word yet')
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

test('where the server has spoken the request of the stream is answered with 403, as a client of HTTP/2 reads it', async (t) => {
  const groups = [{ name: 'containers', criteria: [], attacks: 'block' as const }]
  const play = new InlinePlay(policyWith([rule()], 'Protect', { groups }), { inspectsContent: true })
  play.handshake()
  const first = Buffer.concat([HELLO, headers(1, fields([':method', 'GET'], [':path', '/']), true)])
  const head = headers(3, post('application/json'))
  play.tcp({ data: first })
  play.tcp({ from: 'partner', data: SERVER_HELLO })
  assert.equal(play.tcp({ data: head }), 'pass')
  assert.equal(play.tcp({ data: data(3, ATTACK) }), 'answer')
  const { bytes, toSender } = play.inspector.resets
  const page = bytes.slice(toSender.start + 40, toSender.end)
  assert.equal(play.tcp({ data: data(3, ATTACK), at: first.length + head.length }), 'answer', 'it was lost')
  play.told()
  const answered = await answerOf(t, page)
  assert.deepEqual([answered.status, answered.type], [403, 'text/html; charset=utf-8'])
  assert.ok(answered.text.includes(`<code>${play.attacks[0].flow}</code>`))
})

/** SETTINGS of a server, with nothing in them. */
const SERVER_HELLO = Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0)

/** What Node's client makes of frames that a server says to its second request. */
async function answerOf(t: TestContext, frames: Uint8Array) {
  const server = createServer((socket) => {
    socket.write(SERVER_HELLO)
    let heads = 0
    socket
      .on('error', () => undefined)
      .on('data', (said) => {
        // HEADERS, as the first byte of a frame that says so: settings and their like are short.
        for (
          let at = said.indexOf(HELLO.subarray(0, 24)) < 0 ? 0 : 24;
          at < said.length;
          at += 9 + said.readUIntBE(at, 3)
        )
          if (said[at + 3] === 1 && ++heads === 2) socket.end(frames)
      })
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  t.after(() => session.destroy())
  session.on('error', () => undefined)
  session.request({ ':path': '/' }).on('error', () => undefined)
  const request = session.request({ ':path': '/notes', ':method': 'POST' })
  request.on('error', () => undefined).write('{')
  const [head] = (await once(request, 'response')) as [Record<string, string | number>]
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return { status: head[':status'], type: head['content-type'], text: Buffer.concat(parts).toString() }
}

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
