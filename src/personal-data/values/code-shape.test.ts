import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeBounds } from './code-shape.ts'
import { codeShapeOf, isCode } from './code-shape.ts'

test('what a number is made of is counted', () => {
  const table: [
    text: string,
    digits: number,
    capitals: number,
    smalls: number,
    separators: number,
    others: number,
    changes: number,
  ][] = [
    ['B-MW 1234', 4, 3, 0, 2, 0, 1],
    ['ab12cd', 2, 0, 4, 0, 0, 2],
    ['-12', 2, 0, 0, 0, 1, 0],
    ['12-', 2, 0, 0, 0, 1, 0],
    ['1--2', 2, 0, 0, 1, 1, 0],
    ['a_1', 1, 0, 1, 0, 1, 1],
    ['', 0, 0, 0, 0, 0, 0],
  ]
  for (const [text, ...counts] of table) {
    const { digits, capitals, smalls, separators, others, changes } = codeShapeOf(
      Buffer.from(text),
      0,
      text.length,
    )
    assert.deepEqual([digits, capitals, smalls, separators, others, changes], counts, text)
  }
})

test('different characters are counted afresh for each text, whatever their case', () => {
  assert.equal(codeShapeOf(Buffer.from('aAbB11'), 0, 6).different, 3)
  assert.equal(codeShapeOf(Buffer.from('aAbB11'), 0, 2).different, 1)
})

test('a number lies within its bounds, in one case, and is no filler', () => {
  const bounds: CodeBounds = { length: [4, 8], digits: [2, 8], letters: [0, 3], separators: 1 }
  const is = (text: string): boolean => isCode(Buffer.from(text), 0, text.length, bounds)
  for (const text of ['1234', 'ABC12', 'abc-12345']) assert.ok(is(text), text)
  for (const text of ['123', '123456789', 'ABCD12', 'aBC12', 'A-1-23', 'A1111', 'A_123', '1234 '.repeat(20)])
    assert.ok(!is(text), text)
})
