import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { decodeBase64 } from './base64.ts'

test('what was encoded in either alphabet is decoded, with padding and without', () => {
  const out = new Uint8Array(100)
  const encodings = fc.constantFrom('base64', 'base64url')
  const property = fc.property(fc.uint8Array({ maxLength: 100 }), encodings, (bytes, encoding) => {
    const text = Buffer.from(Buffer.from(bytes).toString(encoding as BufferEncoding))
    const length = decodeBase64(text, 0, text.length, out)
    assert.deepEqual(out.slice(0, length), bytes)
  })
  fc.assert(property, { numRuns: fuzzRuns })
})

test('decoding ends at what is no character of it, and where there is no more room', () => {
  const out = new Uint8Array(4)
  assert.equal(decodeBase64(Buffer.from('YWJj!ZGVm'), 0, 9, out), 3)
  assert.equal(decodeBase64(Buffer.from('YWJjZGVm'), 0, 8, out), 4)
  assert.equal(Buffer.from(out).toString(), 'abcd')
})
