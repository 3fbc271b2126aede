import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import type { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import { Verdict } from '../protocol.ts'
import { postgresqlProtocol } from './index.ts'
import { limits } from './limits.ts'
import { PostgresParser } from './parser.ts'

const int16 = (n: number) => Buffer.from([(n >> 8) & 255, n & 255])
const int32 = (n: number) => Buffer.from([(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255])
const cstring = (text: string) => Buffer.from(`${text}\0`)
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}
const startup = (...pairs: string[]) => {
  const body = Buffer.concat([int32(196_608), ...pairs.map(cstring), Buffer.from([0])])
  return Buffer.concat([int32(body.length + 4), body])
}
const value = (content: string | Buffer | null) =>
  content === null ? int32(-1) : Buffer.concat([int32(content.length), Buffer.from(content)])
const row = (...values: (string | Buffer | null)[]) =>
  message('D', int16(values.length), ...values.map(value))
const columns = (...names: [name: string, oid: number, format: number][]) =>
  message(
    'T',
    int16(names.length),
    ...names.map(([name, oid, format]) =>
      Buffer.concat([cstring(name), int32(0), int16(0), int32(oid), int16(4), int32(-1), int16(format)]),
    ),
  )
const parse = (name: string, sql: string) => message('P', cstring(name), cstring(sql), int16(0))
const bind = (
  portal: string,
  name: string,
  formats: number[],
  values: (string | Buffer | null)[],
  results: number[],
) =>
  message(
    'B',
    cstring(portal),
    cstring(name),
    int16(formats.length),
    ...formats.map(int16),
    int16(values.length),
    ...values.map(value),
    int16(results.length),
    ...results.map(int16),
  )
const execute = message('E', cstring(''), int32(0))
const sync = message('S')
const ready = message('Z', Buffer.from('I'))
const complete = message('C', cstring('SELECT 1'))
const SSL_REQUEST = Buffer.concat([int32(8), int32(80_877_103)])

type Turn = [direction: Direction, bytes: Buffer]
interface Outcome {
  lines: string[]
  details: FlowDetails
  handover: boolean
  stopped: number
}

/** Runs turns through a parser, each turn in pieces of at most `piece` bytes. */
function run(turns: Turn[], piece = Number.POSITIVE_INFINITY): Outcome {
  const sink = new RecordingSink()
  const parser = new PostgresParser(sink)
  let stopped = -1
  for (const [direction, bytes] of turns) {
    for (let at = 0; at < bytes.length && !parser.handover; at += piece) {
      const end = Math.min(bytes.length, at + piece)
      stopped = parser.data(direction, bytes, at, end)
    }
  }
  parser.end()
  const details: FlowDetails = {}
  parser.describe(details)
  return { lines: sink.lines(), details, handover: parser.handover, stopped }
}

const LOGIN: Turn[] = [
  [0, startup('user', 'clinic', 'database', 'patients', 'application_name', 'api')],
  [
    1,
    Buffer.concat([message('R', int32(0)), message('S', cstring('server_version'), cstring('15.18')), ready]),
  ],
]

const cases: { name: string; turns: Turn[]; lines: string[] }[] = [
  {
    name: 'a simple query: text and rows by column',
    turns: [
      ...LOGIN,
      [0, message('Q', cstring("SELECT email FROM p WHERE name = 'x'"))],
      [
        1,
        Buffer.concat([
          columns(['email', 25, 0], ['note', 25, 0]),
          row('a@b.example', null),
          row('c@d.example', 'n'),
          complete,
          ready,
        ]),
      ],
    ],
    lines: [
      "> sql.text sql=SELECT email FROM p WHERE name = 'x'",
      '< sql.column email=a@b.example',
      '< sql.column email=c@d.example',
      '< sql.column note=n',
    ],
  },
  {
    name: 'bind parameters carry the column they are compared with',
    turns: [
      [
        0,
        Buffer.concat([
          parse('s1', 'UPDATE p SET iban = $2 WHERE email = $1 AND f($3)'),
          bind('', 's1', [], ['a@b.example', 'DE89', 'z'], []),
          execute,
          sync,
        ]),
      ],
    ],
    lines: [
      '> sql.text sql=UPDATE p SET iban = $2 WHERE email = $1 AND f($3)',
      '> sql.parameter $1 email=a@b.example',
      '> sql.parameter $2 iban=DE89',
      '> sql.parameter $3 f=z',
    ],
  },
  {
    name: 'binary integers are read as digits, other binary values are left out',
    turns: [
      [
        0,
        Buffer.concat([
          parse('', 'SELECT $1, $2'),
          bind('', '', [1, 1], [Buffer.from([0, 0, 0, 0, 0x49, 0x96, 2, 0xd2]), 'text'], [1]),
          message('D', Buffer.from('P'), cstring('')),
          execute,
          sync,
        ]),
      ],
      [
        1,
        Buffer.concat([
          message('1'),
          message('2'),
          columns(['n', 20, 1], ['d', 1082, 1]),
          row(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe]), Buffer.from([0, 0, 0, 1])),
          complete,
          ready,
        ]),
      ],
    ],
    lines: [
      '> sql.text sql=SELECT $1, $2',
      '> sql.parameter $1=\0\0\0\0I\x96\x02\xd2',
      '> sql.parameter $2=text',
      '< sql.column n=-2',
    ],
  },
  {
    name: 'rows of a statement described once are named in later executions, interleaved with another',
    turns: [
      [
        0,
        Buffer.concat([
          parse('a', 'A'),
          message('D', Buffer.from('S'), cstring('a')),
          parse('b', 'B'),
          message('D', Buffer.from('S'), cstring('b')),
          sync,
        ]),
      ],
      [
        1,
        Buffer.concat([
          message('1'),
          message('t', int16(0)),
          columns(['alpha', 25, 0]),
          message('1'),
          columns(['beta', 25, 0]),
          ready,
        ]),
      ],
      [0, Buffer.concat([bind('', 'a', [], [], []), execute, bind('', 'b', [], [], []), execute, sync])],
      [1, Buffer.concat([message('2'), row('1'), complete, message('2'), row('2'), complete, ready])],
    ],
    lines: ['> sql.text sql=A', '> sql.text sql=B', '< sql.column alpha=1', '< sql.column beta=2'],
  },
  {
    name: 'after an error the pipeline is void up to its Sync',
    turns: [
      [
        0,
        Buffer.concat([
          parse('a', 'A'),
          message('D', Buffer.from('S'), cstring('a')),
          bind('', 'a', [], [], []),
          execute,
          sync,
          message('Q', cstring('B')),
        ]),
      ],
      [
        1,
        Buffer.concat([
          message('E', cstring('Mduplicate key'), Buffer.from([0])),
          ready,
          columns(['b', 25, 0]),
          row('1'),
          complete,
          ready,
        ]),
      ],
    ],
    lines: [
      '> sql.text sql=A',
      '> sql.text sql=B',
      '< sql.error text=Mduplicate key\0\0',
      '< sql.column b=1',
    ],
  },
  {
    name: 'COPY in both directions is one content each',
    turns: [
      [0, message('Q', cstring('COPY p (id, "Email") FROM STDIN'))],
      [1, message('G', Buffer.from([0]), int16(0))],
      [
        0,
        Buffer.concat([
          message('d', Buffer.from('1\ta@b.example\n')),
          message('d', Buffer.from('2\tc@d.example\n')),
          message('c'),
        ]),
      ],
      [
        1,
        Buffer.concat([
          message('H', Buffer.from([0]), int16(0)),
          message('d', Buffer.from('x\n')),
          message('c'),
        ]),
      ],
    ],
    lines: [
      '> sql.text sql=COPY p (id, "Email") FROM STDIN',
      '> sql.column tsv=1\ta@b.example\n2\tc@d.example\n',
      '< sql.column tsv=x\n',
    ],
  },
  {
    name: 'a cleartext password is told of, not handed on',
    turns: [
      [0, startup('user', 'x')],
      [1, message('R', int32(3))],
      [0, message('p', cstring('secret'))],
    ],
    lines: ['! postgresql-cleartext-password'],
  },
  {
    name: 'a length that cannot be ends the reading',
    turns: [...LOGIN, [0, Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff, 1, 2, 3])]],
    lines: ['! postgresql-bad-length'],
  },
  {
    name: 'a message whose counts lie is told of',
    turns: [...LOGIN, [1, message('D', int16(3), int32(1), Buffer.from('a'))]],
    lines: ['< sql.column =a', '! postgresql-malformed-message'],
  },
]

describe('PostgreSQL', () => {
  for (const { name, turns, lines } of cases) {
    it(name, () => assert.deepEqual(run(turns).lines, lines))
    it(`${name}, in pieces of any size`, () => {
      for (const piece of [1, 2, 3, 5, 7, 64])
        assert.deepEqual(run(turns, piece).lines, lines, `pieces of ${piece}`)
    })
  }

  it('says who is connected to what, and counts', () => {
    const { details } = run(cases[0].turns)
    assert.deepEqual(details.postgresql, {
      user: 'clinic',
      database: 'patients',
      applicationName: 'api',
      serverVersion: '15.18',
      statements: 1,
      rows: 2,
      errors: 0,
    })
  })

  it('hands over to TLS when the server agrees, behind its answer', () => {
    const outcome = run([
      [0, SSL_REQUEST],
      [1, Buffer.from('S\x16\x03')],
    ])
    assert.equal(outcome.handover, true)
    assert.equal(outcome.stopped, 1)
  })

  it('goes on in the clear when the server refuses TLS', () => {
    const outcome = run([[0, SSL_REQUEST], [1, Buffer.from('N')], ...cases[0].turns])
    assert.equal(outcome.handover, false)
    assert.deepEqual(outcome.lines, cases[0].lines)
  })

  it('picks a connection up in its middle', () => {
    assert.deepEqual(run([[0, message('Q', cstring('SELECT 1'))]]).lines, ['> sql.text sql=SELECT 1'])
  })

  it('inspects a message beyond the limit as it streams by, and says so', () => {
    const long = 'x'.repeat(limits.messageBytes + 10)
    for (const piece of [1000, Number.POSITIVE_INFINITY]) {
      const lines = run(
        [[0, Buffer.concat([message('Q', cstring(long)), message('Q', cstring('after'))])]],
        piece,
      ).lines
      assert.equal(lines[0], '! postgresql-long-message')
      assert.equal(lines[1], `> sql.text sql=${long}\0`)
      assert.equal(lines[2], '> sql.text sql=after')
    }
  })

  it('never throws and stays in bounds on damaged messages', () => {
    const whole = Buffer.concat(cases.flatMap(({ turns }) => turns.map(([, bytes]) => bytes)))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(1),
        fc.integer({ min: 1, max: 99 }),
        (edits, direction, piece) => {
          const damaged = Buffer.from(whole)
          for (const [at, byte] of edits) damaged[at] = byte
          run([[direction as Direction, damaged]], piece)
        },
      ),
      { numRuns: fuzzRuns },
    )
  })
})

describe('PostgreSQL is told by content', () => {
  const query = message('Q', cstring('SELECT 1'))
  const tables: [name: string, direction: Direction, bytes: Buffer, verdict: number][] = [
    ['start-up', 0, startup('user', 'x'), Verdict.yes],
    ['start-up with user second', 0, startup('database', 'd', 'user', 'x'), Verdict.yes],
    ['SSLRequest', 0, SSL_REQUEST, Verdict.yes],
    ['half a start-up', 0, startup('user', 'x').subarray(0, 6), Verdict.maybe],
    ['a query in the middle', 0, query, Verdict.yes],
    ['a query cut short', 0, query.subarray(0, 10), Verdict.no],
    ['HTTP', 0, Buffer.from('GET / HTTP/1.1\r\n\r\n'), Verdict.no],
    ['TLS', 0, Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]), Verdict.no],
    [
      'version 3 without a user',
      0,
      Buffer.concat([int32(12), int32(196_608), Buffer.from('abcd')]),
      Verdict.no,
    ],
    ['authentication', 1, Buffer.concat([message('R', int32(0)), ready]), Verdict.yes],
    ['rows up to ready', 1, Buffer.concat([row('1'), complete, ready]), Verdict.yes],
    ['rows alone', 1, row('1'), Verdict.no],
    ['an SMTP greeting', 1, Buffer.from('220 mail.example ESMTP\r\n'), Verdict.no],
  ]
  for (const [name, direction, bytes, verdict] of tables) {
    it(name, () => {
      const padded = Buffer.concat([Buffer.from('##'), bytes, Buffer.from('##')])
      assert.equal(postgresqlProtocol.probe(direction, padded, 2, 2 + bytes.length, 5432), verdict)
    })
  }
})
