import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueTracker } from './field-tracker.ts'
import { SqlTracker } from './sql.ts'
import { TableTracker } from './table.ts'

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

test('the whole values of a table are told with their column and place', () => {
  const text =
    'id;name;note\r\n1;" Anna ""Änne"" Meier";x\r\n2;Zoë García\n3;;"a;b"\n4;Jo;' +
    'x'.repeat(200) +
    '\n5;Ann'
  assert.deepEqual(toldOf(new TableTracker(0), text), [
    ['name', 'Anna Änne Meier', 'Anna ""Änne"" Meier'],
    ['note', 'x', 'x'],
    ['name', 'Zoë García', 'Zoë García'],
    ['note', 'a;b', 'a;b'],
    ['name', 'Jo', 'Jo'],
    ['name', 'Ann', 'Ann'],
  ])
  assert.deepEqual(toldOf(new TableTracker(0), 'Anna;Meier\nJo;Doe\n'), [])
})
