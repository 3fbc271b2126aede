import assert from 'node:assert/strict'
import { test } from 'node:test'
import { client, WatchedTraffic } from '../../../test/support/watched-traffic.ts'
import { TcpFlag } from '../../packet/packet.ts'
import { pointer, message, question, resource, RESPONSE } from '../../protocols/dns/fixtures.ts'

const post = (...fields: string[]) => ['POST / HTTP/1.1', 'Host: a', ...fields, '', ''].join('\r\n')
const http =
  (request: string, response = '') =>
  (traffic: WatchedTraffic) => {
    const talk = traffic.connect({}, [40_000, 80])
    talk.ask(request)
    if (response !== '') talk.answer(response)
  }
const ok = (...fields: string[]) => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n')

const cases: [name: string, expected: string[], play: (traffic: WatchedTraffic) => void][] = [
  ['a negative length', ['HTTP.Negative.Body.Length'], http(post('Content-Length: -1'))],
  [
    'a negative length of a response',
    ['HTTP.Negative.Body.Length'],
    http(post('Content-Length: 0'), ok('Content-Length: -5')),
  ],
  ['a negative chunk', ['HTTP.Negative.Body.Length'], http(`${post('Transfer-Encoding: chunked')}-1\r\n`)],
  ['a length with a plus', [], http(post('Content-Length: +0'))],
  ['two lengths', ['HTTP.Request.Smuggling'], http(`${post('Content-Length: 1', 'Content-Length: 3')}abc`)],
  ['the same length twice', [], http(`${post('Content-Length: 1', 'Content-Length: 1')}a`)],
  [
    'a length and chunks',
    ['HTTP.Request.Smuggling'],
    http(`${post('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`),
  ],
  [
    'chunks hidden behind a space',
    ['HTTP.Request.Smuggling'],
    http(`${post('Transfer-Encoding : chunked')}0\r\n\r\n`),
  ],
  ['an unknown transfer coding', ['HTTP.Request.Smuggling'], http(post('Transfer-Encoding: xchunked'))],
  [
    'a response with a length and chunks, as old servers send it',
    [],
    http(post('Content-Length: 0'), `${ok('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`),
  ],
  ['a GET with a body', [], http('GET /_search HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}')],
  [
    'bytes that wait for others, said twice and differently',
    ['TCP.Overlap.Evasion'],
    (traffic) => {
      const fields = { sourcePort: 40_000, destinationPort: 80, sequence: 1006, flags: TcpFlag.ack }
      traffic.connect({}, [40_000, 80])
      traffic.tcp({}, fields, 'good.example')
      traffic.tcp({}, fields, 'evil.example')
    },
  ],
  [
    'a keep-alive',
    [],
    (traffic) => {
      const talk = traffic.connect({}, [40_000, 80])
      talk.ask('GET /')
      traffic.tcp({}, { sourcePort: 40_000, destinationPort: 80, sequence: 1005, flags: TcpFlag.ack }, '\0')
    },
  ],
  [
    'a DNS name that leads in circles',
    ['DNS.Loop.Pointer'],
    (traffic) => {
      traffic.udp({}, [40_000, 53], message({ questions: [question('a.example', 1)] }))
      const loop = resource(pointer(12 + 15), 5, pointer(12 + 15))
      const answer = message({ flags: RESPONSE, questions: [question('a.example', 1)], answers: [loop] })
      traffic.udp({ from: '10.0.0.2', to: client }, [53, 40_000], answer)
    },
  ],
]

for (const [name, expected, play] of cases) {
  test(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
    const traffic = new WatchedTraffic()
    play(traffic)
    assert.deepEqual(traffic.names(), expected)
  })
}
