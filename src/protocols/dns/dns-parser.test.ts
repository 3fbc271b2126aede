import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import { Direction } from '../../model/direction.ts'
import type { DnsDetails, FlowDetails } from '../../model/records.ts'
import { Verdict } from '../protocol.ts'
import { DnsParser } from './dns-parser.ts'
import {
  framed,
  ipv4,
  message,
  name,
  pointer,
  QUERY,
  question,
  resource,
  RESPONSE,
  Rr,
  u16,
} from './fixtures.ts'
import { dnsProtocol } from './index.ts'

const { toServer, toClient } = Direction
type Turn = [direction: Direction, bytes: Buffer]

interface Outcome {
  dns: DnsDetails
  anomalies: string[]
  lines: string[]
  resolved: string[]
}

function run(turns: Turn[], transport: 'tcp' | 'udp' = 'udp', piece = Number.POSITIVE_INFINITY): Outcome {
  const sink = new RecordingSink()
  const parser = new DnsParser(sink, transport)
  for (const [direction, bytes] of turns) {
    for (let at = 0; at < bytes.length; at += piece) {
      const part: Uint8Array = new Uint8Array(bytes.subarray(at, at + piece))
      assert.equal(parser.data(direction, part, 0, part.length), part.length)
      part.fill(0xee) // Nothing that was given may be kept.
    }
  }
  parser.end(toServer)
  parser.end(toClient)
  const details: FlowDetails = {}
  parser.describe(details)
  const of = (kind: string) => sink.events.filter((event) => event.kind === kind)
  return {
    dns: details.dns!,
    anomalies: of('anomaly').map((event) => event.name),
    lines: sink.lines().filter((line) => !line.startsWith('!') && !line.includes(' undefined ')),
    resolved: of('resolved').map((event) => `${event.name} ${event.text}`),
  }
}

const HOST = 'www.clinic.example'
const ask = (type: number, text = HOST, id = 1): Turn => [
  toServer,
  message({ id, questions: [question(text, type)] }),
]
const answer = (answers: Buffer[], more: object = {}): Turn => [
  toClient,
  message({ flags: RESPONSE, questions: [question(HOST, Rr.a)], answers, ...more }),
]
const here = pointer(12)
const address = resource(here, Rr.a, ipv4('192.0.2.7'))

test('a question and its answer: names, types, codes, and the address that it names', () => {
  const { dns, anomalies, lines, resolved } = run([ask(Rr.a), answer([address])])
  assert.deepEqual(dns, {
    queries: 1,
    answers: 1,
    names: [HOST],
    types: ['A'],
    responseCodes: { NOERROR: 1 },
  })
  assert.deepEqual(anomalies, [])
  assert.deepEqual(lines, [`> dns.name text=${HOST}`])
  assert.deepEqual(resolved, [`${HOST} c0000207`])
})

test('addresses behind aliases have the name that was asked', () => {
  const cdn = name('edge.cdn.example')
  const answers = [
    resource(here, Rr.cname, cdn),
    resource(cdn, Rr.cname, name('node.cdn.example')),
    resource(name('NODE.cdn.example'), Rr.a, ipv4('198.51.100.1')),
    resource(name('other.example'), Rr.a, ipv4('203.0.113.9')),
  ]
  assert.deepEqual(run([ask(Rr.a), answer(answers)]).resolved, [`${HOST} c6336401`])
})

const names = (...texts: string[]) => texts.map((text) => question(text, Rr.a))

const outcomes: [name: string, turns: Turn[], anomalies: string[], dns?: Partial<DnsDetails>][] = [
  [
    'an extended code',
    [ask(Rr.a), answer([], { additional: [resource(name(''), Rr.opt, Buffer.alloc(0), 0x01000000, 1232)] })],
    [],
    { responseCodes: { BADVERS: 1 } },
  ],
  [
    'a name that is not there',
    [ask(Rr.a), answer([], { flags: RESPONSE | 3 })],
    [],
    { responseCodes: { NXDOMAIN: 1 } },
  ],
  [
    'records of DNSSEC',
    [
      ask(Rr.a),
      answer([
        address,
        resource(
          here,
          Rr.rrsig,
          Buffer.concat([u16(1), Buffer.alloc(16), name('clinic.example'), Buffer.alloc(64, 9)]),
        ),
        resource(here, Rr.ds, Buffer.alloc(36, 5)),
      ]),
    ],
    [],
  ],
  [
    'a service’s parameters',
    [
      ask(Rr.https),
      [
        toClient,
        message({
          flags: RESPONSE,
          questions: [question(HOST, Rr.https)],
          answers: [
            resource(
              here,
              Rr.https,
              Buffer.concat([u16(1), name(''), u16(1), u16(3), Buffer.from('\u0002h2')]),
            ),
          ],
        }),
      ],
    ],
    [],
    { types: ['HTTPS'] },
  ],
  [
    'a pointer to itself',
    [[toServer, Buffer.concat([message({ questions: [Buffer.alloc(0)] }), pointer(12), u16(1), u16(1)])]],
    ['dns-compression-loop'],
  ],
  [
    'an answer’s pointer to itself',
    [ask(Rr.a), answer([resource(Buffer.concat([pointer(36)]), Rr.a, ipv4('192.0.2.7'))])],
    ['dns-compression-loop'],
  ],
  [
    'a name that is too long',
    [
      [
        toServer,
        message({ questions: [question(Array.from({ length: 9 }, () => 'x'.repeat(40)).join('.'), Rr.a)] }),
      ],
    ],
    ['dns-name-too-long', 'dns-malformed'],
  ],
  [
    'an answer that nobody asked for',
    [ask(Rr.a), answer([address], { id: 9 })],
    ['dns-response-without-query'],
  ],
  [
    'an answer to another question',
    [ask(Rr.a, 'else.example'), answer([address])],
    ['dns-question-mismatch'],
  ],
  ['the middle of a flow', [answer([address])], ['dns-response-without-query'], { names: [HOST] }],
  [
    'bytes behind the end',
    [[toServer, Buffer.concat([ask(Rr.a)[1], Buffer.alloc(4)])]],
    ['dns-trailing-bytes'],
  ],
  [
    'counts that promise more',
    [[toServer, message({ questions: names('a.example') }).fill(9, 4, 6)]],
    ['dns-malformed'],
  ],
  [
    'a set bit that is reserved',
    [[toServer, message({ flags: QUERY | 0x40, questions: names('a.example') })]],
    ['dns-reserved-bit'],
  ],
  [
    'two pseudo-records',
    [
      ask(Rr.a),
      answer([address], { additional: [0, 0].map(() => resource(name(''), Rr.opt, Buffer.alloc(0), 0)) }),
    ],
    ['dns-multiple-opt'],
  ],
  [
    'an address of three bytes',
    [ask(Rr.a), answer([resource(here, Rr.a, Buffer.alloc(3))])],
    ['dns-malformed-record'],
  ],
  ['too few bytes', [[toServer, Buffer.alloc(11)]], ['dns-malformed']],
]

for (const [what, turns, anomalies, dns] of outcomes) {
  test(`${what} is told as such`, () => {
    const outcome = run(turns)
    assert.deepEqual(outcome.anomalies, anomalies)
    for (const [key, value] of Object.entries(dns ?? {}))
      assert.deepEqual(outcome.dns[key as keyof DnsDetails], value)
  })
}

test('an answer that is not believed names no address', () => {
  assert.deepEqual(run([ask(Rr.a, 'else.example'), answer([address])]).resolved, [])
  assert.deepEqual(run([ask(Rr.a), answer([address], { id: 9 })]).resolved, [])
  assert.deepEqual(run([ask(Rr.a), answer([address], { flags: RESPONSE | 2 })]).resolved, [])
})

test('what a name or a text carries is inspected, and not written out', () => {
  const leak = 'de89370400440532013000.exfil.example'
  const text = Buffer.concat([Buffer.from([4]), Buffer.from('mail'), Buffer.from([5]), Buffer.from('@x.de')])
  const { dns, lines } = run([
    ask(Rr.txt, leak),
    [
      toClient,
      message({
        flags: RESPONSE,
        questions: [question(leak, Rr.txt)],
        answers: [resource(here, Rr.txt, text)],
      }),
    ],
  ])
  assert.deepEqual(lines, [`> dns.name text=${leak}`, '< dns.name TXT=mail@x.de'])
  assert.ok(!dns.names[0].includes('37040044'), dns.names[0])
})

const conversation: Turn[] = [
  [toServer, Buffer.concat([framed(ask(Rr.a)[1]), framed(ask(Rr.aaaa, HOST, 2)[1])])],
  [
    toClient,
    Buffer.concat([
      framed(answer([address])[1]),
      framed(message({ id: 2, flags: RESPONSE, questions: [question(HOST, Rr.aaaa)] })),
    ]),
  ],
]

test('over TCP it is the same wherever it is cut', () => {
  const whole = run(conversation, 'tcp')
  assert.deepEqual(whole.anomalies, [])
  assert.deepEqual(whole.dns, {
    queries: 2,
    answers: 2,
    names: [HOST],
    types: ['A', 'AAAA'],
    responseCodes: { NOERROR: 2 },
  })
  for (const piece of [1, 2, 3, 7, 40])
    assert.deepEqual(run(conversation, 'tcp', piece), whole, `pieces of ${piece}`)
  assert.deepEqual(run([[toServer, framed(ask(Rr.a)[1]).subarray(0, 20)]], 'tcp').anomalies, [
    'dns-message-incomplete',
  ])
})

test('bytes lost within a message lose that message alone', () => {
  const sink = new RecordingSink()
  const parser = new DnsParser(sink, 'tcp')
  const [first, second] = [framed(ask(Rr.a)[1]), framed(ask(Rr.aaaa, 'b.example', 2)[1])]
  parser.data(toServer, first, 0, 20)
  assert.equal(parser.gap(toServer, first.length - 20), true)
  parser.data(toServer, second, 0, second.length)
  assert.equal(parser.gap(toServer, 5), false)
  const details: FlowDetails = {}
  parser.describe(details)
  assert.deepEqual(details.dns?.names, ['b.example'])
})

const probes: [name: string, bytes: Buffer, port: number, verdict: Verdict][] = [
  ['a query', ask(Rr.a)[1], 53, Verdict.yes],
  ['a query to another port', ask(Rr.a)[1], 5300, Verdict.yes],
  ['a query over TCP', framed(ask(Rr.a)[1]), 53, Verdict.yes],
  ['the beginning of one', framed(ask(Rr.a)[1]).subarray(0, 9), 53, Verdict.maybe],
  ['multicast DNS', message({ id: 0, flags: 0, questions: names('printer.local') }), 5353, Verdict.no],
  ['a NetBIOS name', message({ flags: 0x0110, questions: [question('A'.repeat(32), 32)] }), 137, Verdict.no],
  ['text', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), 53, Verdict.no],
  ['zeros', Buffer.alloc(60), 53, Verdict.no],
]

for (const [what, bytes, port, verdict] of probes) {
  test(`${what}: ${Object.keys(Verdict)[verdict]}`, () =>
    assert.equal(dnsProtocol.probe(toServer, bytes, 0, bytes.length, port), verdict))
}

test('whatever comes, it neither throws nor takes long', () => {
  const whole = Buffer.concat(conversation.map(([, bytes]) => bytes))
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 })
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 90 }), fc.nat(1), (changed, piece, direction) => {
      const damaged = Buffer.from(whole)
      for (const [at, value] of changed) damaged[at] = value
      run([[direction as Direction, damaged]], 'tcp', piece)
      run([[direction as Direction, damaged.subarray(2)]])
      for (const port of [53, 5353, 137, 9]) dnsProtocol.probe(toServer, damaged, 0, damaged.length, port)
    }),
    { numRuns: fuzzRuns },
  )
  // Each record's name points into the one before: as deep as it goes, it is read in one turn each.
  const deep = Array.from({ length: 2000 }, () => resource(pointer(12), Rr.a, ipv4('192.0.2.1')))
  assert.deepEqual(run([ask(Rr.a), answer(deep)]).anomalies, ['dns-many-answers'])
})
