import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { HttpProblem } from './problem.ts'

test('a cursor comes back as the position that it was', () => {
  const position = fc.record({ at: fc.maxSafeInteger(), id: fc.string() }, { noNullPrototype: true })
  fc.assert(
    fc.property(position, (place) => assert.deepEqual(decodeCursor(encodeCursor(place) ?? ''), place)),
  )
  assert.equal(encodeCursor(null), null)
  assert.equal(decodeCursor(undefined), undefined)
})

test('anything else is refused as a bad parameter', () => {
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const wrong = [
    'x',
    '!!!',
    made({}),
    made([1]),
    made(['1', 'a']),
    made([1.5, 'a']),
    made([1, 2]),
    made(null),
  ]
  for (const cursor of wrong) {
    assert.throws(
      () => decodeCursor(cursor),
      (error) => error instanceof HttpProblem && error.problem.status === 400,
    )
  }
})
