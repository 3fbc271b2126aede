import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueTracker } from './field-tracker.ts'
import { SqlTracker } from './sql.ts'

type Told = [field: string, value: string, place: string][]

/** Whole values of the fields called `name` or `note`, wherever the text is cut. */
function toldOf(tracker: ValueTracker, text: string): Told {
  const bytes = Buffer.from(text)
  let first: Told | undefined
  for (let cut = 0; cut <= bytes.length; cut++) {
    const told: Told = []
    tracker.values = {
      isTelling: (field) => field === 'name' || field === 'note',
      value: (field, seen, start, end, from, to) => {
        told.push([field, Buffer.from(seen.slice(start, end)).toString(), bytes.toString('utf8', from, to)])
      },
    }
    tracker.reset()
    tracker.read(bytes, 0, cut)
    tracker.read(bytes, cut, bytes.length)
    tracker.end()
    first ??= told
    assert.deepEqual(told, first, `cut at ${cut}`)
  }
  return first ?? []
}

test('the whole values of an INSERT are told with their column and place', () => {
  const text =
    "INSERT INTO t (id, name, note) VALUES ('1', 'Pierre O''Brien ', 'x'), (2, ' Zoë'::text, ''); SELECT 'name'"
  assert.deepEqual(toldOf(new SqlTracker(), text), [
    ['name', "Pierre O'Brien", "Pierre O''Brien"],
    ['note', 'x', 'x'],
    ['name', 'Zoë', 'Zoë'],
  ])
  const long = `INSERT INTO t (name) VALUES ('${'x'.repeat(200)}'), (f('Zoë')), ('Ann`
  assert.deepEqual(toldOf(new SqlTracker(), long), [['name', 'Ann', 'Ann']])
})
