import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { commitmentOf, saltBytes } from './entry.ts'

test('a commitment is HMAC-SHA-256 of the body under its salt', () => {
  for (const body of ['', '{}', 'ä'.repeat(40), '{"text":"'.padEnd(5_000, 'x')])
    for (const fill of [0, 7, 0xff]) {
      const salt = Buffer.alloc(saltBytes, fill)
      assert.equal(commitmentOf(salt, body), createHmac('sha256', salt).update(body).digest('hex'))
    }
})
