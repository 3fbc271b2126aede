import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Trait, traitsOfBytes, traitsOfText } from './traits.ts'

test('bytes and text have the same traits', () => {
  for (const [text, expected] of [
    ['', 0],
    ['abc', Trait.letter],
    ["1' or", Trait.digit | Trait.singleQuote | Trait.blank | Trait.letter],
    ['\r\n\t', Trait.lineBreak | Trait.blank],
    ['\0', Trait.control],
    ['(/*', Trait.parenthesis | Trait.slash | Trait.star],
  ] as const) {
    assert.equal(traitsOfText(text), expected, JSON.stringify(text))
    const bytes = Buffer.from(`~${text}~`, 'latin1')
    assert.equal(traitsOfBytes(bytes, 1, bytes.length - 1), expected, JSON.stringify(text))
  }
})

test('what is not ASCII is one trait', () => {
  assert.equal(traitsOfText('\u00e9\u4e00'), Trait.high)
})
