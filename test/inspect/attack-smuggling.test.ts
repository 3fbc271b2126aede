import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector } from '../support/built-in-detector.ts'
import { inspectConnection, segmentsOf } from '../support/inspected-connection.ts'

/** Rules of smuggling that a request is told by, however it is cut. */
function smugglingIn(request: string): string[] {
  const bytes = Buffer.from(request, 'latin1')
  const [whole, ...cut] = [bytes.length, 7, 1].map((segmentBytes) =>
    inspectConnection(builtInDetector, segmentsOf(bytes, segmentBytes), 80)
      .attacks.filter((record) => record.class === 'request-smuggling')
      .flatMap((record) => record.reasons.map(({ rule }) => rule)),
  )
  for (const rules of cut) assert.deepEqual(rules, whole)
  return whole
}

function post(fields: string, body: string): string {
  return `POST /form HTTP/1.1\r\nHost: a\r\n${fields}\r\n${body}`
}

const smuggled: readonly (readonly [how: string, request: string, rule: string])[] = [
  [
    'a length and chunks',
    post('Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nG'),
    'smuggling.length-and-chunks',
  ],
  [
    'two lengths',
    post('Content-Length: 5\r\nContent-Length: 6\r\n', 'a=1234'),
    'smuggling.conflicting-length',
  ],
  ['a signed length', post('Content-Length: +5\r\n', 'a=123'), 'smuggling.odd-length'],
  [
    'an encoding that hides',
    post('Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n', '1\r\nZ\r\nQ'),
    'smuggling.odd-transfer-encoding',
  ],
  [
    'an encoding with a control in it',
    post('Transfer-Encoding: \x0bchunked\r\nContent-Length: 4\r\n', '1\r\nZ\r\nQ'),
    'smuggling.odd-transfer-encoding',
  ],
]

test('requests whose end two servers may see differently are attacks', () => {
  for (const [how, request, rule] of smuggled) {
    const found = smugglingIn(request)
    assert.ok(found.includes(rule), `${how}: ${found.join(' ')}`)
  }
})

test('requests that say their end once are none', () => {
  for (const request of [
    post('Content-Length: 5\r\n', 'a=123'),
    post('Transfer-Encoding: chunked\r\n', '5\r\na=123\r\n0\r\n\r\n'),
    post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
    'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  ])
    assert.deepEqual(smugglingIn(request), [], request)
})
