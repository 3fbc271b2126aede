import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../test/support/detect-all.ts'

const isFound = (text: string) => detectAll(detector, text, 'card number').length > 0

test('a number is found beside others in a list, and not as a part of one', () => {
  for (const text of [
    '17,4111111111111111',
    '4111111111111111,123',
    '4111111111111111,17',
    '2024,4111111111111111',
  ])
    assert.equal(isFound(text), true, text)
  for (const text of ['0,4111111111111111', '4111111111111111-7', '-4111111111111111', '4111111111111111.5'])
    assert.equal(isFound(text), false, text)
})

test('what begins with a letter is never a part of the number before it', () => {
  for (const text of ['F32.1,DE89370400440532013000', '0,DE89370400440532013000'])
    assert.deepEqual(
      detectAll(detector, text, 'iban').map(({ id }) => id),
      ['iban'],
    )
})
