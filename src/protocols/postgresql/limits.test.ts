import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import { collectedMemoryBytes } from './collected-bytes.ts'
import {
  client,
  columns,
  describe as describes,
  login,
  parameterTypes,
  parse,
  parsed,
  query,
  ready,
  run,
  server,
  sslRequest,
  startup,
  sync,
  type Turn,
} from './fixtures.ts'
import { limits } from './limits.ts'
import { PostgresParser } from './parser.ts'
import { rememberedNamesInAll } from './statements.ts'

/** A connection that has said some turns and is still open. */
function open(...turns: Turn[]): { parser: PostgresParser; sink: RecordingSink } {
  const sink = new RecordingSink()
  const parser = new PostgresParser(sink)
  for (const [direction, bytes] of turns)
    if (!('lost' in bytes)) parser.data(direction, bytes, 0, bytes.length)
  return { parser, sink }
}

function close({ parser, sink }: ReturnType<typeof open>): string[] {
  parser.end(0)
  parser.end(1)
  return sink.lines()
}

describe('memory of all connections together', () => {
  const text = 'x'.repeat(200_000)
  const long = client(query(text).subarray(0, -10))

  /** As many connections, each with a part of a long message, as find room. */
  function filled(): ReturnType<typeof open>[] {
    const connections = []
    for (let held = -1; held < collectedMemoryBytes();) {
      held = collectedMemoryBytes()
      connections.push(open(long))
    }
    return connections
  }

  const halves: [name: string, turn: Buffer, rest: Buffer, inspected: string][] = [
    ['messages', query(text), Buffer.alloc(0), `> sql.text sql=${text}\0`],
    ['start-up packets', startup('user', 'u'.repeat(9000)), query('ABC'), 'ABC'],
    [
      'what follows a request for encryption',
      Buffer.concat([sslRequest, Buffer.alloc(16_000, 0x16)]),
      Buffer.alloc(0),
      '',
    ],
  ]
  for (const [name, bytes, rest, inspected] of halves) {
    it(`is bounded for ${name}: beyond, they are inspected as they stream by`, () => {
      const [half, other] = [bytes.subarray(0, -10), Buffer.concat([bytes.subarray(-10), rest])]
      const connections = filled()
      const last = open(client(half))
      const most = collectedMemoryBytes()
      last.parser.data(0, other, 0, other.length)
      const lines = close(last)
      for (const connection of connections) close(connection)
      assert.ok(most <= limits.collectedBytes)
      assert.equal(collectedMemoryBytes(), 0)
      assert.match(lines[0], /postgresql-(?:message-memory|early-data)/)
      assert.ok(lines.some((line) => line.includes(inspected)))
    })
  }

  it('is bounded for what is searched for a message', () => {
    const connections = filled()
    const junk = Buffer.from(`Q\0\0\x1f\x40${'x'.repeat(7000)}`)
    const last = open(...login)
    last.parser.gap(0, 10)
    last.parser.data(0, junk, 0, junk.length)
    const most = collectedMemoryBytes()
    const lines = close(last)
    for (const connection of connections) close(connection)
    assert.ok(most <= limits.collectedBytes)
    assert.equal(collectedMemoryBytes(), 0)
    assert.deepEqual(lines, [
      '! postgresql-gap',
      '! postgresql-message-memory',
      `> payload text=${junk.toString()}`,
    ])
  })

  it('is bounded for the names of statements', () => {
    const names = Array.from({ length: limits.columns }, (_, i) => `c${i}`)
    const described = [parsed, parameterTypes(), columns(...names)]
    const perConnection = 256
    const asked = Array.from({ length: perConnection }, (_, i) => [
      parse(`s${i}`, 'S'),
      describes('S', `s${i}`),
    ]).flat()
    const told = Array.from({ length: perConnection }, () => described).flat()
    const connections = []
    for (let held = 0; held <= limits.rememberedNames; held += perConnection * names.length)
      connections.push(open(...login, client(...asked, sync), server(...told, ready)))
    assert.ok(rememberedNamesInAll() <= limits.rememberedNames)
    assert.ok(close(connections[connections.length - 1]).includes('! postgresql-statement-memory'))
    for (const connection of connections) close(connection)
    assert.equal(rememberedNamesInAll(), 0)
  })
})

describe('memory of one connection', () => {
  it('forgets the statement that is known for longest', () => {
    const asked = Array.from({ length: limits.statements + 10 }, (_, i) => parse(`s${i}`, 'S'))
    const connection = open(...login, client(...asked, sync))
    assert.equal(rememberedNamesInAll(), limits.statements)
    close(connection)
    assert.equal(rememberedNamesInAll(), 0)
  })

  it('does not grow with the length that a message announces', () => {
    const announced = query('x'.repeat(limits.messageBytes - 10)).subarray(0, 100)
    const connection = open(...login, client(announced))
    assert.ok(collectedMemoryBytes() <= 4096)
    close(connection)
  })

  it('looks at a search in linear time', () => {
    // Every byte could begin a message, whose next header is nearly plausible.
    const junk = Buffer.from('D\0\0\0'.repeat(250_000))
    const started = process.hrtime.bigint()
    const { lines } = run([...login, client(junk)], 1460)
    assert.ok(process.hrtime.bigint() - started < 5_000_000_000n)
    assert.equal(lines.length, 2)
  })
})
