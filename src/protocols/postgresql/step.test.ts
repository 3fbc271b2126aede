import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fixtures from './fixtures.ts'
import { assertLines, client, login, lost, query, run, server, type Turn } from './fixtures.ts'
import { limits } from './limits.ts'

const { bind, bound, close, closed, columns, complete, error, execute, noData, parameterTypes } = fixtures
const { parse, parsed, ready, row, sync } = fixtures

/** Statements `alpha` and `beta`, which have columns of these names, prepared and described. */
const prepared: Turn[] = [
  ...login,
  client(...['alpha', 'beta'].flatMap((name) => [parse(name, name), fixtures.describe('S', name)]), sync),
  server(...['alpha', 'beta'].flatMap((name) => [parsed, parameterTypes(), columns(name)]), ready),
]
const known = ['> sql.text sql=alpha', '> sql.text sql=beta']

const run1 = (name: string) => [bind('', name), execute()]
const answer1 = (value: string) => [bound, row(value), complete()]
const columnsOnly = (lines: string[]) => lines.filter((line) => line.startsWith('< sql.column'))

const cases: { name: string; turns: Turn[]; lines: string[] }[] = [
  {
    name: 'a statement described once is named in later executions, interleaved with another',
    turns: [
      client(...run1('alpha'), ...run1('beta'), sync),
      server(...answer1('1'), ...answer1('2'), ready),
      client(...run1('beta'), sync, ...run1('alpha'), sync),
      server(...answer1('3'), ready, ...answer1('4'), ready),
    ],
    lines: ['< sql.column alpha=1', '< sql.column beta=2', '< sql.column beta=3', '< sql.column alpha=4'],
  },
  {
    name: 'a portal described before another is executed does not name its rows',
    turns: [
      client(
        parse('', 'C'),
        bind('c', ''),
        bind('a', 'alpha'),
        fixtures.describe('P', 'a'),
        execute('c'),
        execute('a'),
        sync,
      ),
      server(parsed, bound, bound, columns('alpha'), row('1'), complete(), row('2'), complete(), ready),
    ],
    lines: ['> sql.text sql=C', '< sql.column =1', '< sql.column alpha=2'],
  },
  {
    name: 'a description names the rows of a simple query up to its end only',
    turns: [
      client(query('A; B')),
      server(
        columns('a'),
        row('1'),
        complete(),
        row('2'),
        complete(),
        columns('b'),
        row('3'),
        complete(),
        ready,
      ),
    ],
    lines: ['> sql.text sql=A; B', '< sql.column a=1', '< sql.column =2', '< sql.column b=3'],
  },
  {
    name: 'a row with another count of values than was described is not named',
    turns: [client(query('A')), server(columns('a', 'b'), row('1'), row('1', '2'), complete(), ready)],
    lines: ['> sql.text sql=A', '< sql.column =1', '< sql.column a=1', '< sql.column b=2'],
  },
  {
    name: 'a portal that is suspended and gone on with keeps its names',
    turns: [
      client(bind('p', 'beta'), execute('p'), sync),
      server(bound, row('1'), fixtures.message('s'), ready),
      client(execute('p'), close('P', 'p'), sync),
      server(row('2'), complete(), closed, ready),
    ],
    lines: ['< sql.column beta=1', '< sql.column beta=2'],
  },
  {
    name: 'after an error the pipeline is void up to its Sync, whether it was sent before or after it',
    turns: [
      client(...run1('alpha'), ...run1('beta'), sync, query('B')),
      server(error('Mno'), ready, columns('b'), row('1'), complete(), ready),
      client(...run1('alpha')),
      server(error('Mno')),
      client(...run1('alpha'), sync, ...run1('beta'), sync),
      server(ready, ...answer1('2'), ready),
    ],
    lines: [
      '> sql.text sql=B',
      '< sql.error message=no',
      '< sql.column b=1',
      '< sql.error message=no',
      '< sql.column beta=2',
    ],
  },
  {
    name: 'a name that is taken by another statement is that only once the server has said so',
    turns: [
      client(parse('alpha', 'C'), ...run1('alpha'), sync),
      server(error('Mtaken'), ready),
      client(...run1('alpha'), sync),
      server(...answer1('1'), ready),
      client(parse('beta', 'D'), fixtures.describe('S', 'beta'), sync),
      server(parsed, parameterTypes(), columns('delta'), ready),
      client(...run1('beta'), sync),
      server(...answer1('2'), ready),
    ],
    lines: [
      '> sql.text sql=C',
      '< sql.error message=taken',
      '< sql.column =1',
      '> sql.text sql=D',
      '< sql.column delta=2',
    ],
  },
  {
    name: 'statements that SQL has dropped are forgotten',
    turns: [
      client(query('DISCARD ALL')),
      server(complete('DISCARD ALL'), ready),
      client(...run1('alpha'), sync),
      server(...answer1('1'), ready),
    ],
    lines: ['> sql.text sql=DISCARD ALL', '< sql.column =1'],
  },
  {
    name: 'a statement that is closed is forgotten',
    turns: [
      client(close('S', 'alpha'), ...run1('alpha'), sync),
      server(closed, error('Mgone'), ready),
      client(bind('', 'beta'), fixtures.describe('P'), execute(), sync),
      server(bound, columns('beta'), row('1'), complete(), ready),
    ],
    lines: ['< sql.error message=gone', '< sql.column beta=1'],
  },
  {
    name: 'names that cannot be told apart are not remembered',
    turns: [
      client(
        parse(`${'x'.repeat(limits.nameChars)}1`, 'C'),
        fixtures.describe('S', `${'x'.repeat(limits.nameChars)}1`),
        bind('', `${'x'.repeat(limits.nameChars)}2`),
        execute(),
        sync,
      ),
      server(parsed, parameterTypes(), columns('c'), ...answer1('1'), ready),
    ],
    lines: ['> sql.text sql=C', '< sql.column =1'],
  },
  {
    name: 'answers that do not fit what was asked: names are given up, then trusted again',
    turns: [
      client(...run1('alpha'), sync),
      server(noData, row('1'), ready),
      client(...run1('alpha'), sync),
      server(...answer1('2'), ready),
      client(query('A')),
      server(columns('a'), row('3'), complete(), ready),
      client(fixtures.describe('S', 'beta'), sync),
      server(parameterTypes(), columns('beta'), ready),
      client(...run1('alpha'), ...run1('beta'), sync),
      server(...answer1('4'), ...answer1('5'), ready),
    ],
    lines: [
      '! postgresql-out-of-step',
      '< sql.column =1',
      '< sql.column =2',
      '> sql.text sql=A',
      '< sql.column a=3',
      '< sql.column =4',
      '< sql.column beta=5',
    ],
  },
  {
    name: 'a server that ends the connection is no answer',
    turns: [server(error('Mshutting down')), client(...run1('alpha'), sync), server(...answer1('1'), ready)],
    lines: ['< sql.error message=shutting down', '< sql.column alpha=1'],
  },
]

describe('rows have the names of their statement', () => {
  for (const { name, turns, lines } of cases)
    it(name, () => assertLines([...prepared, ...turns], [...known, ...lines]))

  it('without the client: a description names the rows that directly follow it', () => {
    const turns = [
      server(columns('a'), row('1'), complete(), ready, bound, columns('b'), row('2'), complete(), ready),
      server(parameterTypes(), columns('c'), row('3'), complete(), ready),
    ]
    assertLines(turns, ['< sql.column a=1', '< sql.column b=2', '< sql.column =3'])
  })
})

describe('more requests than are remembered', () => {
  const many = limits.requests / 2

  it('those beyond are not named, up to the ReadyForQuery that they have', () => {
    const asked = Array.from({ length: many }, () => [...run1('alpha'), ...run1('beta')]).flat()
    const told = Array.from({ length: many }, () => [...answer1('alpha'), ...answer1('beta')]).flat()
    const { lines } = run([
      ...prepared,
      client(...asked, sync, ...run1('alpha')),
      server(...told, ready),
      client(...run1('beta'), sync),
      server(...answer1('alpha'), ...answer1('beta'), ready),
      client(...run1('beta'), sync),
      server(...answer1('beta'), ready),
    ])
    const rows = columnsOnly(lines)
    const unnamed = rows.filter((line) => line.startsWith('< sql.column ='))
    assert.equal(rows.length, 2 * many + 3)
    assert.equal(unnamed.length, many + 2)
    assert.deepEqual(
      rows.filter((line) => !/ (\w*)=(?:\1)$/.test(line)),
      unnamed,
    )
    assert.equal(rows.at(-1), '< sql.column beta=beta')
    assert.equal(lines.filter((line) => line === '! postgresql-request-overflow').length, 1)
  })

  it('are void up to Sync after an error as well', () => {
    const asked = Array.from({ length: many }, () => [...run1('alpha'), ...run1('beta')]).flat()
    const { lines } = run([
      ...prepared,
      client(...asked, sync),
      server(error('Mno'), ready),
      client(...run1('beta'), sync),
      server(...answer1('beta'), ready),
    ])
    assert.deepEqual(columnsOnly(lines), ['< sql.column beta=beta'])
  })
})

/** The end of a row, cut off from its message. */
const tail = row('x'.repeat(40), 'jane@example.org').subarray(30)
const quiet: Turn[] = [
  client(query('Q')),
  server(complete(), ready),
  client(query('R')),
  server(complete(), ready),
]
const strays = (lines: string[]) => lines.filter((line) => line.includes('payload'))

describe('a hole in what the server says', () => {
  const hole: Turn[] = [client(query('A')), server(columns('a'), row('1')), lost(1, 500)]

  it('is passed over: what is described behind it is named, what lies between is inspected', () => {
    assertLines(
      [
        ...prepared,
        ...hole,
        server(tail, row('2'), complete(), ready),
        ...quiet.slice(0, 1),
        server(columns('q'), row('3'), complete(), ready),
      ],
      [
        ...known,
        '> sql.text sql=A',
        '< sql.column a=1',
        '! postgresql-gap',
        `< payload text=${tail.toString('latin1')}`,
        '< sql.column =2',
        '> sql.text sql=Q',
        '< sql.column q=3',
      ],
    )
  })

  it('within a message leaves the next one where it is', () => {
    const cut = row('x'.repeat(99), 'jane')
    assertLines(
      [
        ...login,
        client(query('A')),
        server(cut.subarray(0, 50)),
        lost(1, 50),
        server(cut.subarray(100), columns('b'), row('2')),
      ],
      [
        '> sql.text sql=A',
        '! postgresql-gap',
        `< payload text=${cut.subarray(5, 50).toString('latin1')}`,
        `< payload text=${cut.subarray(100).toString('latin1')}`,
        '< sql.column b=2',
      ],
    )
  })

  it('up to the end of a message, and one over more than a message', () => {
    const cut = row('x'.repeat(99), 'jane')
    const { lines } = run([
      ...login,
      client(query('A')),
      server(cut.subarray(0, 50)),
      lost(1, cut.length - 50),
      server(columns('b'), row('1'), cut.subarray(0, 50)),
      lost(1, 10),
      lost(1, 200),
      server(columns('c'), row('2'), complete(), ready),
    ])
    assert.deepEqual(columnsOnly(lines), ['< sql.column b=1', '< sql.column c=2'])
    assert.equal(strays(lines).length, 2)
  })

  it('leaves statements named, once the client has waited for its answers', () => {
    const { lines } = run([
      ...prepared,
      ...hole,
      server(tail, complete(), ready),
      client(...run1('alpha'), sync),
      server(...answer1('1'), ready),
      ...quiet,
      client(...run1('alpha'), sync),
      server(...answer1('2'), ready),
    ])
    assert.deepEqual(columnsOnly(lines), ['< sql.column a=1', '< sql.column =1', '< sql.column alpha=2'])
  })

  it('leaves the statements of a client that pipelines turns without a name', () => {
    const { lines } = run([
      ...prepared,
      client(...run1('alpha'), sync, ...run1('beta'), sync),
      server(...answer1('1'), ready),
      lost(1, 60),
      ...quiet,
      ...quiet,
      client(...run1('alpha'), sync),
      server(...answer1('2'), ready),
    ])
    assert.deepEqual(columnsOnly(lines), ['< sql.column alpha=1', '< sql.column =2'])
  })

  it('within COPY data leaves these without columns', () => {
    const data = fixtures.copyData('1\tx\n')
    assertLines(
      [
        ...login,
        client(query('COPY p (a, b) TO STDOUT')),
        server(fixtures.copyResponse('H', 2), data, data.subarray(0, 6)),
        lost(1, 2),
        server(data.subarray(8), data, data, fixtures.copyDone),
      ],
      [
        '> sql.text sql=COPY p (a, b) TO STDOUT',
        '! postgresql-gap',
        '< sql.column tsv(a|b)=1\tx\n1',
        '< payload text=\n',
        '< sql.column text=1\tx\n1\tx\n',
      ],
    )
  })
})

describe('a hole in what the client says', () => {
  it('is passed over, and statements prepared before it are forgotten: it may have named others', () => {
    const { lines } = run([
      ...prepared,
      lost(0, 300),
      client(Buffer.from('rest of a parameter: jane'), bind('', 'alpha', { values: ['1'] }), execute(), sync),
      server(...answer1('1'), ready),
      client(parse('c', 'SELECT c WHERE mail = $1'), fixtures.describe('S', 'c'), sync),
      server(parsed, parameterTypes(25), columns('c'), ready),
      client(bind('', 'c', { values: ['2'] }), execute(), sync),
      server(...answer1('2'), ready),
    ])
    assert.deepEqual(lines.slice(known.length), [
      '! postgresql-gap',
      '> payload text=rest of a parameter: jane',
      '> sql.parameter $1=1',
      '< sql.column =1',
      '> sql.text sql=SELECT c WHERE mail = $1',
      '> sql.parameter $1 mail=2',
      '< sql.column =2',
    ])
  })

  it('in its start-up leaves the rest readable', () => {
    const { lines } = run([lost(0, 20), client(Buffer.from('jane\0\0'), query('A'), sync), server(ready)])
    assert.deepEqual(lines, ['! postgresql-gap', '> payload text=jane\0\0', '> sql.text sql=A'])
  })
})

describe('bytes that are no message', () => {
  const turns: [name: string, junk: Buffer, anomaly: string][] = [
    [
      'a length that cannot be',
      Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]),
      'postgresql-bad-length',
    ],
    [
      'a type that there is not',
      Buffer.from('yonder, a long text about nobody'),
      'postgresql-unknown-message',
    ],
    ['one that is short of its least', Buffer.from([0x42, 0, 0, 0, 5, 0]), 'postgresql-bad-length'],
  ]
  for (const [name, junk, anomaly] of turns) {
    it(`${name}: inspected up to the next message`, () => {
      assertLines(
        [...login, client(query('A'), junk, query('B'), query('C'))],
        [
          '> sql.text sql=A',
          `! ${anomaly}`,
          `> payload text=${junk.toString('latin1')}`,
          '> sql.text sql=B',
          '> sql.text sql=C',
        ],
      )
    })
  }

  it('come more than once, and at the end', () => {
    const junk = Buffer.from('yonder')
    const { lines } = run([...login, client(junk, query('A'), sync, junk, query('B'), sync, junk)])
    assert.equal(strays(lines).length, 3)
    assert.equal(lines.filter((line) => line.startsWith('> sql.text')).length, 2)
  })
})
