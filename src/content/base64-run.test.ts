import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { Base64Run } from './base64-run.ts'

/** What a run decodes to that is read in pieces, and where it ended; -1 where it is open. */
function decode(text: string, pieceBytes: number): { text: string; end: number } {
  const bytes = Buffer.from(text, 'latin1')
  const out: number[] = []
  const run = new Base64Run({ decoded: (byte) => out.push(byte) })
  run.begin()
  let end = -1
  for (let at = 0; at < bytes.length && run.isOpen; at += pieceBytes) {
    const reached = run.read(bytes, at, Math.min(bytes.length, at + pieceBytes))
    if (!run.isOpen) end = reached
  }
  return { text: Buffer.from(out).toString('latin1'), end }
}

const line = 'QUFB'.repeat(19)
const cases: [name: string, text: string, decoded: string, end: number][] = [
  ['a run to the end', 'YWJj', 'abc', -1],
  ['padding', 'YWI=YWJj', 'ab', 4],
  ['two of it', 'YQ==', 'a', 4],
  ['no padding', 'YWI"', 'ab', 3],
  ['base64url', '--__"', '\xfb\xef\xff', 4],
  ['slashes of PHP', '\\/\\/\\/\\/"', '\xff\xff\xff', 8],
  ['a line', `${line}\r\n  YWJj<`, 'A'.repeat(57) + 'abc', 84],
  ['a line in JSON', `${line}\\r\\nYWJj"`, 'A'.repeat(57) + 'abc', 84],
  ['a short line', 'YWJj\nYWJj', 'abc', 4],
]

for (const [name, text, decoded, end] of cases) {
  test(`base64 is decoded: ${name}`, () => {
    for (let pieceBytes = 1; pieceBytes <= text.length; pieceBytes++)
      assert.deepEqual(decode(text, pieceBytes), { text: decoded, end }, `pieces of ${pieceBytes}`)
  })
}

test('anything that is encoded is decoded, wherever it is cut', () => {
  const anything = fc.tuple(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom('base64', 'base64url'),
    fc.integer({ min: 1, max: 90 }),
    fc.boolean(),
  )
  fc.assert(
    fc.property(anything, ([bytes, encoding, pieceBytes, hasLines]) => {
      const encoded = Buffer.from(bytes).toString(encoding)
      const text = hasLines ? encoded.replaceAll(/.{76}/g, '$&\r\n') : encoded
      assert.equal(decode(text, pieceBytes).text, Buffer.from(bytes).toString('latin1'))
    }),
    { numRuns: fuzzRuns },
  )
})

test('where anything is cut makes no difference', () => {
  const pieces = fc.constantFrom('YWJj', line, '=', '\\', '/', '\n', '\r', ' ', 'n', '"', '.', '-', '\0')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (parts, pieceBytes) => {
      const text = parts.join('')
      assert.deepEqual(decode(text, pieceBytes), decode(text, text.length + 1))
    }),
    { numRuns: fuzzRuns },
  )
})
