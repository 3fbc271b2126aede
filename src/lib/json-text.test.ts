import { anyText } from '../../test/support/any-text.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { toJsonText } from './json-text.ts'

test('nothing that a terminal obeys stands raw', () => {
  const hostile = '\u001b[2J \u009b31m \u0007 \u007f \u2028 \u202eevil\u202c \ufeff'
  assert.equal(
    toJsonText({ name: hostile }),
    String.raw`{"name":"\u001b[2J \u009b31m \u0007 \u007f \u2028 \u202eevil\u202c \ufeff"}`,
  )
})

test('it parses to the same value', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const encoded = toJsonText([text])
      assert.deepEqual(JSON.parse(encoded), [text])
      // Controls (C0, DEL, C1) never stand raw.
      for (const character of encoded) assert.ok(!/\p{Cc}/u.test(character))
    }),
    { numRuns: fuzzRuns },
  )
})
