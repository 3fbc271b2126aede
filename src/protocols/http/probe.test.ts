import assert from 'node:assert/strict'
import test from 'node:test'
import type { Direction } from '../../model/direction.ts'
import { Verdict } from '../protocol.ts'
import { head } from './fixtures.ts'
import { httpProtocol } from './index.ts'

function probe(direction: Direction, text: string): Verdict {
  const bytes = Buffer.from(`junk${text}junk`, 'latin1')
  return httpProtocol.probe(direction, bytes, 4, bytes.length - 4, 80)
}

const { yes, maybe, no } = Verdict
const LONG = `/${'a'.repeat(100)}`

const REQUESTS: [text: string, verdict: Verdict][] = [
  [head('GET / HTTP/1.1', 'Host: a'), yes],
  [head('POST /a?b HTTP/1.0'), yes],
  ['\r\n\r\nGET / HTTP/1.1\r\n', yes],
  [head('PROPFIND /dav HTTP/1.1'), yes],
  [head('VERSION-CONTROL /dav HTTP/1.1'), yes],
  [head('NOTIFY /upnp HTTP/1.1'), yes],
  [head('OPTIONS * HTTP/1.1'), yes],
  [head('CONNECT a.example:443 HTTP/1.1'), yes],
  [head('GET http://a.example/ HTTP/1.1'), yes],
  [head('BREW /pot HTTP/1.1'), yes],
  [head('RPC_IN_DATA /rpc HTTP/1.1'), yes],
  ['GET /simple\r\n', yes],
  [`GET ${LONG}`, yes],
  ['GET / HTTP/1.1', maybe],
  ['GET', maybe],
  ['G', maybe],
  ['\r\n', maybe],
  ['GET ', maybe],
  [`OPTIONS ${LONG}`, maybe],
  [`BREW ${LONG}`, maybe],
  [head('HTTP/1.1 200 OK'), yes],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', no],
  [head('OPTIONS rtsp://cam/stream RTSP/1.0', 'CSeq: 1'), no],
  [head('OPTIONS * RTSP/1.0', 'CSeq: 1'), no],
  [head('DESCRIBE rtsp://cam/stream RTSP/1.0'), no],
  [head('INVITE sip:bob@b.example SIP/2.0'), no],
  [head('OPTIONS sip:bob@b.example SIP/2.0'), no],
  [head('SUBSCRIBE sip:bob@b.example SIP/2.0'), no],
  [head('REQMOD icap://i.example/ ICAP/1.0'), no],
  [head('SOURCE /mount ICE/1.0'), no],
  ['SSH-2.0-OpenSSH_9.2\r\n', no],
  ['EHLO mail.example\r\n', no],
  ['USER anonymous\r\n', no],
  ['get key\r\n', no],
  ['GET key\r\n', no],
  ['PUT local remote\r\n', no],
  ['*1\r\n$4\r\nPING\r\n', no],
  ['GIOP\x01\x00', no],
  ['GET /\x00\x01', no],
  ['\x16\x03\x01\x02\x00', no],
  ['', no],
]

const RESPONSES: [text: string, verdict: Verdict][] = [
  [head('HTTP/1.1 200 OK'), yes],
  ['HTTP/1.0 404 ', yes],
  ['HTTP/1.', maybe],
  ['H', maybe],
  ['HTTP/2.0 200 OK\r\n', no],
  [head('RTSP/1.0 200 OK'), no],
  [head('SIP/2.0 200 OK'), no],
  [head('ICAP/1.0 200 OK'), no],
  [head('ICY 200 OK'), no],
  [head('GET / HTTP/1.1'), yes],
  ['220 mail.example ESMTP\r\n', no],
]

test('requests are told from what looks like them', () => {
  for (const [text, verdict] of REQUESTS) assert.equal(probe(0, text), verdict, JSON.stringify(text))
})

test('responses are told from what looks like them', () => {
  for (const [text, verdict] of RESPONSES) assert.equal(probe(1, text), verdict, JSON.stringify(text))
})

test('what is HTTP is never refused for being short', () => {
  for (const [direction, cases] of [
    [0, REQUESTS],
    [1, RESPONSES],
  ] as const) {
    for (const [text] of cases.filter(([, verdict]) => verdict === yes)) {
      for (let length = 1; length < text.length; length++) {
        assert.notEqual(probe(direction, text.slice(0, length)), no, JSON.stringify(text.slice(0, length)))
      }
    }
  }
})

test('it is HTTP over TCP: over UDP the same words are SSDP', () => {
  assert.equal(httpProtocol.transport, 'tcp')
  assert.equal(httpProtocol.application, 'HTTP')
})
