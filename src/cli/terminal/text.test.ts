import { anyText } from '../../../test/support/any-text.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { displayWidth, fit, printable, truncate } from './text.ts'

const runs = { numRuns: fuzzRuns }

test('what a terminal would obey is shown and not done', () => {
  const cases: [text: string, expected: string][] = [
    ['plain name', 'plain name'],
    ['Zürich 東京 🏥', 'Zürich 東京 🏥'],
    ['\u001b[2J\u001b[1;1Hgone', '�[2J�[1;1Hgone'],
    ['\u001b]0;title\u0007', '�]0;title�'],
    ['\u009b31mred', '�31mred'],
    ['a\r\nb\tc', 'a��b�c'],
    ['user\u202egnp.exe', 'user�gnp.exe'],
    ['zero\u200bwidth\u2028line', 'zero�width�line'],
    ['lone \ud800 surrogate', 'lone � surrogate'],
    ['z' + '\u0335'.repeat(50), 'z' + '\u0335'.repeat(4)],
  ]
  for (const [text, expected] of cases) assert.equal(printable(text), expected)
})

test('no text at all gets a control through', () => {
  const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
  fc.assert(
    fc.property(anyText(), (text) => {
      assert.ok(!controls.test(printable(text)))
    }),
    runs,
  )
})

test('width counts columns', () => {
  const cases: [text: string, width: number][] = [
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['東京', 4],
    ['🏥', 2],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['→…×', 3],
  ]
  for (const [text, width] of cases) assert.equal(displayWidth(text), width, text)
})

test('text is cut and filled to the column', () => {
  assert.equal(fit('abc', 5), 'abc  ')
  assert.equal(fit('abc', 5, 'right'), '  abc')
  assert.equal(fit('abcdef', 4), 'abc…')
  assert.equal(fit('東京都', 4), '東… ')
  assert.equal(truncate('abc', 0), '')
  fc.assert(
    fc.property(anyText(), fc.nat(30), (text, width) => {
      assert.equal(displayWidth(fit(printable(text), width)), width)
    }),
    runs,
  )
})
