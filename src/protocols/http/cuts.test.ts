import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import test from 'node:test'
import zlib from 'node:zlib'
import * as fc from 'fast-check'
import { RecordingSink } from '../../../test/support/recording-sink.ts'
import { decoderMemoryBytes } from '../decompress/stream-decoder.ts'
import { collectedMemoryBytes } from './collected-bytes.ts'
import type { Turn } from './fixtures.ts'
import { directionOf, give, head } from './fixtures.ts'
import { httpProtocol } from './index.ts'

const HOST = 'Host: a.example'
const GET = head('GET /path?query=1 HTTP/1.1', HOST)
const JSON_BODY = '{"iban":"DE89370400440532013000","name":"Ann"}'
const TEXT = JSON_BODY.repeat(40)

function encoded(coding: string, body: Uint8Array): string {
  return (
    head(
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      `Content-Encoding: ${coding}`,
      `Content-Length: ${body.length}`,
    ) + Buffer.from(body).toString('latin1')
  )
}

/** Conversations that together reach every state of the parser. */
const SEEDS: Turn[][] = [
  [
    [
      '>',
      GET +
        head(
          'POST / HTTP/1.1',
          HOST,
          'Content-Type: application/json',
          `Content-Length: ${JSON_BODY.length}`,
        ) +
        JSON_BODY,
    ],
    [
      '<',
      head('HTTP/1.1 200 OK', 'Server: s', 'Transfer-Encoding: chunked') +
        '5;x=y\r\nhello\r\n1 \r\n \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n',
    ],
    ['<', head('HTTP/1.1 304 Not Modified', 'Content-Length: 7')],
  ],
  [
    [
      '>',
      head('HEAD / HTTP/1.1', HOST) +
        head('PUT /f HTTP/1.1', HOST, 'Expect: 100-continue', 'Content-Length: 3') +
        'abc',
    ],
    [
      '<',
      head('HTTP/1.1 200 OK', 'Content-Length: 9') +
        head('HTTP/1.1 100 Continue') +
        head('HTTP/1.1 204 No Content'),
    ],
    ['>', head('GET / HTTP/1.0')],
    ['<', head('HTTP/1.0 200 OK') + '<html>until the end'],
  ],
  [
    [
      '>',
      head(
        'POST /up HTTP/1.1',
        HOST,
        'Content-Type: multipart/form-data;',
        ' boundary=xx',
        'Transfer-Encoding: chunked',
      ) + '2\r\n--\r\n4\r\nxx--\r\n0\r\n\r\n',
    ],
    ['>', head('POST /form HTTP/1.1', HOST, 'Content-Length: 8') + 'key=%41bBREW / HTTP/1.1\nX : 1\n\n'],
    [
      '<',
      encoded('gzip', zlib.gzipSync(TEXT)) +
        encoded('deflate', zlib.deflateRawSync(TEXT)) +
        encoded('br', zlib.brotliCompressSync(TEXT)),
    ],
    [
      '<',
      encoded('gzip, zstd', zlib.zstdCompressSync(zlib.gzipSync(TEXT))) +
        encoded('gzip', Buffer.from('plain text')),
    ],
  ],
  [
    ['>', head('GET /chat HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket') + GET],
    ['<', head('HTTP/1.1 426 Upgrade Required', 'Content-Length: 0')],
    ['>', head('GET /chat HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket')],
    [
      '<',
      head('HTTP/1.1 200 OK', 'Content-Length: 2') +
        'ok' +
        head('HTTP/1.1 101 Switching Protocols') +
        '\x81\x00',
    ],
  ],
  [
    ['>', head('CONNECT a:443 HTTP/1.1', 'Host: a:443') + '\x16\x03\x01hello'],
    ['<', head('HTTP/1.1 200 OK') + '\x16\x03'],
  ],
  [['>', `${GET}PRI * HTTP/\n${GET}`]],
  [
    ['>', 'GET /old\r\n'],
    ['<', 'no status line, until the end'],
  ],
  [
    ['>', GET + 'junk \r\n\nGET \nHTTP/1.1 200\nPOST\n' + GET + 'PRI * HTTP/2.0\r\n\r\n'],
    [
      '<',
      'HTTP/ nonsense\nHTTP/1.1 20\n' +
        head('HTTP/1.1 200 OK', 'Content-Length: 1, 1', 'Content-Length: 2') +
        'x',
    ],
  ],
  [
    [
      '<',
      head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked') +
        '3\r\nabcd\r\n0\r\n\r\n' +
        head('HTTP/1.1 200 OK', 'Content-Length: 1') +
        'x',
    ],
  ],
]

interface Outcome {
  events: unknown[]
  details: object
  /** What each direction hands over to another protocol: what was taken early, and the rest of the turn. */
  handedOver: [string, string]
}

function run(turns: readonly Turn[], cuts: readonly (readonly number[])[]): Outcome {
  const sink = new RecordingSink()
  const parser = httpProtocol.create(sink, 'tcp')
  const handedOver: [string, string] = ['', '']
  for (const [index, turn] of turns.entries()) {
    const stopped = give(parser, turn, cuts[index])
    if (!parser.handover) continue
    for (const direction of [0, 1] as const) {
      handedOver[direction] = Buffer.from(parser.early?.(direction) ?? []).toString('latin1')
    }
    if (typeof turn[1] === 'string') handedOver[directionOf(turn[0])] += turn[1].slice(stopped)
    break
  }
  parser.end(0)
  parser.end(1)
  const details = {}
  parser.describe(details)
  return { events: sink.events, details, handedOver }
}

test('every single cut gives what no cut gives', () => {
  for (const turns of SEEDS) {
    const whole = run(turns, [])
    for (const [index, [, what]] of turns.entries()) {
      const length = typeof what === 'number' ? 0 : what.length
      for (let cut = 1; cut < length; cut++) {
        const cuts = turns.map((_, i) => (i === index ? [cut] : []))
        assert.deepEqual(run(turns, cuts), whole, `turn ${index} cut at ${cut}`)
      }
    }
  }
})

test('single bytes give what no cut gives', () => {
  for (const turns of SEEDS) {
    const cuts = turns.map(([, what]) =>
      Array.from({ length: typeof what === 'number' ? 0 : what.length }, (_, i) => i),
    )
    assert.deepEqual(run(turns, cuts), run(turns, []))
  }
})

const change = fc.record({
  turn: fc.nat(3),
  at: fc.nat(1200),
  remove: fc.nat(6),
  insert: fc.oneof(
    fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      ' ',
      '\t',
      ':',
      ',',
      ';',
      '0',
      '-1',
      '\0',
      'GET / HTTP/1.1\r\n',
      'HTTP/1.1 200 OK\r\n',
    ),
    fc.constantFrom(
      'Content-Length: 3\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Upgrade: h2c\r\n',
      'PRI * HTTP/2.0',
    ),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
})

function mutate(
  turns: readonly Turn[],
  changes: readonly { turn: number; at: number; remove: number; insert: string }[],
): Turn[] {
  const changed = turns.map((turn): Turn => [...turn])
  for (const { turn, at, remove, insert } of changes) {
    const [, what] = changed[turn % changed.length]
    if (typeof what !== 'string') continue
    const from = at % (what.length + 1)
    changed[turn % changed.length][1] = what.slice(0, from) + insert + what.slice(from + remove)
  }
  return changed
}

test('damaged traffic: no error, nothing kept, and cuts make no difference', () => {
  const cuts = fc.array(fc.array(fc.nat(1200), { maxLength: 5 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(
      fc.constantFrom(...SEEDS),
      fc.array(change, { maxLength: 4 }),
      cuts,
      (seed, changes, places) => {
        const turns = mutate(seed, changes)
        const sorted = places.map((list) => list.toSorted((a, b) => a - b))
        const whole = run(turns, [])
        const cut = run(turns, sorted)
        assert.equal(collectedMemoryBytes(), 0)
        assert.equal(decoderMemoryBytes(), 0)
        // How much of corrupt compressed data was readable depends on the pieces in which it came.
        if (JSON.stringify(whole.details).includes('http-encoding-corrupt')) return
        assert.deepEqual(cut, whole)
      },
    ),
    { numRuns: fuzzRuns },
  )
})

test('losses anywhere: no error, nothing kept, and every body that is told complete is one that was sent', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SEEDS),
      fc.nat(3),
      fc.nat(2000),
      fc.nat(2000),
      (seed, turn, at, length) => {
        const index = turn % seed.length
        const [side, what] = seed[index]
        if (typeof what !== 'string') return
        const from = at % (what.length + 1)
        const lost = Math.min(length, what.length - from)
        const turns: Turn[] = seed.slice(0, index)
        turns.push(
          [side, what.slice(0, from)],
          [side, lost],
          [side, what.slice(from + lost)],
          ...seed.slice(index + 1),
        )
        run(turns, [])
        assert.equal(collectedMemoryBytes(), 0)
        assert.equal(decoderMemoryBytes(), 0)
      },
    ),
    { numRuns: fuzzRuns },
  )
})
