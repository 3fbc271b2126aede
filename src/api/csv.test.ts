import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { csvLine } from '../lib/csv-line.ts'
import { columnsOf, valuesOf } from './csv.ts'

test('objects in a record have a column for each property; arrays and maps are JSON', () => {
  const schema = Type.Object({
    id: Type.String(),
    client: Type.Object({ address: Type.String(), port: Type.Integer() }),
    names: Type.Optional(Type.Array(Type.String())),
    counts: Type.Record(Type.String(), Type.Integer()),
  })
  const columns = columnsOf(schema)
  assert.deepEqual(
    columns.map((path) => path.join('.')),
    ['id', 'client.address', 'client.port', 'names', 'counts'],
  )
  assert.deepEqual(valuesOf({ id: 'a', client: { address: 'b', port: 1 }, counts: { x: 2 } }, columns), [
    ...['a', 'b', '1', '', '{"x":2}'],
  ])
  assert.deepEqual(valuesOf(null, columns), ['', '', '', '', ''])
})

test('what traffic named is text, whatever it looks like', () => {
  const rows: [value: string, cell: string][] = [
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
    ['+1', "'+1"],
    ['-1', '-1'],
    ['-1.5', '-1.5'],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['', ''],
  ]
  for (const [value, cell] of rows) assert.equal(csvLine([value]), `${cell}\r\n`)
})
