import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { it } from 'node:test'
import { HmacSha256 } from './hmac.ts'

// RFC 4231 section 4.3.
it('is HMAC-SHA-256', () => {
  const hmac = new HmacSha256(Buffer.from('Jefe'), 64)
  hmac.text.write('what do ya want for nothing?')
  assert.equal(hmac.digest(28), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

it('does not depend on the texts before', () => {
  const key = Buffer.alloc(32, 9)
  const hmac = new HmacSha256(key, 300)
  for (const length of [300, 0, 1, 64, 55, 119]) {
    const text = Buffer.alloc(length, length)
    text.copy(hmac.text)
    assert.equal(hmac.digest(length), createHmac('sha256', key).update(text).digest('hex'))
  }
})
