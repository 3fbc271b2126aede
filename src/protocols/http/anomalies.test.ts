import assert from 'node:assert/strict'
import test from 'node:test'
import zlib from 'node:zlib'
import { Anomaly, HeadFlag, tellHeadFlags } from './anomalies.ts'
import type { Turn } from './fixtures.ts'
import { converse, head } from './fixtures.ts'
import { limits } from './limits.ts'

const HOST = 'Host: a'
const CHUNKED = 'Transfer-Encoding: chunked'
const GET = head('GET / HTTP/1.1', HOST)
const OK = head('HTTP/1.1 200 OK', 'Content-Length: 0')
const BOMB = zlib.gzipSync(Buffer.alloc(4_000_000)).toString('latin1')

function post(...fields: string[]): string {
  return head('POST / HTTP/1.1', HOST, ...fields)
}

function encoded(coding: string, body: string): Turn {
  return ['>', post(`Content-Encoding: ${coding}`, `Content-Length: ${body.length}`) + body]
}

/** Each code, and input that has that and nothing else wrong. */
const CASES: [codes: string[], what: string, ...turns: Turn[]][] = [
  [[], 'nothing is off', ['>', GET], ['<', OK]],
  [['http-bare-lf'], 'a bare LF', ['>', 'GET / HTTP/1.1\nHost: a\r\n\r\n']],
  [
    ['http-bare-cr'],
    'a bare CR in a field',
    ['>', head('GET / HTTP/1.1', HOST, 'X: 1\rTransfer-Encoding: chunked')],
  ],
  [['http-bare-cr'], 'a bare CR in a start line', ['<', head('HTTP/1.1 200 OK\rContent-Length: 0')]],
  [['http-obs-fold'], 'a folded field', ['>', head('GET / HTTP/1.1', HOST, 'X: 1', '\t2')]],
  [['http-control-character'], 'NUL in a field', ['>', head('GET / HTTP/1.1', HOST, 'X: \0')]],
  [
    ['http-field-without-colon'],
    'a field without a colon',
    ['>', head('GET / HTTP/1.1', HOST, 'nothing here')],
  ],
  [['http-field-name-invalid'], 'a name with a space in it', ['>', head('GET / HTTP/1.1', HOST, 'a b: c')]],
  [['http-field-name-invalid'], 'no name', ['>', head('GET / HTTP/1.1', HOST, ': c')]],
  [['http-space-before-colon'], 'space before the colon', ['>', post('Content-Length : 2') + 'hi']],
  [['http-space-after-start-line'], 'a fold of the start line', ['>', head('GET / HTTP/1.1', ' X: 1', HOST)]],
  [['http-version-invalid'], 'an unknown version', ['>', head('GET / HTTP/1.7', HOST)]],
  [
    ['http-version-invalid'],
    'a version in small letters',
    ['<', head('http/1.1 200 OK', 'Content-Length: 0')],
  ],
  [['http-start-line-spacing'], 'two spaces in a start line', ['>', head('GET  / HTTP/1.1', HOST)]],
  [
    ['http-start-line-spacing'],
    'a tab in a status line',
    ['<', head('HTTP/1.1\t200 OK', 'Content-Length: 0')],
  ],
  [['http-space-in-target'], 'a space in the target', ['>', head('GET /a b HTTP/1.1', HOST)]],
  [['http-target-character'], 'a raw octet in the target', ['>', head('GET /\xe4 HTTP/1.1', HOST)]],
  [['http-target-missing'], 'no target', ['>', head('GET HTTP/1.1', HOST)]],
  [
    ['http-encoded-line-break'],
    'an encoded line break in the target',
    ['>', head('GET /?a=%0D%0aSet-Cookie: HTTP/1.1', HOST)],
  ],
  [['http-method-unknown'], 'an unknown method', ['>', head('BREW / HTTP/1.1', HOST)]],
  [['http-status-invalid'], 'a status of four digits', ['<', head('HTTP/1.1 2000 OK', 'Content-Length: 0')]],
  [['http-length-invalid'], 'a negative length', ['>', post('Content-Length: -1')]],
  [['http-length-invalid'], 'a hexadecimal length', ['>', post('Content-Length: 0x10')]],
  [['http-length-invalid'], 'a length with a sign', ['>', post('Content-Length: +0')]],
  [
    ['http-length-invalid'],
    'a length beyond all numbers',
    ['<', head('HTTP/1.1 200 OK', 'Content-Length: 18446744073709551617')],
  ],
  [['http-length-invalid'], 'no length', ['>', post('Content-Length: ')]],
  [['http-conflicting-length'], 'two lengths', ['>', post('Content-Length: 1', 'Content-Length: 2') + 'x']],
  [['http-conflicting-length'], 'a list of two lengths', ['>', post('Content-Length: 1, 2') + 'x']],
  [
    ['http-length-repeated'],
    'the same length twice',
    ['>', post('Content-Length: 2', 'content-length: 02') + 'hi'],
  ],
  [
    ['http-length-and-transfer-encoding'],
    'length and chunks',
    ['>', post('Content-Length: 5', CHUNKED) + '0\r\n\r\n'],
  ],
  [
    ['http-transfer-encoding-invalid'],
    'an unknown transfer coding',
    ['>', post('Transfer-Encoding: xchunked')],
  ],
  [
    ['http-transfer-encoding-invalid'],
    'chunked twice',
    ['>', post('Transfer-Encoding: chunked, chunked') + '0\r\n\r\n'],
  ],
  [
    ['http-transfer-encoding-invalid', 'http-transfer-encoding-repeated'],
    'chunked hidden before another coding',
    ['>', post(CHUNKED, 'Transfer-Encoding: identity')],
  ],
  [
    ['http-transfer-encoding-old-version'],
    'chunks in HTTP/1.0',
    ['>', head('POST / HTTP/1.0', CHUNKED) + '0\r\n\r\n'],
  ],
  [['http-duplicate-field'], 'two hosts', ['>', head('GET / HTTP/1.1', HOST, 'Host: b')]],
  [['http-missing-host'], 'no host', ['>', head('GET / HTTP/1.1')]],
  [
    ['http-too-many-fields'],
    'very many fields',
    ['>', head('GET / HTTP/1.1', HOST, ...Array.from({ length: limits.fields }, (_, i) => `X-${i}: `))],
  ],
  [['http-method-override'], 'a method override', ['>', post('X-HTTP-Method-Override: DELETE')]],
  [
    ['http-start-line-in-fields'],
    'a status line among fields',
    ['<', head('HTTP/1.1 200 OK', 'Content-Length: 0', 'HTTP/1.1 200 OK')],
  ],
  [
    ['http-head-too-large'],
    'a head beyond the limit',
    ['>', head('GET / HTTP/1.1', HOST, `X: ${'x'.repeat(limits.headBytes)}`)],
  ],
  [['http-head-incomplete'], 'a head that never ends', ['>', 'GET / HTTP/1.1\r\nHo']],
  [['http-unexpected-data'], 'data that is no message', ['>', `${GET}\x16\x03\x01`]],
  [['http-version-0-9'], 'HTTP/0.9', ['>', 'GET /\r\n']],
  [
    ['http-data-after-close'],
    'a request after close',
    ['>', head('GET / HTTP/1.1', HOST, 'Connection: x, Close') + GET],
  ],
  [['http-data-after-close'], 'a request after HTTP/1.0', ['>', head('GET / HTTP/1.0') + GET]],
  [
    [],
    'a request after HTTP/1.0 with keep-alive',
    ['>', head('GET / HTTP/1.0', 'Connection: keep-alive') + GET],
  ],
  [['http-pipeline-depth'], 'very many requests without an answer', ['>', GET.repeat(limits.pipelined + 2)]],
  [['http-response-without-request'], 'more responses than requests', ['>', GET], ['<', OK + OK]],
  [
    [],
    'a server that times the connection out',
    ['>', GET],
    ['<', OK + head('HTTP/1.1 408 Request Timeout', 'Content-Length: 0')],
  ],
  [
    [],
    'an answer before the request is whole',
    ['>', GET],
    ['<', OK],
    ['>', 'GET / HTT'],
    ['<', OK],
    ['>', 'P/1.1\r\nHost: a\r\n\r\n'],
  ],
  [
    ['http-upgrade-unasked'],
    'an upgrade that nobody asked for',
    ['>', GET],
    ['<', head('HTTP/1.1 101 Switching Protocols')],
  ],
  [['http-body-not-allowed'], '204 with a body', ['<', head('HTTP/1.1 204 No Content', 'Content-Length: 5')]],
  [['http-body-gap'], 'lost bytes of a body', ['<', head('HTTP/1.1 200 OK', 'Content-Length: 5')], ['<', 5]],
  [['http-chunk-size-invalid'], 'a chunk without a size', ['>', `${post(CHUNKED)}\r\n`]],
  [['http-chunk-size-invalid'], 'a negative chunk size', ['>', `${post(CHUNKED)}-1\r\n`]],
  [['http-chunk-size-invalid'], 'a chunk size with a prefix', ['>', `${post(CHUNKED)}0x5\r\n`]],
  [
    ['http-chunk-size-invalid'],
    'a chunk size beyond all numbers',
    ['>', `${post(CHUNKED)}ffffffffffffffffff\r\n`],
  ],
  [['http-chunk-extension'], 'a chunk extension', ['>', `${post(CHUNKED)}1;a=b\r\nx\r\n0\r\n\r\n`]],
  [
    ['http-chunk-extension', 'http-chunk-extension-too-large'],
    'a very long chunk extension',
    ['>', `${post(CHUNKED)}0;${'a'.repeat(limits.chunkExtensionBytes)}\r\n\r\n`],
  ],
  [['http-bare-lf'], 'LF after a chunk size', ['>', `${post(CHUNKED)}1\nx\r\n0\r\n\r\n`]],
  [
    ['http-chunk-unterminated'],
    'more data than the chunk size',
    ['>', `${post(CHUNKED)}1\r\nxx\r\n0\r\n\r\n`],
  ],
  [
    ['http-forbidden-trailer'],
    'a length in trailers',
    ['>', `${post(CHUNKED)}0\r\nContent-Length: 5\r\n\r\n`],
  ],
  [
    ['http-multipart-boundary'],
    'multipart without a boundary',
    ['>', post('Content-Type: multipart/form-data', 'Content-Length: 1') + 'x'],
  ],
  [
    ['http-multipart-boundary'],
    'multipart with two boundaries',
    ['>', post('Content-Type: multipart/form-data; boundary=a; boundary=b', 'Content-Length: 1') + 'x'],
  ],
  [
    ['http-charset-unusual'],
    'text in UTF-7',
    ['>', post('Content-Type: text/html; charset="UTF-7"', 'Content-Length: 1') + 'x'],
  ],
  [['http-encoding-layers'], 'three encodings', encoded('gzip, br, gzip', 'x')],
  [['http-encoding-unsupported'], 'an encoding of nobody', encoded('sdch', 'x')],
  [['http-encoding-mismatch'], 'plain text that is declared compressed', encoded('gzip', 'plain')],
  [['http-encoding-corrupt'], 'corrupt compressed data', encoded('gzip', '\x1f\x8b\x08\xff\xff')],
  [
    ['http-encoding-trailing'],
    'text behind compressed data',
    encoded('gzip', `${zlib.gzipSync('a').toString('latin1')}b`),
  ],
  [['http-encoding-ratio'], 'a compression bomb', encoded('gzip', BOMB)],
]

for (const [codes, what, ...turns] of CASES) {
  test(`${codes.join(', ') || 'no anomaly'}: ${what}`, () => {
    const { sink, details } = converse(turns)
    const told = sink.events.filter((event) => event.kind === 'anomaly').map((event) => event.name)
    assert.deepEqual([...new Set(told)].toSorted(), codes.toSorted())
    assert.deepEqual((details.anomalies ?? []).toSorted(), codes.toSorted())
  })
}

test('every code has a case, or cannot be had from outside', () => {
  const codes = new Set<string>(Object.values(Anomaly))
  tellHeadFlags(
    Object.values(HeadFlag).reduce((all, flag) => all | flag, 0),
    { anomaly: (code) => codes.add(code) },
  )
  const shown = new Set(CASES.flatMap(([told]) => told))
  const missing = [...codes].filter((code) => !shown.has(code))
  // Both need more memory than a test should take or more than one turn: see the tests of limits and of tunnels.
  assert.deepEqual(missing.toSorted(), ['http-early-data', 'http-head-memory'])
})
