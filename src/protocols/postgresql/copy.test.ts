import { describe, it } from 'node:test'
import * as fixtures from './fixtures.ts'
import {
  assertLines,
  client,
  copyData,
  copyDone,
  copyResponse,
  int16,
  int32,
  login,
  query,
  server,
  value,
} from './fixtures.ts'
import { limits } from './limits.ts'

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const noOids = Buffer.concat([int32(0), int32(0)])
const tuple = (...values: fixtures.Value[]) => Buffer.concat([int16(values.length), ...values.map(value)])
const trailer = int16(-1)

/** Data of `COPY … FROM STDIN`, each string a message, and what is handed on of them. */
const cases: { name: string; sql: string; data: (string | Buffer)[]; lines: string[] }[] = [
  {
    name: 'text, by the columns of the statement',
    sql: 'COPY p (id, "Email") FROM STDIN',
    data: ['1\ta@b.example\n', '2\tc@d.example\n'],
    lines: ['tsv(id|Email)=1\ta@b.example\n2\tc@d.example\n'],
  },
  {
    name: 'text, rows cut anywhere',
    sql: 'COPY p FROM STDIN',
    data: ['1\ta@b.exa', '', 'mple\n2\tc@d.example\n'],
    lines: ['tsv()=1\ta@b.example\n2\tc@d.example\n'],
  },
  {
    name: 'text, with escapes: what would end a value becomes a space',
    sql: 'COPY p (a, b) FROM STDIN',
    data: ['x\\ty\\\\z\\N\t\\101\\x42C\\q\\', '\n\\12\\x\\x4\n\\'],
    lines: ['tsv(a|b)=x y\\z\tABCq  x \n'],
  },
  {
    name: 'text, with a separator of its own',
    sql: "COPY p (a, b) FROM STDIN (DELIMITER '|')",
    data: ['x\\|y|z\n'],
    lines: ['tsv(a|b |\0)=x y|z\n'],
  },
  {
    name: 'text that begins like a binary COPY',
    sql: 'COPY p (a) FROM STDIN',
    data: ['PGCOPY\n', 'PG', 'C\\n\n'],
    lines: ['tsv(a)=PGCOPY\nPGC \n'],
  },
  {
    name: 'CSV, quoted as it is',
    sql: 'COPY p (a, b) FROM STDIN WITH CSV',
    data: ['1,"x, ""y""\\n"\n'],
    lines: ['csv(a|b)=1,"x, ""y""\\n"\n'],
  },
  {
    name: 'CSV with a header, a separator and a quote',
    sql: "COPY p FROM STDIN (FORMAT csv, HEADER, DELIMITER ';', QUOTE '''')",
    data: ['a;b\n1;2\n'],
    lines: ["csv(+ ;')=a;b\n1;2\n"],
  },
  {
    name: 'binary, value by value',
    sql: 'COPY p (a, b) FROM STDIN (FORMAT binary)',
    data: [
      Buffer.concat([
        SIGNATURE,
        noOids,
        tuple('x', 'jane@example.org'),
        tuple(null, ''),
        tuple('y', 'z'),
        trailer,
      ]),
    ],
    lines: ['a=x', 'b=jane@example.org', 'a=y', 'b=z'],
  },
  {
    name: 'binary, cut anywhere, without names, with an extension and OIDs',
    sql: 'COPY BINARY p FROM STDIN',
    data: [
      SIGNATURE.subarray(0, 5),
      Buffer.concat([SIGNATURE.subarray(5), int32(1 << 16), int32(3), Buffer.from('ext')]),
      Buffer.concat([int16(2), value('\0\0\0\x07'), value('ja')]).subarray(0, -1),
      Buffer.concat([Buffer.from('a'), value('roe'), trailer]),
    ],
    lines: ['oid=\0\0\0\x07', 'column 1=ja', 'column 2=roe'],
  },
  {
    name: 'binary by its signature where the statement is not understood',
    sql: 'COPY p FROM STDIN (FORMAT parquet)',
    data: [Buffer.concat([SIGNATURE, noOids, tuple('x')])],
    lines: ['column 1=x'],
  },
  {
    name: 'binary that breaks off within a value',
    sql: 'COPY p (a) FROM STDIN BINARY',
    data: [Buffer.concat([SIGNATURE, noOids, int16(1), int32(99), Buffer.from('jane')])],
    lines: ['a=jane'],
  },
  {
    name: 'what is not binary though the statement says so, and what no form is known of',
    sql: 'COPY p (a) FROM STDIN BINARY',
    data: ['1\tjane\n'],
    lines: ['text=1\tjane\n'],
  },
  {
    name: 'what follows the end of binary data',
    sql: 'COPY p (a) FROM STDIN BINARY',
    data: [Buffer.concat([SIGNATURE, noOids, tuple('x'), trailer, Buffer.from('jane')])],
    lines: ['a=x', 'text=jane'],
  },
]

describe('COPY', () => {
  for (const { name, sql, data, lines } of cases) {
    it(`${name}, to the server and from it`, () => {
      const messages = [...data.map(copyData), copyDone]
      assertLines(
        [...login, client(query(sql)), server(copyResponse('G', 2)), client(...messages)],
        [`> sql.text sql=${sql}`, ...lines.map((line) => `> sql.column ${line}`)],
      )
      const out = sql.replace('FROM STDIN', 'TO STDOUT')
      assertLines(
        [
          ...login,
          client(query(out)),
          server(copyResponse('H', 2), ...messages, fixtures.complete('COPY 1'), fixtures.ready),
        ],
        [`> sql.text sql=${out}`, ...lines.map((line) => `< sql.column ${line}`)],
      )
    })
  }

  it('is known of a prepared statement, pipelined with another', () => {
    assertLines(
      [
        ...login,
        client(
          fixtures.parse('c', 'COPY p (a) TO STDOUT CSV'),
          fixtures.parse('s', 'SELECT 1'),
          fixtures.bind('', 'c'),
          fixtures.execute(),
          fixtures.bind('', 's'),
          fixtures.execute(),
          fixtures.sync,
        ),
        server(
          fixtures.parsed,
          fixtures.parsed,
          fixtures.bound,
          copyResponse('H', 1),
          copyData('x\n'),
          copyDone,
          fixtures.complete('COPY 1'),
        ),
      ],
      ['> sql.text sql=COPY p (a) TO STDOUT CSV', '> sql.text sql=SELECT 1', '< sql.column csv(a)=x\n'],
    )
  })

  it('is not named by the columns of another one in the same query', () => {
    const sql = 'COPY a (x) TO STDOUT; COPY b (y) TO STDOUT'
    const one = [copyResponse('H', 1), copyData('1\n'), copyDone, fixtures.complete('COPY 1')]
    assertLines(
      [...login, client(query(sql)), server(...one, ...one, fixtures.ready)],
      [`> sql.text sql=${sql}`, '< sql.column tsv(x)=1\n', '< sql.column text=1\n'],
    )
  })

  it('is named again behind one of libpq, which sends Sync before the data and behind them', () => {
    const sql = 'COPY p (a) FROM STDIN'
    assertLines(
      [
        ...login,
        client(
          fixtures.parse('', sql),
          fixtures.bind('', ''),
          fixtures.describe('P'),
          fixtures.execute(),
          fixtures.sync,
        ),
        server(fixtures.parsed, fixtures.bound, fixtures.noData, copyResponse('G', 1)),
        client(copyData('1\n'), copyDone, fixtures.sync),
        server(fixtures.complete('COPY 1'), fixtures.ready),
        client(fixtures.parse('s', 'S'), fixtures.describe('S', 's'), fixtures.sync),
        server(fixtures.parsed, fixtures.parameterTypes(), fixtures.columns('alpha'), fixtures.ready),
        client(fixtures.bind('', 's'), fixtures.execute(), fixtures.sync),
        server(fixtures.bound, fixtures.row('2'), fixtures.complete(), fixtures.ready),
      ],
      [`> sql.text sql=${sql}`, '> sql.column tsv(a)=1\n', '> sql.text sql=S', '< sql.column alpha=2'],
    )
  })

  it('of replication is messages, each a content', () => {
    assertLines(
      [
        ...login,
        client(query('START_REPLICATION SLOT s LOGICAL 0/0')),
        server(copyResponse('W', 0), copyData('wjane'), copyData('wroe')),
        client(copyData('r')),
      ],
      [
        '> sql.text sql=START_REPLICATION SLOT s LOGICAL 0/0',
        '< sql.column text=wjane',
        '< sql.column text=wroe',
        '> sql.column text=r',
      ],
    )
  })

  it('has values too long to be put together inspected as they stream by', () => {
    const long = 'x'.repeat(limits.valueBytes + 1)
    const data = Buffer.concat([SIGNATURE, noOids, tuple('a', long, 'b'), trailer])
    const turns = [...login, client(query('COPY p FROM STDIN BINARY')), server(copyResponse('G', 3, 1))]
    const lines = ['column 1=a', `text=${long}`, 'column 3=b'].map((line) => `> sql.column ${line}`)
    for (let cut = 0; cut < data.length; cut += 30_011) {
      assertLines(
        [...turns, client(copyData(data.subarray(0, cut)), copyData(data.subarray(cut)), copyDone)],
        ['> sql.text sql=COPY p FROM STDIN BINARY', ...lines],
      )
    }
  })
})
