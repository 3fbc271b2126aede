import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { Direction } from '../../src/model/direction.ts'
import type { FlowDetails, PostgresDetails } from '../../src/model/records.ts'
import { postgresqlProtocol } from '../../src/protocols/postgresql/index.ts'
import { Verdict } from '../../src/protocols/protocol.ts'
import {
  cannotStartPostgresql,
  startPostgresql,
  type PostgresqlServer,
} from '../support/postgresql-server.ts'
import { RecordingSink } from '../support/recording-sink.ts'

/* What a real server and a real client say to each other, through a relay that writes it down. */

const skip = cannotStartPostgresql

type Turn = [direction: Direction, bytes: Uint8Array]

interface Relay {
  port: number
  /** What was said on the connection that came last, in order. */
  turns: Turn[]
}

/** Passes the connections on to a server and keeps what is said. */
async function relay(t: TestContext, to: number): Promise<Relay> {
  const passed: Relay = { port: 0, turns: [] }
  const server = createServer((client) => {
    const turns: Turn[] = []
    passed.turns = turns
    const upstream = connect(to, '127.0.0.1')
    client.on('data', (bytes) => {
      turns.push([Direction.toServer, new Uint8Array(bytes)])
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      turns.push([Direction.toClient, new Uint8Array(bytes)])
      client.write(bytes)
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on('end', () => other.end()).on('error', () => other.destroy())
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  passed.port = (server.address() as AddressInfo).port
  return passed
}

function rows({ lines }: Seen): string[] {
  const place = '< sql.column '
  return lines.filter((line) => line.startsWith(place)).map((line) => line.slice(place.length))
}

interface Seen {
  lines: string[]
  details: PostgresDetails
}

/** Runs turns through a parser; `lost` names a turn that it does not get. */
function read(turns: Turn[], piece = Number.POSITIVE_INFINITY, lost = -1): Seen {
  const sink = new RecordingSink()
  const [, first] = turns[0]
  assert.equal(postgresqlProtocol.probe(Direction.toServer, first, 0, first.length, 5432), Verdict.yes)
  const parser = postgresqlProtocol.create(sink, 'tcp')
  for (const [i, [direction, bytes]] of turns.entries())
    if (i === lost) assert.equal(parser.gap(direction, bytes.length), true)
    else
      for (let at = 0; at < bytes.length; at += piece)
        parser.data(direction, bytes, at, Math.min(bytes.length, at + piece), 0)
  parser.end(0)
  parser.end(1)
  const details: FlowDetails = {}
  parser.describe(details)
  assert.ok(details.postgresql)
  return { lines: sink.lines(), details: details.postgresql }
}

/** Runs queries through the relay and returns what the parser saw of them. */
async function seen(
  t: TestContext,
  { port, user }: PostgresqlServer,
  use: (client: pg.Client) => Promise<void>,
): Promise<{ seen: Seen; turns: Turn[] }> {
  const passed = await relay(t, port)
  const database = 'postgres'
  const client = new pg.Client({
    host: '127.0.0.1',
    port: passed.port,
    user,
    database,
    application_name: 'clinic',
  })
  await client.connect()
  await use(client)
  await client.end()
  const told = read(passed.turns)
  assert.deepEqual(anomalies(told), [])
  return { seen: told, turns: passed.turns }
}

function anomalies({ lines }: Seen): string[] {
  return lines.filter((line) => line.startsWith('!'))
}

/** Runs a program of PostgreSQL's own on a connection through the relay; returns what was said. */
async function runProgram(
  t: TestContext,
  { port, user }: PostgresqlServer,
  program: string,
  { args, input }: { args: string[]; input: string },
): Promise<Turn[]> {
  const passed = await relay(t, port)
  const connection = ['-h', '127.0.0.1', '-p', String(passed.port), '-U', user]
  const child = spawn(program, [...connection, ...args, 'postgres'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  const said = text(child.stderr)
  child.stdin.end(input)
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, await said)
  return passed.turns
}

test(
  'a real server and a real client are followed, whatever the form of the query',
  { skip, timeout: 60_000 },
  async (t) => {
    const server = await startPostgresql(t)

    await t.test('simple queries: their text, and rows by column', async (s) => {
      const { seen: told, turns } = await seen(s, server, async (client) => {
        await client.query('CREATE TABLE patient (id int, name text, iban text, born date)')
        await client.query(
          "INSERT INTO patient VALUES (1, 'Jane Roe', 'DE89370400440532013000', '1980-02-29'), (2, 'Ann', NULL, NULL)",
        )
        await client.query('SELECT name, iban, born FROM patient ORDER BY id')
      })
      assert.ok(
        told.lines.includes(
          "> sql.text sql=INSERT INTO patient VALUES (1, 'Jane Roe', 'DE89370400440532013000', '1980-02-29'), (2, 'Ann', NULL, NULL)",
        ),
        told.lines.join('\n'),
      )
      assert.deepEqual(
        told.lines.filter((line) => line.startsWith('< sql.column')),
        ['name=Jane Roe', 'iban=DE89370400440532013000', 'born=1980-02-29', 'name=Ann'].map(
          (column) => `< sql.column ${column}`,
        ),
      )
      const { serverVersion, ...details } = told.details
      assert.deepEqual(details, {
        user: server.user,
        database: 'postgres',
        applicationName: 'clinic',
        statements: 3,
        rows: 2,
        errors: 0,
      })
      assert.match(serverVersion ?? '', /^\d+\.\d+/)
      for (const piece of [1, 3, 17]) assert.deepEqual(read(turns, piece), told, `pieces of ${piece}`)
    })

    await t.test('extended queries: parameters by the column that they go to', async (s) => {
      const { seen: told, turns } = await seen(s, server, async (client) => {
        await client.query('INSERT INTO patient (id, name, iban) VALUES ($1, $2, $3)', [
          3,
          'Max',
          'GB82WEST12345698765432',
        ])
        await client.query({
          name: 'by-iban',
          text: 'SELECT name FROM patient WHERE iban = $1',
          values: ['GB82WEST12345698765432'],
        })
        await client.query({
          name: 'by-iban',
          text: 'SELECT name FROM patient WHERE iban = $1',
          values: ['none'],
        })
      })
      const parameters = told.lines.filter((line) => line.startsWith('> sql.parameter'))
      assert.deepEqual(
        parameters.map((line) => line.slice(line.indexOf('=') + 1)),
        ['3', 'Max', 'GB82WEST12345698765432', 'GB82WEST12345698765432', 'none'],
      )
      assert.match(parameters[2], /iban/)
      assert.ok(told.lines.includes('< sql.column name=Max'))
      for (const piece of [1, 5]) assert.deepEqual(read(turns, piece), told, `pieces of ${piece}`)
    })

    await t.test('values in binary form', async (s) => {
      const { seen: told } = await seen(s, server, async (client) => {
        const result = await client.query({
          text: 'SELECT id, name FROM patient WHERE id = $1',
          values: [3],
          binary: true,
        } as pg.QueryConfig)
        assert.equal(result.rows.length, 1)
      })
      assert.ok(told.lines.includes('< sql.column name=Max'), told.lines.join('\n'))
    })

    await t.test('COPY out of the server', async (s) => {
      const { seen: told } = await seen(s, server, async (client) => {
        await client
          .query('COPY (SELECT name, iban FROM patient WHERE id = 1) TO STDOUT')
          .catch(() => undefined)
      })
      assert.ok(
        told.lines.some((line) => line.startsWith('< ') && line.includes('Jane Roe\tDE89370400440532013000')),
        told.lines.join('\n'),
      )
      assert.equal(told.details.copies, 1)
    })

    await t.test('errors, which quote what was sent', async (s) => {
      const { seen: told } = await seen(s, server, async (client) => {
        await assert.rejects(client.query("SELECT 'DE89370400440532013000'::int"))
      })
      assert.equal(told.details.errors, 1)
      assert.ok(
        told.lines.includes(
          '< sql.error message=invalid input syntax for type integer: "DE89370400440532013000"',
        ),
        told.lines.join('\n'),
      )
    })

    await t.test('COPY in every form, as psql makes it', async (s) => {
      const input = [
        'CREATE TABLE person (name text, iban text);',
        'COPY person (name, iban) FROM STDIN;',
        'Ann\\tRoe\tDE89370400440532013000',
        '\\.',
        "COPY person (name, iban) FROM STDIN WITH (FORMAT csv, DELIMITER ';');",
        '"Max; ""M""";GB82WEST12345698765432',
        '\\.',
        'COPY person TO STDOUT CSV HEADER;',
        'COPY person (iban, name) TO STDOUT;',
        'COPY person (iban, name) TO STDOUT (FORMAT binary);',
      ].join('\n')
      const turns = await runProgram(s, server, 'psql', { args: ['-q', '-X'], input })
      const told = read(turns)
      assert.deepEqual(anomalies(told), [])
      assert.deepEqual(
        // This psql may send the mark that ends the data, a later one does not.
        told.lines
          .filter((line) => line.includes('sql.column'))
          .map((line) => line.replace(/\n\\?\.\n$/, '\n')),
        [
          '> sql.column tsv=Ann Roe\tDE89370400440532013000\n',
          '> sql.column csv="Max; ""M""";GB82WEST12345698765432\n',
          '< sql.column csv=name,iban\nAnn\tRoe,DE89370400440532013000\n"Max; ""M""",GB82WEST12345698765432\n',
          '< sql.column tsv=DE89370400440532013000\tAnn Roe\nGB82WEST12345698765432\tMax; "M"\n',
          '< sql.column iban=DE89370400440532013000',
          '< sql.column name=Ann\tRoe',
          '< sql.column iban=GB82WEST12345698765432',
          '< sql.column name=Max; "M"',
        ],
      )
      for (const piece of [1, 2, 7]) assert.deepEqual(read(turns, piece), told, `pieces of ${piece}`)
    })

    await t.test('queries that do not wait for each other, and holes among them', async (s) => {
      const columns = ['alpha', 'beta', 'gamma', 'delta']
      const script = [
        '\\startpipeline',
        ...columns.map((column) => `SELECT '${column}' AS ${column};`),
        '\\endpipeline',
        ...columns.map((column) => `SELECT '${column}' AS ${column};`),
      ].join('\n')
      const file = join(mkdtempSync(join(tmpdir(), 'pavise-pgbench-')), 'script')
      s.after(() => rmSync(dirname(file), { recursive: true }))
      writeFileSync(file, script)
      for (const mode of ['simple', 'extended', 'prepared']) {
        const own = mode === 'simple' ? script.replaceAll(/\\\w+\n/g, '') : script
        writeFileSync(file, own)
        const args = ['-n', '-t', '5', '-M', mode, '-f', file]
        const turns = await runProgram(s, server, 'pgbench', { args, input: '' })
        const told = read(turns)
        assert.deepEqual(anomalies(told), [])
        assert.deepEqual(
          rows(told),
          Array.from({ length: 10 }, () => columns.map((column) => `${column}=${column}`)).flat(),
          mode,
        )
        assert.deepEqual(read(turns, 1), told)
        for (let lost = 2; lost < turns.length - 1; lost++) {
          const behind = rows(read(turns, 11, lost))
          assert.deepEqual(
            behind.filter((row) => !/^(?:(\w+)=\1|=\w+)$/.test(row)),
            [],
            `${mode}, without turn ${lost}`,
          )
          if (lost < turns.length - 8)
            assert.equal(behind.at(-1), 'delta=delta', `${mode}, without turn ${lost}`)
        }
      }
    })
  },
)

test(
  'a client that asks for encryption where there is none goes on in the clear',
  { skip, timeout: 60_000 },
  async (t) => {
    const { port, user } = await startPostgresql(t)
    const passed = await relay(t, port)
    const socket = connect(passed.port, '127.0.0.1')
    socket.write(Buffer.from('0000000804d2162f', 'hex'))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.equal(answer.toString(), 'N')
    const parameters = Buffer.from(`user\0${user}\0database\0postgres\0\0`)
    const head = Buffer.alloc(8)
    head.writeInt32BE(8 + parameters.length)
    head.writeInt32BE(196_608, 4)
    socket.write(Buffer.concat([head, parameters]))
    await once(socket, 'data')
    socket.destroy()
    assert.equal(read(passed.turns).details.user, user)
  },
)
