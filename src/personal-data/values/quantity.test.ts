import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quantityOf } from './quantity.ts'

const read = (text: string): [number: number, decimals: number, unit: string] => {
  const bytes = Buffer.from(text)
  const { number, decimals, unitStart } = quantityOf(bytes, 0, bytes.length)
  return [number, decimals, bytes.subarray(unitStart).toString()]
}

test('numbers are read as they are written in Europe and America, and what follows them is told apart', () => {
  const table: [text: string, number: number, decimals: number, unit: string][] = [
    ['42', 42, 0, ''],
    ['-0.25', -0.25, 2, ''],
    ['+3,5 mg', 3.5, 1, 'mg'],
    ['1.234,50 €', 1234.5, 2, '€'],
    ['1,234.50', 1234.5, 2, ''],
    ["52'000 CHF", 52_000, 0, 'CHF'],
    ['52.000 EUR', 52_000, 0, 'EUR'],
    ['1.234.567', 1_234_567, 0, ''],
    ['0.113, 0.2', 0.113, 3, ', 0.2'],
    ['12/80', 12, 0, '/80'],
    ['7.', 7, 0, '.'],
  ]
  for (const [text, ...expected] of table) assert.deepEqual(read(text), expected, text)
})

test('what does not begin with a number is none, nor is a version', () => {
  for (const text of ['', 'x1', '-', '.5', '€ 5', '1.2.3', '10.0.0.1', '1.23.456'])
    assert.ok(Number.isNaN(read(text)[0]), text)
})
