import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IdempotentAnswers } from './idempotency.ts'
import { serverLimits } from './limits.ts'

/** Counts how often it is done. */
function counter() {
  let done = 0
  return async () => ++done
}

test('a change that is asked for again is answered again, at the same time too', async () => {
  const answers = new IdempotentAnswers()
  const change = counter()
  const ask = () => answers.once(['anna', 'add', 'key'], { a: 1 }, change)
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1])
  assert.equal(await ask(), 1)
  assert.equal(await answers.once(['bob', 'add', 'key'], { a: 1 }, change), 2, 'of another caller')
})

test('the key of another request is refused', async () => {
  const answers = new IdempotentAnswers()
  await answers.once(['k'], { a: 1 }, counter())
  assert.throws(() => answers.once(['k'], { a: 2 }, counter()), { message: /another request/ })
})

test('what failed may be tried again', async () => {
  const answers = new IdempotentAnswers()
  await assert.rejects(answers.once(['k'], null, () => Promise.reject(new Error('no'))))
  assert.equal(await answers.once(['k'], null, counter()), 1)
})

test('answers are forgotten after a day, and the oldest where there are too many', async () => {
  let now = 0
  const answers = new IdempotentAnswers(() => now)
  const change = counter()
  await answers.once(['k'], null, change)
  now = serverLimits.idempotencyMs - 1
  assert.equal(await answers.once(['k'], null, change), 1)
  now++
  assert.equal(await answers.once(['k'], null, change), 2)
  for (let i = 0; i < serverLimits.idempotencyKeys; i++) await answers.once([`${i}`], null, async () => i)
  assert.equal(await answers.once(['k'], null, change), 3)
})
