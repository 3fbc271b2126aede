import assert from 'node:assert/strict'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { ipv4, tcp } from '../../packet/frames.ts'
import { TcpFlag } from '../../packet/packet.ts'
import { query, startup } from '../../protocols/postgresql/fixtures.ts'
import { InlinePlay, policyWith, post, rule, type Sent } from './inline-fixtures.ts'

const iban = 'DE89370400440532013000'
const other = 'XX89370400440532013000'
const request = post(`{"note":"to ${iban} today"}`)
const value = request.indexOf(iban)
const noFinance = policyWith([rule({ requirements: { personalData: { forbidden: ['financial'] } } })])

function playing(...sent: Sent[]): InlinePlay {
  const play = new InlinePlay(noFinance)
  play.handshake()
  for (const each of sent) play.tcp(each)
  return play
}

function piece(from: number, to: number, more: Partial<Sent> = {}): Sent {
  return { data: request.slice(from, to), at: from, ...more }
}

function instead(text: string, at: number, more: Partial<Sent> = {}): Sent {
  return { data: text, at, ...more }
}

const end = request.length
const chunked = `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${[...`note=${iban}`].map((c) => `1\r\n${c}\r\n`).join('')}0\r\n\r\n`
const gzipped = gzipSync(`note=${iban}&then=${'x'.repeat(500)}`)
const compressed = Buffer.concat([
  Buffer.from(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n\r\n`,
  ),
  gzipped,
])

/** A connection that tries to get the value across. */
const tricks: [trick: string, sent: Sent[]][] = [
  ['in one segment', [piece(0, end)]],
  ['in two segments, cut inside the value', [piece(0, value + 5), piece(value + 5, end)]],
  ['in segments of one byte', Array.from({ length: end }, (_, i) => piece(i, i + 1))],
  ['out of order', [piece(0, 10), piece(value + 5, end), piece(10, value + 5)]],
  ['backwards, byte by byte', Array.from({ length: end }, (_, i) => piece(end - i - 1, end - i))],
  [
    'over something else that its receiver never got',
    [piece(0, value), instead(other, value, { lost: true }), piece(value, end)],
  ],
  [
    'the same in other segments',
    [
      piece(0, value),
      instead(other, value, { lost: true }),
      ...Array.from({ length: end - value }, (_, i) => piece(value + i, value + i + 1)),
    ],
  ],
  [
    'over something else that waits behind a hole',
    [piece(0, value - 3), instead(other, value, { lost: true }), piece(value, end), piece(value - 3, value)],
  ],
  [
    'overlapping what was read',
    [piece(0, value), instead(`"${other}`, value - 1, { lost: true }), piece(value - 2, end)],
  ],
  [
    'as keep-alive bytes',
    [
      piece(0, value),
      ...[...iban].flatMap((byte, i) => [instead('X', value + i, { lost: true }), instead(byte, value + i)]),
      piece(value + iban.length, end),
    ],
  ],
  [
    'behind a FIN that its receiver never got',
    [piece(0, value), instead('', value, { flags: 'FA', lost: true }), piece(value, end)],
  ],
  [
    'behind a RST that its receiver never got',
    [piece(0, value), instead('', value, { flags: 'R', lost: true }), piece(value, end)],
  ],
  [
    'behind a RST far ahead',
    [piece(0, value), instead('', value + 60_000, { flags: 'RA', lost: true }), piece(value, end)],
  ],
  [
    'with a letter too many that is urgent',
    [piece(0, value + 5), { data: 'X', at: value + 5, flags: 'AU', urgent: 1 }],
  ],
  ['without ACK', [piece(0, value), instead(other, value, { flags: 'P', lost: true }), piece(value, end)]],
  [
    'behind data far outside of the window',
    [piece(0, value), instead(other, value + 0x1000_0000), piece(value, end)],
  ],
  [
    'behind a SYN with another number',
    [piece(0, value), instead('', 5000, { flags: 'S', lost: true }), piece(value, end)],
  ],
  ['in chunks of one byte', [{ data: chunked }]],
  ['compressed', [{ data: compressed }]],
  ['in the second of two requests', [{ data: `GET / HTTP/1.1\r\nHost: a\r\n\r\n${request}` }]],
]
for (const [trick, sent] of tricks) {
  test(`a value that may not cross does not, ${trick}`, () => {
    const play = playing(...sent)
    for (const text of play.received.partner.texts) assert.ok(!text.includes(iban))
    assert.ok(play.told().length > 0, 'and it is told')
  })
}

test('what comes back is inspected just the same', () => {
  const play = playing({ data: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' })
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${iban.length}\r\n\r\n${iban}`
  assert.equal(play.tcp({ from: 'partner', data: answer }), 'reset')
})

test('data of a SYN is not forwarded, and its sender goes on without', () => {
  const play = new InlinePlay(noFinance)
  assert.equal(play.tcp({ flags: 'S', at: -1, data: request }), 'drop')
  assert.deepEqual(play.handshake(), ['pass', 'pass', 'pass'])
  assert.equal(play.tcp({ data: request, at: 0 }), 'answer')
})

test('nothing is taken before the server has answered', () => {
  const play = new InlinePlay(noFinance)
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'pass')
  assert.equal(play.tcp(piece(0, 20)), 'drop')
})

test('of several answers to a SYN the first counts, here as for the client', () => {
  const play = new InlinePlay(noFinance)
  play.tcp({ flags: 'S', at: -1 })
  assert.equal(play.tcp({ flags: 'SA', at: -1, from: 'partner' }), 'pass')
  assert.equal(play.tcp({ flags: 'SA', at: 8000, from: 'partner' }), 'drop')
  assert.equal(play.tcp({ data: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' }), 'pass')
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${iban.length}\r\n\r\n${iban}`
  assert.equal(play.tcp({ from: 'partner', data: answer, at: 0 }), 'reset')
})

test('an acknowledgment that the workload forges in the name of its partner is dropped', () => {
  const play = playing(piece(0, value))
  assert.equal(play.tcp({ from: 'partner', ack: end, isForged: true }), 'drop')
})

test('what is sent again as it was passes', () => {
  const play = playing(piece(0, value))
  assert.equal(play.tcp(piece(10, value)), 'pass')
  assert.equal(play.tcp(piece(0, 30)), 'pass')
})

test('in Monitor nothing of all this is dropped, and the value is told of', () => {
  const rules = [rule({ requirements: { personalData: { forbidden: ['financial'] } } })]
  for (const [trick, sent] of tricks) {
    const play = new InlinePlay(policyWith(rules, 'Monitor'))
    const actions = [...play.handshake(), ...sent.map((each) => play.tcp(each))]
    assert.deepEqual(new Set(actions), new Set(['pass']), trick)
  }
})

/** A value on its way, and what its receiver reads of the bytes that reached it. */
const carriers: [carrier: string, bytes: Buffer, reads: (received: Buffer) => string][] = [
  ['a body of JSON', Buffer.from(request), asText],
  ['the query of a request', Buffer.from(`GET /pay?to=${iban}&now=1 HTTP/1.1\r\nHost: a\r\n\r\n`), asText],
  ['a header', Buffer.from(`GET / HTTP/1.1\r\nHost: a\r\nX-Account: ${iban}\r\n\r\n`), asText],
  ['a form', Buffer.from(form(`name=a&iban=${iban}&then=b`)), asText],
  ['a body in chunks', Buffer.from(chunked), (received) => asText(received).replaceAll(/\r\n1\r\n/g, '')],
  ['a compressed body', compressed, inflated],
  [
    'a body without a length',
    Buffer.from(`POST / HTTP/1.0\r\nHost: a\r\n\r\n${'text '.repeat(200)}${iban}`),
    asText,
  ],
  ['a statement of SQL', Buffer.concat([startup('user', 'a'), query(`SELECT '${iban}'`)]), asText],
  ['an unknown protocol', Buffer.from(`\x01\x02hello ${iban}`), asText],
  ['a line of text', Buffer.from(`hello ${iban}, bye`), asText],
]

function asText(received: Buffer): string {
  return received.toString('latin1')
}

function form(body: string): string {
  return `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** As much of the body as its receiver can decompress. */
function inflated(received: Buffer): string {
  const body = received.subarray(compressed.length - gzipped.length)
  if (body.length === 0) return ''
  try {
    return gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')
  } catch {
    return ''
  }
}

const sizes = fc.oneof(
  fc.constant([1]),
  fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
  fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
)
const delays = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 })
const repeated = fc.array(fc.nat(200), { maxLength: 5 })

for (const [carrier, bytes, reads] of carriers) {
  test(`however it is cut, reordered and repeated, a value does not cross in ${carrier}`, () => {
    fc.assert(
      fc.property(sizes, delays, repeated, fc.boolean(), (lengths, late, again, acks) => {
        const sent = delayed(cutUp(bytes, lengths), late)
        for (const at of again) sent.splice(at % sent.length, 0, sent[(at * 7) % sent.length])
        const play = playing()
        for (const each of sent) {
          play.tcp(each)
          if (acks) play.tcp({ from: 'partner', ack: play.received.partner.next })
        }
        for (const text of play.received.partner.texts)
          assert.ok(!reads(Buffer.from(text, 'latin1')).includes(iban))
      }),
      { numRuns: Math.ceil(fuzzRuns / 8) },
    )
  })
}

const decoy = fc.record({
  at: fc.nat(end - 1),
  length: fc.integer({ min: 1, max: 80 }),
  lost: fc.boolean(),
  flags: fc.constantFrom('A', 'A', 'A', 'FA', 'RA', 'AU', 'P', 'S'),
  turn: fc.nat(200),
})

test('nor does it among segments that say something else, which its receiver gets or does not', () => {
  const text = request.replaceAll(iban, other)
  fc.assert(
    fc.property(
      sizes,
      delays,
      fc.array(decoy, { maxLength: 12 }),
      fc.boolean(),
      (lengths, late, decoys, acks) => {
        const sent = delayed(cutUp(Buffer.from(request), lengths), late)
        for (const { at, length, lost, flags, turn } of decoys)
          sent.splice(turn % sent.length, 0, { data: text.slice(at, at + length), at, lost, flags })
        const play = playing()
        for (const each of sent) {
          play.tcp(each)
          if (acks) play.tcp({ from: 'partner', ack: play.received.partner.next })
        }
        for (const read of play.received.partner.texts) assert.ok(!read.includes(iban))
      },
    ),
    { numRuns: Math.ceil(fuzzRuns / 2) },
  )
})

function cutUp(bytes: Buffer, lengths: readonly number[]): Sent[] {
  const pieces: Sent[] = []
  for (let at = 0; at < bytes.length;) {
    const to = Math.min(bytes.length, at + lengths[pieces.length % lengths.length])
    pieces.push({ data: bytes.subarray(at, to), at })
    at = to
  }
  return pieces
}

/** Each as many places later as it is told to be. */
function delayed(pieces: readonly Sent[], late: readonly number[]): Sent[] {
  const placed = pieces.map((each, i) => [each, i + late[i % late.length]] as const)
  return placed.toSorted(([, a], [, b]) => a - b).map(([each]) => each)
}

test('with a rule that allows all, all passes, whatever is sent', () => {
  const segment = fc.record({
    from: fc.constantFrom('workload' as const, 'partner' as const),
    data: fc.uint8Array({ maxLength: 40 }),
    flags: fc.constantFrom('A', 'S', 'SA', 'FA', 'R', 'AU', ''),
    at: fc.integer({ min: -1, max: 100 }),
  })
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 20 }), (sent) => {
      const play = new InlinePlay(
        policyWith([rule(), rule({ id: 'back', from: 'external', to: 'nv.api.clinic' })]),
      )
      for (const each of sent) assert.match(play.tcp(each), /pass|release/)
    }),
    { numRuns: fuzzRuns },
  )
})

const anyPacket = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc
    .tuple(
      fc.constantFrom(...tricks),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(79), fc.nat(255)), { maxLength: 4 }),
    )
    .map(([[, sent], index, changes]) => ({ sent: sent[index % sent.length], changes })),
)

test('whatever comes is decided about, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(anyPacket, { maxLength: 12 }), fc.boolean(), (packets, isOutgoing) => {
      const play = playing()
      for (const each of packets) {
        const bytes = each instanceof Uint8Array ? each : changed(each)
        assert.match(
          play.ip(isOutgoing ? 'workload' : 'partner', bytes),
          /^(?:pass|drop|reset|answer|release)$/,
        )
      }
      play.inspector.close(play.now)
    }),
    { numRuns: fuzzRuns },
  )
})

/** A packet of a trick, some bytes of which are others. */
function changed({ sent, changes }: { sent: Sent; changes: [at: number, byte: number][] }): Uint8Array {
  const ports = { sourcePort: 40_000, destinationPort: 443 }
  const segment = tcp(
    { ...ports, sequence: 0xffff_ff01, acknowledgment: 0x5555_5556, flags: TcpFlag.ack },
    Buffer.from(sent.data ?? ''),
  )
  const bytes = ipv4({ source: '10.0.0.1', destination: '198.51.100.7', protocol: 6 }, segment)
  for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
  return bytes
}
