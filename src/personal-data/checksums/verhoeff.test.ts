import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verhoeffDigit } from './verhoeff.ts'

const digitsOf = (text: string): Uint8Array => Uint8Array.from(text, Number)

test('the check digit of 236 is 3, as in the literature', () => {
  assert.equal(verhoeffDigit(digitsOf('236'), 3), 3)
  assert.equal(verhoeffDigit(digitsOf('12345'), 5), 1)
  assert.equal(verhoeffDigit(digitsOf('142857'), 6), 0)
})

test('each error in one digit and each transposition of neighbours is found', () => {
  const body = digitsOf('23412341234')
  const right = verhoeffDigit(body, body.length)
  for (let i = 0; i < body.length; i++) {
    for (let digit = 0; digit < 10; digit++) {
      if (digit === body[i]) continue
      const wrong = body.with(i, digit)
      assert.notEqual(verhoeffDigit(wrong, wrong.length), right, `${i} ${digit}`)
    }
    if (i === 0 || body[i] === body[i - 1]) continue
    const swapped = body.with(i, body[i - 1]).with(i - 1, body[i])
    assert.notEqual(verhoeffDigit(swapped, swapped.length), right, `${i}`)
  }
})
