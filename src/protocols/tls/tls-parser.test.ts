import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails, TlsDetails } from '../../model/records.ts'
import * as make from './fixtures.ts'
import { limits } from './limits.ts'
import { TlsParser } from './tls-parser.ts'

const { toServer, toClient } = Direction

type Turn = [direction: Direction, bytes: Buffer] | [direction: Direction, lost: number]

interface Outcome {
  tls: TlsDetails
  anomalies: string[]
  encrypted: boolean
}

function run(turns: Turn[], piece = Number.POSITIVE_INFINITY): Outcome {
  const sink = new RecordingSink()
  const parser = new TlsParser(sink)
  for (const [direction, what] of turns) {
    if (typeof what === 'number') {
      parser.gap(direction, what)
      continue
    }
    for (let at = 0; at < what.length; at += piece) {
      const part: Uint8Array = new Uint8Array(what.subarray(at, at + piece))
      assert.equal(parser.data(direction, part, 0, part.length, 0), part.length)
      part.fill(0xee) // Nothing that was given may be kept.
    }
  }
  parser.end(toServer)
  parser.end(toClient)
  const details: FlowDetails = {}
  parser.describe(details)
  const anomalies = sink.events.map(({ name }) => name)
  return { tls: details.tls ?? {}, anomalies, encrypted: parser.encrypted }
}

const data = make.record(23, Buffer.alloc(700, 0xaa))
const changeCipher = make.record(20, make.u8(1))
const hello13 = make.clientHello(
  [0x1301, 0xc02b],
  [
    make.serverName('Clinic.example'),
    make.protocols('h2', 'http/1.1'),
    make.versions(0x0a0a, 0x0304, 0x0303),
  ],
  0x0303,
  'session',
)
const answer13 = make.serverHello(0x1301, [make.extension(43, make.u16(0x0304))], 0x0303, 'session')

const tls13: Turn[] = [
  [toServer, make.record(22, hello13, 0x0301)],
  [toClient, Buffer.concat([make.record(22, answer13), changeCipher, data])],
  [toServer, Buffer.concat([changeCipher, data, data])],
  [toClient, data],
]

test('TLS 1.3: what was offered and chosen, and that the rest is encrypted', () => {
  const { tls, anomalies, encrypted } = run(tls13)
  const { ja3, ja3s, ja4, ...rest } = tls
  assert.deepEqual(rest, {
    offeredVersions: ['TLSv1.3', 'TLSv1.2'],
    offeredCiphers: 2,
    sni: 'clinic.example',
    offeredAlpn: ['h2', 'http/1.1'],
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    resumed: false,
  })
  assert.match(`${ja3} ${ja3s} ${ja4}`, /^[0-9a-f]{32} [0-9a-f]{32} t13d0203h2_[0-9a-f]{12}_[0-9a-f]{12}$/)
  assert.deepEqual(anomalies, [])
  assert.equal(encrypted, true)
})

test('where the bytes are cut makes no difference', () => {
  const old: Turn[] = [
    [toServer, make.oldClientHello(0x0301, 3)],
    [toClient, make.record(22, make.serverHello(0x002f, []))],
  ]
  const fragmented: Turn[] = [
    [toServer, Buffer.concat([...split(hello13, 9).map((part) => make.record(22, part))])],
    [toClient, make.record(22, Buffer.concat([answer13, make.handshake(8, Buffer.alloc(3))]))],
    [toServer, make.record(21, Buffer.from([2, 48]))],
  ]
  for (const turns of [tls13, old, fragmented]) {
    const whole = run(turns)
    for (const piece of [1, 2, 3, 5, 7, 64]) assert.deepEqual(run(turns, piece), whole, `pieces of ${piece}`)
  }
  assert.deepEqual(run(fragmented).tls.ja3, run(tls13).tls.ja3)
})

function split(bytes: Buffer, length: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  )
}

const hello12 = (cipher: number, sessionId = '', version = 0x0303): Turn[] => [
  [toServer, make.record(22, make.clientHello([cipher], [], version, sessionId), 0x0301)],
  [toClient, make.record(22, make.serverHello(cipher, [], version, sessionId))],
]

const outcomes: [
  name: string,
  turns: Turn[],
  expected: Partial<Outcome>,
  tls?: { [key in keyof TlsDetails]?: TlsDetails[key] | undefined },
][] = [
  ['TLS 1.2', hello12(0xc02f), { anomalies: [], encrypted: true }, { version: 'TLSv1.2' }],
  ['a session named again', hello12(0xc02f, 'id'), {}, { resumed: true }],
  [
    'a key that both have',
    [
      [toServer, make.record(22, hello13)],
      [
        toClient,
        make.record(
          22,
          make.serverHello(0x1301, [make.extension(43, make.u16(0x0304)), make.extension(41, make.u16(0))]),
        ),
      ],
    ],
    {},
    { resumed: true, version: 'TLSv1.3' },
  ],
  ['TLS 1.0', hello12(0xc013, '', 0x0301), { anomalies: ['tls-weak-version'] }, { version: 'TLSv1.0' }],
  ['SSL 3.0', hello12(0x002f, '', 0x0300), { anomalies: ['tls-weak-version'] }, { version: 'SSLv3' }],
  ['RC4', hello12(0x0005), { anomalies: ['tls-weak-cipher'], encrypted: true }],
  [
    'no cipher at all',
    [...hello12(0x0002), [toServer, changeCipher], [toServer, data]],
    { anomalies: ['tls-weak-cipher', 'tls-not-encrypted'], encrypted: false },
  ],
  ['a hello without an answer', tls13.slice(0, 1), { anomalies: [], encrypted: false }],
  [
    'an alert',
    [...tls13.slice(0, 1), [toClient, make.record(21, Buffer.from([2, 40]))]],
    { encrypted: false },
    { alerts: ['to-client fatal handshake_failure'] },
  ],
  ['an encrypted alert', [...tls13, [toClient, make.record(21, Buffer.alloc(26))]], { anomalies: [] }],
  [
    'the middle of a connection',
    [
      [toServer, data],
      [toClient, data],
    ],
    { anomalies: [], encrypted: true },
    { version: undefined },
  ],
  [
    'the middle of an old one',
    [[toServer, make.record(23, Buffer.alloc(64), 0x0301)]],
    {},
    { version: 'TLSv1.0' },
  ],
  [
    'a hello of SSL 2.0',
    [[toServer, make.oldClientHello(0x0300, 4)]],
    { anomalies: ['tls-sslv2-hello'] },
    { offeredVersions: ['SSLv3'], offeredCiphers: 4 },
  ],
  [
    'no record',
    [[toServer, Buffer.from('GET / HTTP/1.1')]],
    { anomalies: ['tls-malformed-record'], encrypted: false },
  ],
  [
    'a hello whose lengths do not add up',
    [[toServer, make.record(22, make.handshake(1, Buffer.alloc(60, 0xff)))]],
    { anomalies: ['tls-malformed-handshake'] },
  ],
  [
    'a hello that is cut',
    [[toServer, make.record(22, hello13).subarray(0, 60)]],
    { anomalies: ['tls-handshake-incomplete'] },
  ],
  [
    'a certificate beyond the bound',
    [
      ...hello12(0xc02f),
      [toClient, make.record(22, Buffer.concat([make.u8(11), make.u24(limits.handshakeBytes + 1)]))],
    ],
    { anomalies: ['tls-handshake-too-large', 'tls-handshake-incomplete'] },
  ],
  [
    'a certificate that is none',
    [
      ...hello12(0xc02f),
      [toClient, make.record(22, make.handshake(11, make.vector24(make.vector24(Buffer.from('none')))))],
    ],
    { anomalies: ['tls-certificate-malformed'] },
  ],
  [
    'bytes lost in a record',
    [
      ...tls13,
      [toClient, data.subarray(0, 100)],
      [toClient, data.length - 200],
      [toClient, data.subarray(-100)],
      [toClient, data],
    ],
    { anomalies: [], encrypted: true },
  ],
  [
    'bytes lost between records',
    [...tls13, [toClient, 3 * data.length], [toClient, data]],
    { anomalies: [] },
  ],
  [
    'bytes lost in a hello',
    [
      [toServer, make.record(22, hello13).subarray(0, 20)],
      [toServer, 500],
      [toServer, Buffer.alloc(90, 0x41)],
    ],
    { anomalies: ['tls-handshake-gap', 'tls-malformed-record'] },
  ],
  [
    'another hello after a retry',
    [
      [toServer, make.record(22, hello13)],
      [toClient, Buffer.concat([make.record(22, retry()), changeCipher])],
      [toServer, Buffer.concat([changeCipher, make.record(22, hello13)])],
      [toClient, make.record(22, answer13)],
      [toServer, data],
    ],
    { anomalies: [], encrypted: true },
    { version: 'TLSv1.3' },
  ],
]

test('early data does not hide the server’s hello', () => {
  const { tls, encrypted } = run([
    [toServer, Buffer.concat([make.record(22, hello13), changeCipher, data])],
    [toClient, make.record(22, answer13)],
  ])
  assert.equal(tls.version, 'TLSv1.3')
  assert.equal(encrypted, true)
})

test('a list in an extension ends with it, however many there are', () => {
  const lists = Array.from({ length: 1000 }, () => make.extension(10, make.u16(1000)))
  const { anomalies } = run([[toServer, make.record(22, make.clientHello([0x1301], lists))]])
  assert.deepEqual(anomalies, ['tls-malformed-handshake'])
})

function retry(): Buffer {
  const hello = Buffer.from(answer13)
  Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex').copy(hello, 6)
  return hello
}

for (const [name, turns, expected, tls] of outcomes) {
  test(`${name} is told as such`, () => {
    const outcome = run(turns)
    for (const [key, value] of Object.entries(expected))
      assert.deepEqual(outcome[key as keyof Outcome], value, key)
    for (const [key, value] of Object.entries(tls ?? {}))
      assert.deepEqual(outcome.tls[key as keyof TlsDetails], value, key)
  })
}

test('whatever comes, it neither throws nor keeps what it was given', () => {
  const bytes = Buffer.concat(tls13.map(([, part]) => part as Buffer))
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 20 }),
      fc.integer({ min: 1, max: 400 }),
      fc.nat(1),
      (changes, piece, direction) => {
        const damaged = Buffer.from(bytes)
        for (const [at, value] of changes) damaged[at] = value
        run([[direction as Direction, damaged]], piece)
      },
    ),
    { numRuns: fuzzRuns },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(1), (content, direction) => {
      run([[direction as Direction, make.record(22, Buffer.from(content))]], 50)
      for (const type of [1, 2, 11])
        run([[direction as Direction, make.record(22, make.handshake(type, Buffer.from(content)))]])
    }),
    { numRuns: fuzzRuns },
  )
})
