import assert from 'node:assert/strict'
import test from 'node:test'
import type { FlowDetails } from '../../model/records.ts'
import { collectedMemoryBytes } from './collected-bytes.ts'
import type { Conversation, Turn } from './fixtures.ts'
import { converse, give, head } from './fixtures.ts'
import { limits } from './limits.ts'

const GET = head('GET / HTTP/1.1', 'Host: a')

function texts(conversation: Conversation, place: string): string[] {
  return conversation.sink.events.filter((event) => event.place === place).map((event) => event.text)
}

test('padding does not hide what comes behind it', () => {
  const fields = Array.from({ length: 20 }, (_, i) => `X-Pad-${i}: ${'p'.repeat(9000)}`)
  const conversation = converse([
    ['>', head('POST /p HTTP/1.1', 'Host: a', ...fields, 'Content-Length: 2') + 'hi' + GET],
  ])
  assert.deepEqual(conversation.details.anomalies, ['http-head-too-large'])
  assert.equal(conversation.details.requests, 2)
  assert.equal(
    texts(conversation, 'http.header').slice(0, -1).join(''),
    `Host: a\r\n${fields.join('\r\n')}\r\nContent-Length: 2\r\n`,
  )
  assert.deepEqual(texts(conversation, 'http.body'), ['hi'])
})

test('a field longer than the limit is inspected in parts, and the head goes on behind it', () => {
  const value = 'v'.repeat(3 * limits.headBytes + 17)
  const conversation = converse([
    ['>', head('POST /p HTTP/1.1', `X: ${value}`, 'Host: a', 'Content-Length: 2') + 'hi'],
  ])
  assert.equal(texts(conversation, 'http.header').join(''), `X: ${value}\r\nHost: a\r\nContent-Length: 2\r\n`)
  assert.deepEqual(texts(conversation, 'http.body'), ['hi'])
  assert.equal(conversation.details.host, 'a')
})

test('trailers longer than the limit are inspected in parts', () => {
  const trailers = Array.from({ length: 10 }, (_, i) => `X-${i}: ${'t'.repeat(9000)}`)
  const body = `1\r\nx\r\n0\r\n${trailers.join('\r\n')}\r\n\r\n`
  const conversation = converse([
    ['>', head('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked') + body + GET],
  ])
  assert.equal(texts(conversation, 'http.header').slice(1, -1).join(''), `${trailers.join('\r\n')}\r\n`)
  assert.equal(conversation.details.requests, 2)
})

test('a start line longer than the limit is inspected as payload, and the next message is found', () => {
  const line = `GET /${'x'.repeat(limits.headBytes)} HTTP/1.1`
  const conversation = converse([['>', head(line, 'Host: a') + GET]])
  assert.equal(texts(conversation, 'payload').join(''), head(line, 'Host: a'))
  assert.equal(conversation.details.requests, 1)
})

test('incomplete heads have a memory limit for all connections together, and give the memory back', () => {
  const open: Conversation[] = []
  const part: Turn = ['>', `GET / HTTP/1.1\r\nX: ${'x'.repeat(limits.headBytes - 100)}`]
  while (!open.at(-1)?.lines.includes('! http-head-memory')) {
    const conversation = converse([part], false)
    conversation.lines = conversation.sink.lines()
    open.push(conversation)
    assert.ok(open.length < 200_000)
    assert.ok(collectedMemoryBytes() <= limits.collectedBytes)
  }
  for (const { parser } of open) parser.end(0)
  assert.equal(collectedMemoryBytes(), 0)
})

test('what is held of a connection is given back however it ends', () => {
  const turns: Turn[][] = [
    [['>', 'GET / HTTP/1.1\r\nHo']],
    [['>', 'GE']],
    [
      ['>', 'GET /'],
      ['>', 5],
    ],
    [['>', head('CONNECT a:1 HTTP/1.1', 'Host: a:1') + 'early']],
    [
      ['>', head('CONNECT a:1 HTTP/1.1', 'Host: a:1') + 'early'],
      ['<', head('HTTP/1.1 200 OK')],
    ],
    [['<', `${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}0\r\nX: `]],
  ]
  for (const conversation of turns) {
    converse(conversation)
    assert.equal(collectedMemoryBytes(), 0, JSON.stringify(conversation))
  }
})

test('a connection without an end keeps no more and no more', () => {
  const { parser } = converse([], false)
  const turn: Turn = ['>', GET + GET]
  for (let i = 0; i < 3000; i++) give(parser, turn)
  assert.equal(collectedMemoryBytes(), 0)
  const described: FlowDetails = {}
  parser.describe(described)
  assert.deepEqual(described.http?.anomalies, ['http-pipeline-depth'])
})
