import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
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

/** Passes the connections on to a server and keeps what is said, in order. */
async function relay(t: TestContext, to: number): Promise<{ port: number; turns: Turn[] }> {
  const turns: Turn[] = []
  const server = createServer((client) => {
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
  return { port: (server.address() as AddressInfo).port, turns }
}

interface Seen {
  lines: string[]
  details: PostgresDetails
}

function read(turns: Turn[], piece = Number.POSITIVE_INFINITY): Seen {
  const sink = new RecordingSink()
  const [, first] = turns[0]
  assert.equal(postgresqlProtocol.probe(Direction.toServer, first, 0, first.length, 5432), Verdict.yes)
  const parser = postgresqlProtocol.create(sink, 'tcp')
  for (const [direction, bytes] of turns)
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
  return { seen: read(passed.turns), turns: passed.turns }
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
        told.lines.some((line) => line.startsWith('< sql.error') && line.includes('DE89370400440532013000')),
      )
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
