import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layoutTable, type Column } from './table.ts'
import { displayWidth } from './text.ts'

const columns: Column[] = [
  { title: 'NAME', least: 6 },
  { title: 'COUNT', least: 5, align: 'right' },
  { title: 'NOTE', least: 0 },
]
const row = (...texts: string[]) => texts.map((text) => ({ text }))
const rows = [row('clinic-api', '12', 'a rather long note'), row('東京', '7', '')]

test('columns are as wide as what they hold', () => {
  assert.deepEqual(layoutTable(columns, rows, 80), [
    'NAME        COUNT  NOTE',
    'clinic-api     12  a rather long note',
    '東京            7',
  ])
})

test('where there is no room the widest gives way, then what may go', () => {
  assert.deepEqual(layoutTable(columns, rows, 28), [
    'NAME        COUNT  NOTE',
    'clinic-api     12  a rather…',
    '東京            7',
  ])
  assert.deepEqual(layoutTable(columns, rows, 13), ['NAME    COUNT', 'clini…     12', '東京        7'])
  for (let width = 13; width < 60; width++) {
    for (const line of layoutTable(columns, rows, width))
      assert.ok(displayWidth(line) <= width, `${width}: ${line}`)
  }
})

test('emphasis does not count as width', () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`
  const [, line] = layoutTable(columns, [[{ text: 'x', style: bold }, { text: '1' }, { text: 'n' }]], 80)
  assert.equal(line, '\u001b[1mx   \u001b[22m      1  n')
})
