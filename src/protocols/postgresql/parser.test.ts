import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fixtures from './fixtures.ts'
import { assertLines, client, login, run, server, type Turn } from './fixtures.ts'
import { limits } from './limits.ts'

const { bind, bound, columns, complete, cstring, error, execute, int16, int32, message } = fixtures
const { parse, parsed, query, ready, row, startup, sync, value } = fixtures

/** int8, text of any type, date. */
const INT8 = 20
const DATE = 1082

const cases: { name: string; turns: Turn[]; lines: string[] }[] = [
  {
    name: 'a simple query: text and rows by column',
    turns: [
      ...login,
      client(query("SELECT email FROM p WHERE name = 'x'")),
      server(columns('email', 'note'), row('a@b.example', null), row('c@d.example', 'n'), complete(), ready),
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
      client(
        parse('s1', 'UPDATE p SET iban = $2 WHERE email = $1 AND f($3)'),
        bind('', 's1', { values: ['a@b.example', 'DE89', 'z'] }),
        execute(),
        sync,
      ),
    ],
    lines: [
      '> sql.text sql=UPDATE p SET iban = $2 WHERE email = $1 AND f($3)',
      '> sql.parameter $1 email=a@b.example',
      '> sql.parameter $2 iban=DE89',
      '> sql.parameter $3 f=z',
    ],
  },
  {
    name: 'binary integers are read as digits where their type is known, other binary values are left out',
    turns: [
      ...login,
      client(
        parse('', 'SELECT $1, $2'),
        bind('', '', {
          formats: [1, 1],
          values: [Buffer.from([0, 0, 0, 0, 0x49, 0x96, 2, 0xd2]), 'text'],
          results: [1],
        }),
        fixtures.describe('P'),
        execute(),
        sync,
      ),
      server(
        parsed,
        bound,
        columns(['n', INT8, 1], ['d', DATE, 1], ['least', INT8, 1], ['most', INT8, 1]),
        row(
          Buffer.from('fffffffffffffffe', 'hex'),
          Buffer.from([0, 0, 0, 1]),
          Buffer.from('8000000000000000', 'hex'),
          Buffer.from('7fffffffffffffff', 'hex'),
        ),
        complete(),
        ready,
      ),
    ],
    lines: [
      '> sql.text sql=SELECT $1, $2',
      '> sql.parameter $1=\0\0\0\0I\x96\x02\xd2',
      '> sql.parameter $2=text',
      '< sql.column n=-2',
      '< sql.column least=-9223372036854775808',
      '< sql.column most=9223372036854775807',
    ],
  },
  {
    name: 'formats of results are those of the Bind that the rows are of',
    turns: [
      ...login,
      client(
        parse('a', 'A'),
        fixtures.describe('S', 'a'),
        bind('', 'a'),
        execute(),
        bind('', 'a', { results: [1] }),
        execute(),
        bind('', 'a', { results: [1, 0] }),
        execute(),
        sync,
      ),
      server(
        parsed,
        fixtures.parameterTypes(),
        columns(['n', INT8, 0], ['m', INT8, 0]),
        bound,
        row('1111', '2222'),
        complete(),
        bound,
        row(Buffer.from('0000000000000007', 'hex'), Buffer.from('0000000000000008', 'hex')),
        complete(),
        bound,
        row(Buffer.from('0000000000000009', 'hex'), '3333'),
        complete(),
        ready,
      ),
    ],
    lines: [
      '> sql.text sql=A',
      '< sql.column n=1111',
      '< sql.column m=2222',
      '< sql.column n=7',
      '< sql.column m=8',
      '< sql.column n=9',
      '< sql.column m=3333',
    ],
  },
  {
    name: 'the fields of errors and notices are values under their names',
    turns: [
      ...login,
      server(
        error(
          'SERROR',
          'C23505',
          'Mduplicate key',
          'DKey (email)=(jane@example.org) exists.',
          'Htry',
          'Xfuture',
        ),
        message('N', cstring('Mnotice'), Buffer.from([0])),
      ),
    ],
    lines: [
      '< sql.error severity=ERROR',
      '< sql.error sqlstate=23505',
      '< sql.error message=duplicate key',
      '< sql.error detail=Key (email)=(jane@example.org) exists.',
      '< sql.error hint=try',
      '< sql.error other=future',
      '< sql.error message=notice',
    ],
  },
  {
    name: 'a notification is its channel and its payload',
    turns: [...login, server(message('A', int32(77), cstring('mail'), cstring('a@b.example')))],
    lines: ['< sql.error channel=mail', '< sql.error payload=a@b.example'],
  },
  {
    name: 'arguments and result of a function call, as of large objects',
    turns: [
      ...login,
      client(
        message(
          'F',
          int32(955),
          int16(2),
          int16(1),
          int16(0),
          int16(2),
          value('\0\0\0\x01'),
          value('jane'),
          int16(1),
        ),
      ),
      server(message('V', value('stored')), ready),
      client(message('F', int32(954), int16(0), int16(0), int16(0))),
      server(message('V', value(null)), ready),
    ],
    lines: ['> sql.parameter $1=\0\0\0\x01', '> sql.parameter $2=jane', '< sql.column =stored'],
  },
  {
    name: 'a cleartext password is told of, not handed on',
    turns: [
      client(startup('user', 'x')),
      server(message('R', int32(3))),
      client(message('p', cstring('secret'))),
    ],
    lines: ['! postgresql-cleartext-password'],
  },
  {
    name: 'a password that is cut off is not handed on',
    turns: [client(startup('user', 'x')), client(message('p', cstring('secret')).subarray(0, 9))],
    lines: [],
  },
  {
    name: 'a message whose counts lie is told of',
    turns: [
      ...login,
      client(query('A')),
      server(columns('a', 'b', 'c'), message('D', int16(3), int32(1), Buffer.from('a'))),
    ],
    lines: ['> sql.text sql=A', '< sql.column a=a', '! postgresql-malformed-message'],
  },
]

describe('PostgreSQL', () => {
  for (const { name, turns, lines } of cases)
    it(`${name}, wherever it is cut`, () => assertLines(turns, lines))

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

  it('picks a connection up in its middle', () => {
    assertLines([client(query('SELECT 1'))], ['> sql.text sql=SELECT 1'])
    assertLines([client(sync), server(ready), client(query('SELECT 1'))], ['> sql.text sql=SELECT 1'])
  })

  it('inspects a message beyond the limit as it streams by, and says so', () => {
    const long = 'x'.repeat(limits.messageBytes + 10)
    const turns = [...login, client(query(long), query('after'))]
    const lines = ['! postgresql-long-message', `> sql.text sql=${long}\0`, '> sql.text sql=after']
    for (const piece of [1000, Number.POSITIVE_INFINITY]) assert.deepEqual(run(turns, piece).lines, lines)
  })

  it('keeps rows in step behind messages beyond the limit', () => {
    const long = 'x'.repeat(limits.messageBytes)
    const { lines } = run([
      ...login,
      client(parse('a', 'A'), fixtures.describe('S', 'a'), bind('', '', { values: [long] }), execute(), sync),
      server(parsed, fixtures.parameterTypes(), columns('alpha'), bound, row(long), complete(), ready),
      client(bind('', 'a'), execute(), sync),
      server(bound, row('1'), complete(), ready),
    ])
    assert.equal(lines.at(-1), '< sql.column alpha=1')
    assert.equal(lines.filter((line) => line === '! postgresql-long-message').length, 2)
    assert.equal(lines.includes('! postgresql-out-of-step'), false)
  })
})
