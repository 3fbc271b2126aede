import assert from 'node:assert/strict'
import test from 'node:test'
import zlib from 'node:zlib'
import type { Turn } from './fixtures.ts'
import { converse, head } from './fixtures.ts'

const GET = head('GET / HTTP/1.1', 'Host: a')
const HEADERS = '> http.header headers=Host: a\r\n'
const OK = head('HTTP/1.1 200 OK', 'Content-Length: 2') + 'ok'
const OK_LINES = ['< http.header headers=Content-Length: 2\r\n', '< http.body text=ok']
const CHUNKED = 'Transfer-Encoding: chunked'

/** A conversation and everything that it hands on, in order. */
const CASES: [name: string, turns: Turn[], lines: string[]][] = [
  [
    'target, query, fields and body of a request are contents of their own',
    [
      [
        '>',
        head('POST /a/b?c=d&e HTTP/1.1', 'Host: a', 'Content-Type: application/json', 'Content-Length: 7') +
          '{"a":1}',
      ],
    ],
    [
      '> http.target path=/a/b',
      '> http.query form=c=d&e',
      '> http.header headers=Host: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n',
      '> http.body json={"a":1}',
    ],
  ],
  [
    'pipelined requests and their responses are told apart',
    [
      ['>', GET + GET],
      ['<', OK + OK],
    ],
    ['> http.target path=/', HEADERS, '> http.target path=/', HEADERS, ...OK_LINES, ...OK_LINES],
  ],
  [
    'chunks are put together, trailers are fields',
    [['<', head('HTTP/1.1 200 OK', CHUNKED) + '5\r\nhello\r\n6 \r\n world\r\n0\r\nX-Sum: 7\r\n\r\n']],
    [
      '< http.header headers=Transfer-Encoding: chunked\r\n',
      '< http.body text=hello world',
      '< http.header headers=X-Sum: 7\r\n',
    ],
  ],
  [
    'a response to HEAD has no body, whatever it declares',
    [
      ['>', head('HEAD / HTTP/1.1', 'Host: a')],
      ['<', head('HTTP/1.1 200 OK', 'Content-Length: 99')],
      ['>', GET],
      ['<', OK],
    ],
    [
      '> http.target path=/',
      HEADERS,
      '< http.header headers=Content-Length: 99\r\n',
      '> http.target path=/',
      HEADERS,
      ...OK_LINES,
    ],
  ],
  [
    '304 has no body, whatever it declares',
    [
      ['>', GET + GET],
      ['<', head('HTTP/1.1 304 Not Modified', 'Content-Length: 99') + OK],
    ],
    [
      '> http.target path=/',
      HEADERS,
      '> http.target path=/',
      HEADERS,
      '< http.header headers=Content-Length: 99\r\n',
      ...OK_LINES,
    ],
  ],
  [
    '1xx announces, the response follows and answers the same request',
    [
      ['>', head('HEAD / HTTP/1.1', 'Host: a')],
      ['<', head('HTTP/1.1 103 Early Hints', 'Link: <s>') + head('HTTP/1.1 200 OK', 'Content-Length: 9')],
    ],
    [
      '> http.target path=/',
      HEADERS,
      '< http.header headers=Link: <s>\r\n',
      '< http.header headers=Content-Length: 9\r\n',
    ],
  ],
  [
    'a body that waits for 100 Continue is read when it comes',
    [
      ['>', head('PUT /f HTTP/1.1', 'Host: a', 'Expect: 100-continue', 'Content-Length: 4')],
      ['<', head('HTTP/1.1 100 Continue')],
      ['>', 'body'],
      ['<', OK],
    ],
    [
      '> http.target path=/f',
      '> http.header headers=Host: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n',
      '> http.body text=body',
      ...OK_LINES,
    ],
  ],
  [
    'a response without a length ends with the connection',
    [
      ['>', GET],
      ['<', head('HTTP/1.0 200 OK') + 'to the'],
      ['<', ' end'],
    ],
    ['> http.target path=/', HEADERS, '< http.body text=to the end'],
  ],
  [
    'HTTP/0.9: a line asks, everything answers',
    [
      ['>', 'GET /page\r\n'],
      ['<', '<html>no status line</html>'],
    ],
    ['! http-version-0-9', '> http.target path=/page', '< http.body html=<html>no status line</html>'],
  ],
  [
    'absolute form, authority form and asterisk form',
    [['>', head('GET http://u@h:1/p?q=1 HTTP/1.1', 'Host: a') + head('OPTIONS * HTTP/1.1', 'Host: a')]],
    ['> http.target path=http://u@h:1/p', '> http.query form=q=1', HEADERS, HEADERS],
  ],
  [
    'a folded field counts as one',
    [
      [
        '>',
        head(
          'POST / HTTP/1.1',
          'Host: a',
          'Content-Type: multipart/form-data;',
          ' boundary=xyz',
          'Content-Length:',
          '\t5',
        ) + '--xyz',
      ],
    ],
    [
      '> http.target path=/',
      '> http.header headers=Host: a\r\nContent-Type: multipart/form-data;\r\n boundary=xyz\r\nContent-Length:\r\n\t5\r\n',
      '! http-obs-fold',
      '> http.body multipart=--xyz',
    ],
  ],
  [
    'bare line feeds end lines as CRLF does',
    [['>', 'POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhiGET / HTTP/1.1\r\nHost: a\r\n\r\n']],
    [
      '! http-bare-lf',
      '> http.target path=/',
      '> http.header headers=Host: a\nContent-Length: 2\n',
      '! http-bare-lf',
      '> http.body text=hi',
      '> http.target path=/',
      HEADERS,
    ],
  ],
  [
    'empty lines before a start line are passed over',
    [
      ['>', '\r\n\r\n' + GET],
      ['<', OK + '\r\n'],
    ],
    ['> http.target path=/', HEADERS, ...OK_LINES],
  ],
  [
    'responses without their requests are read by themselves',
    [['<', OK + head('HTTP/1.1 204 No Content') + OK]],
    [...OK_LINES, ...OK_LINES],
  ],
  [
    'what begins no message is inspected as payload until one begins',
    [['>', GET + 'nonsense \x00 line\r\nmore\r\n' + GET]],
    [
      '> http.target path=/',
      HEADERS,
      '! http-unexpected-data',
      '> payload text=nonsense \x00 line\r\nmore\r\n',
      '> http.target path=/',
      HEADERS,
    ],
  ],
  [
    'an incomplete head is inspected as it is',
    [['>', 'POST /a?mail=b HTTP/1.1\r\nHost: a\r\nX-Name: Ann']],
    [
      '> http.target path=/a',
      '> http.query form=mail=b',
      '! http-head-incomplete',
      '> payload text=Host: a\r\nX-Name: Ann',
    ],
  ],
]

for (const [name, turns, lines] of CASES) {
  test(name, () => {
    assert.deepEqual(converse(turns).lines, lines)
  })
}

test('a truncated body is not complete, one that the connection delimits is', () => {
  const truncated = converse([['<', head('HTTP/1.1 200 OK', 'Content-Length: 9') + 'half']])
  assert.equal(truncated.sink.events.at(-1)?.complete, false)
  const delimited = converse([['<', head('HTTP/1.1 200 OK') + 'all']])
  assert.equal(delimited.sink.events.at(-1)?.complete, true)
})

test('the record of a flow has counts, methods, statuses and the first names', () => {
  const { details } = converse([
    [
      '>',
      head('GET / HTTP/1.1', 'Host: first', 'User-Agent: ua/1') +
        head('PURGE / HTTP/1.1', 'Host: second') +
        head('BREW / HTTP/1.1', 'Host: a'),
    ],
    [
      '<',
      head('HTTP/1.1 200 OK', 'Server: srv/2', 'Content-Length: 0') +
        head('HTTP/1.1 404 No', 'Content-Length: 0') +
        head('HTTP/1.1 200 OK', 'Content-Length: 0'),
    ],
  ])
  assert.deepEqual(details, {
    version: '1.1',
    requests: 3,
    responses: 3,
    host: 'first',
    methods: ['GET', 'PURGE', 'BREW'],
    statuses: { 200: 2, 404: 1 },
    userAgent: 'ua/1',
    server: 'srv/2',
    anomalies: ['http-method-unknown'],
  })
})

test('the host comes from the target where that has one', () => {
  for (const [line, host] of [
    ['GET http://user:pass@host.example:8080/p HTTP/1.1', 'host.example:8080'],
    ['GET http://[1:2::3]?q HTTP/1.1', '[1:2::3]'],
    ['CONNECT host.example:443 HTTP/1.1', 'host.example:443'],
    ['GET /http://not.this/ HTTP/1.1', 'field'],
  ]) {
    assert.equal(converse([['>', head(line, 'Host: field')]]).details.host, host)
  }
})

test('a record is added to by the connection inside a tunnel', () => {
  const outer = converse(
    [
      ['>', head('CONNECT a:80 HTTP/1.1', 'Host: a:80')],
      ['<', head('HTTP/1.1 200 OK')],
    ],
    false,
  )
  const inner = converse([
    ['>', GET],
    ['<', OK],
  ])
  const details: { http?: typeof inner.details } = {}
  outer.parser.describe(details)
  inner.parser.describe(details)
  assert.deepEqual(details.http?.methods, ['CONNECT', 'GET'])
  assert.deepEqual(details.http?.statuses, { 200: 2 })
  assert.equal(details.http?.host, 'a:80')
})

test('whoever answers is the server, though the flow says otherwise', () => {
  const { lines, details } = converse([
    ['>', OK],
    ['<', GET],
    ['>', OK],
  ])
  assert.equal(details.requests, 1)
  assert.deepEqual(lines.slice(-4), [
    '< http.target path=/',
    '< http.header headers=Host: a\r\n',
    '> http.header headers=Content-Length: 2\r\n',
    '> http.body text=ok',
  ])
})

// Other protocols on the same connection.

const UPGRADE = head('GET /chat HTTP/1.1', 'Host: a', 'Upgrade: websocket', 'Connection: Upgrade')
const SWITCHING = head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket')
const CONNECT = head('CONNECT a:443 HTTP/1.1', 'Host: a:443')

const HANDOVERS: [name: string, turns: Turn[], stopped: number, early: string][] = [
  [
    '101 hands over behind its head',
    [
      ['>', UPGRADE],
      ['<', SWITCHING + '\x81\x02hi'],
    ],
    SWITCHING.length,
    '',
  ],
  [
    '2xx to CONNECT hands over behind its head',
    [
      ['>', CONNECT],
      ['<', head('HTTP/1.0 200 Connection established') + 'SSH-2.0'],
    ],
    39,
    '',
  ],
  [
    'what a client sends into its tunnel too early is kept',
    [
      ['>', CONNECT + '\x16\x03\x01'],
      ['>', 'hello'],
      ['<', head('HTTP/1.1 200 OK')],
    ],
    19,
    '\x16\x03\x01hello',
  ],
  [
    'the preface of HTTP/2 hands over before itself',
    [['>', GET + 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']],
    GET.length,
    '',
  ],
  [
    'a preface in pieces hands over with what was taken',
    [
      ['>', GET + 'PRI * HT'],
      ['>', 'TP/2.0\r\n\r\nSM\r\n\r\n'],
    ],
    6,
    'PRI * HTTP/2.0',
  ],
]

for (const [name, turns, stopped, early] of HANDOVERS) {
  test(name, () => {
    const conversation = converse(turns, false)
    assert.equal(conversation.parser.handover, true)
    assert.equal(conversation.stopped, stopped)
    assert.equal(Buffer.from(conversation.parser.early?.(0) ?? []).toString('latin1'), early)
    assert.equal(conversation.parser.data(0, Buffer.from('x'), 0, 1, 0), 0)
    assert.equal(conversation.parser.data(1, Buffer.from('x'), 0, 1, 0), 0)
  })
}

test('a tunnel or an upgrade that is refused leaves the connection to HTTP, and what waited is read', () => {
  for (const [request, status] of [
    [CONNECT, '407 Proxy Authentication Required'],
    [UPGRADE, '200 OK'],
  ]) {
    const { lines, parser, details } = converse([
      ['>', request + GET],
      ['<', head(`HTTP/1.1 ${status}`, 'Content-Length: 0') + OK],
    ])
    assert.equal(parser.handover, false)
    assert.equal(details.requests, 2)
    assert.deepEqual(lines.slice(-4).toSorted(), ['> http.target path=/', HEADERS, ...OK_LINES].toSorted())
  }
})

test('what waits for an answer does not take that of an earlier request for it', () => {
  const { parser, details } = converse(
    [
      ['>', GET + CONNECT + '\x16\x03\x01'],
      ['<', OK],
      ['>', 'hello'],
      ['<', head('HTTP/1.1 200 OK')],
    ],
    false,
  )
  assert.equal(parser.handover, true)
  assert.equal(Buffer.from(parser.early?.(0) ?? []).toString('latin1'), '\x16\x03\x01hello')
  assert.equal(details.anomalies, undefined)
})

test('more than is held before the answer goes on as what it most likely is', () => {
  const much = 'x'.repeat(70_000)
  const tunnel = converse(
    [
      ['>', CONNECT],
      ['>', much],
    ],
    false,
  )
  assert.equal(tunnel.parser.handover, true)
  assert.equal((tunnel.parser.early?.(0)?.length ?? 0) + much.length - tunnel.stopped, much.length)
  const upgrade = converse([
    ['>', UPGRADE],
    ['>', head('PUT / HTTP/1.1', 'Host: a', 'Content-Length: 70000') + much],
    ['<', OK + OK],
  ])
  assert.equal(upgrade.parser.handover, false)
  assert.ok(upgrade.lines.includes(`> http.body text=${much}`))
})

// Losses.

test('a gap within a body costs that part of it', () => {
  const { sink, details } = converse([
    ['>', GET + GET],
    ['<', head('HTTP/1.1 200 OK', 'Content-Length: 30') + 'before'],
    ['<', 10],
    ['<', '-----after----' + OK],
  ])
  const bodies = sink.events.filter((event) => event.place === 'http.body')
  assert.deepEqual(
    bodies.map((event) => [event.text, event.complete]),
    [
      ['before', false],
      ['-----after----', true],
      ['ok', true],
    ],
  )
  assert.deepEqual(details.anomalies, ['http-body-gap'])
})

test('a gap within a chunk costs that part of it', () => {
  const { lines } = converse([
    ['<', head('HTTP/1.1 200 OK', CHUNKED) + 'a\r\n01'],
    ['<', 5],
    ['<', '789\r\n2\r\nab\r\n0\r\n\r\n' + OK],
  ])
  assert.deepEqual(lines.slice(1), [
    '! http-body-gap',
    '< http.body text=01',
    '< http.body text=789ab',
    ...OK_LINES,
  ])
})

test('a gap within a compressed body ends its decoding, not the connection', () => {
  const body = zlib.gzipSync('text '.repeat(100)).toString('latin1')
  const { lines } = converse([
    [
      '<',
      head('HTTP/1.1 200 OK', 'Content-Encoding: gzip', `Content-Length: ${body.length}`) + body.slice(0, 20),
    ],
    ['<', 5],
    ['<', body.slice(25) + OK],
  ])
  assert.deepEqual(lines.slice(-2), OK_LINES)
})

test('behind a gap anywhere else the next message is found', () => {
  for (const turns of [
    [
      ['<', 'HTTP/1.1 200 O'],
      ['<', 100],
      ['<', 'rest of it\r\n' + OK],
    ],
    [
      ['<', OK],
      ['<', 100],
      ['<', OK],
    ],
    [
      ['<', head('HTTP/1.1 200 OK', 'Content-Length: 30')],
      ['<', 100],
      ['<', 'junk\nHTTP/1.1 2x\n' + OK],
    ],
    [
      ['<', head('HTTP/1.1 200 OK', CHUNKED) + 'a\r\n'],
      ['<', 100],
      ['<', 'f00\r\n\r\n' + OK],
    ],
  ] as Turn[][]) {
    assert.deepEqual(converse(turns).lines.slice(-2), OK_LINES)
  }
})

test('after lost responses, requests and responses are paired again', () => {
  const { lines } = converse([
    ['>', head('HEAD / HTTP/1.1', 'Host: a')],
    ['<', 50],
    ['>', GET],
    ['<', OK],
  ])
  assert.deepEqual(lines.slice(-2), OK_LINES)
})
