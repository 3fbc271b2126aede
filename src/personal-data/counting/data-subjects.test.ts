import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { builtInRecognisers } from '../recognisers/index.ts'
import { DataSubjects, type FieldValues } from './data-subjects.ts'

/** A number as a hash: spread over all bits, as a keyed one is. */
function hashed(value: number): [high: number, low: number] {
  const digest = createHash('sha256').update(String(value)).digest()
  return [digest.readUInt32BE(0), digest.readUInt32BE(4)]
}

function fieldOf(id: string): FieldValues {
  const recogniser = builtInRecognisers.find((known) => known.id === id)
  assert.ok(recogniser)
  return { recogniser, record: 0, high: 0, low: 0 }
}

/** Rows as they come: the kind of each value, and a number for the value. */
function count(rows: [id: string, value: number][][]): number {
  const fields = new Map<string, FieldValues>()
  const subjects = new DataSubjects()
  for (const [id, value] of rows.flat()) {
    const field = fields.get(id) ?? fieldOf(id)
    fields.set(id, field)
    subjects.add(field, ...hashed(value))
  }
  return subjects.sketch.estimate()
}

test('a person with five identifiers is one', () => {
  const person = (n: number): [string, number][] => [
    ['name', n],
    ['email', n],
    ['phone', n],
    ['iban', n],
    ['us-ssn', n],
  ]
  assert.equal(count([person(1)]), 1)
  assert.equal(count([person(1), person(2), person(1), person(3)]), 3)
  assert.equal(count([]), 0)
})

test('of a record the value counts that singles out best, wherever it stands', () => {
  const rows: [string, number][][] = [
    [
      ['name', 1],
      ['email', 10],
    ],
    [
      ['name', 1],
      ['email', 11],
    ],
  ]
  assert.equal(count(rows), 2, 'two of one name')
  assert.equal(count(rows.map((row) => row.toReversed())), 2)
})

test('a value given twice in a record does not begin another', () => {
  assert.equal(
    count([
      [
        ['email', 1],
        ['phone', 1],
        ['email', 1],
        ['us-ssn', 1],
      ],
    ]),
    1,
  )
})

test('asking in between changes nothing', () => {
  const subjects = new DataSubjects()
  const [email, phone] = [fieldOf('email'), fieldOf('phone')]
  subjects.add(phone, ...hashed(1))
  assert.equal(subjects.sketch.estimate(), 1)
  subjects.add(email, ...hashed(2))
  assert.equal(subjects.sketch.estimate(), 1)
  subjects.add(phone, ...hashed(3))
  assert.equal(subjects.sketch.estimate(), 2)
})

test('what many people have in common counts nobody', () => {
  assert.equal(
    count([
      [
        ['date-of-birth', 1],
        ['diagnosis', 2],
      ],
    ]),
    0,
  )
})

test('thousands are estimated within two percent', () => {
  const persons = 20_000
  const rows = Array.from({ length: persons * 2 }, (_, i): [string, number][] => [
    ['name', i % 100],
    ['email', i % persons],
  ])
  const estimate = count(rows)
  assert.ok(Math.abs(estimate - persons) / persons < 0.02, `${estimate}`)
})
