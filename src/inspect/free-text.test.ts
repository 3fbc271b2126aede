import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { inspectConnection, request, segmentsOf } from '../../test/support/inspected-connection.ts'

/** Identifiers found in a request's body of a media type, and how often; each piece is a segment of its own. */
function countsIn(mediaType: string, body: string, pieceBytes: number): Record<string, number> {
  const { findings } = inspectConnection(detector, segmentsOf(request(mediaType, body), pieceBytes), 80)
  return Object.fromEntries(findings.map(({ identifier, count }) => [identifier, count]))
}

const filler = 'The weather was fine and nobody had anything to complain about. '.repeat(40)
const note = `Dear Katrin,\n${filler}\nPlease call Anna Meier, anna.meier@example.org, at 12 Elm Street, Springfield, IL 62704.\n${filler}\nPetra Schmidt`

for (const pieceBytes of [1400, 333, 60]) {
  test(`names and addresses in a text in segments of ${pieceBytes} bytes are found, each once`, () => {
    const expected = { email: 1, name: 3, 'postal-address': 1 }
    assert.deepEqual(countsIn('text/plain; charset=utf-8', note, pieceBytes), expected)
  })
}

test('what is no prose is not read as such', () => {
  for (const mediaType of ['text/javascript', 'text/css', 'application/octet-stream'])
    assert.deepEqual(countsIn(mediaType, note, 1400), { email: 1 }, mediaType)
})

test('what a label says is found once', () => {
  assert.deepEqual(countsIn('text/plain', 'Full name: Anna Meier\n', 1400), { name: 1 })
})
