import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { anyText } from '../../test/support/any-text.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { attackContexts } from './attack.ts'
import { forEachView } from './decoding/views.ts'
import { limits } from './limits.ts'
import { RequestJudge } from './request/request-judge.ts'
import { SqlFragment } from './sql/fragment.ts'
import { SqlLexer } from './sql/lexer.ts'
import { traitsOfText } from './traits.ts'

/** What makes readers look far ahead, go back, or nest. */
const hostile = [
  ...[
    "'",
    '"',
    '`',
    '(',
    ')',
    ';',
    '#',
    '--',
    '/*',
    '/*!',
    '*/',
    '$a',
    '$$',
    '[a',
    '@',
    'q',
    ' ',
    '\n',
    '\0',
    '1e',
    '0x',
  ],
  ...[
    '%',
    '%25',
    '%u',
    '%c0',
    '&',
    '&#',
    '&#x',
    '&lt',
    '\\',
    '\\u',
    '\\x',
    '<',
    '<a ',
    '{',
    '{"$',
    '${',
    '=',
    '&a=',
    '../',
  ],
  ...[
    "' or ",
    "'||",
    'select ',
    '(select ',
    'union select ',
    'case when ',
    'a.',
    'a,',
    '\uff1c',
    '\u200b',
    'é',
    ')(',
    '*)',
  ],
]

const hostileTexts = hostile.map((part) => part.repeat(Math.ceil((2 * limits.longText) / part.length)))

test('what is read of a value as views grows with its length alone', () => {
  for (const text of hostileTexts) {
    let characters = 0
    let views = 0
    forEachView(text, traitsOfText(text), (view) => {
      characters += view.text.length
      views++
    })
    assert.ok(views <= limits.viewsOfLongText, `${text.slice(0, 8)}: ${views} views`)
    // Decoding makes a text longer nowhere but where one character stands for two.
    assert.ok(characters <= 2 * views * text.length, text.slice(0, 8))
  }
})

test('every token of SQL is read once', () => {
  const lexer = new SqlLexer()
  for (const text of hostileTexts) {
    lexer.begin(text, 0)
    let tokens = 0
    for (let at = 0; ; at = lexer.at) {
      const kind = lexer.next()
      if (kind === 'end' || kind === 'comment') break
      assert.ok(lexer.at > at, `${text.slice(0, 8)} at ${at}`)
      tokens++
    }
    assert.ok(tokens <= text.length)
  }
})

test('a fragment is given up after a bounded number of tokens', () => {
  const lexer = new SqlLexer()
  const fragment = new SqlFragment(lexer)
  for (const text of hostileTexts)
    for (const start of ['value', 'behind'] as const) {
      lexer.begin(text, 0)
      fragment.read(start)
      assert.ok(fragment.marks <= limits.sqlTokens + 1)
    }
})

const formats = ['form', 'json', 'xml', 'multipart', 'text', 'binary'] as const

test('no bytes make judging throw, whatever they are said to be', () => {
  const judge = new RequestJudge(4)
  const part = fc.oneof(fc.constantFrom(...hostile), anyText(8))
  const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...formats),
      fc.constantFrom(...attackContexts),
      (each, format, context) => {
        const bytes = Buffer.from(each)
        judge.body(format, bytes, 0, bytes.length)
        judge.headers(bytes, 0, bytes.length)
        judge.query(bytes, 0, bytes.length)
        judge.path(bytes, 0, bytes.length)
        judge.text(each, context)
        judge.score.verdicts()
        judge.score.clear()
      },
    ),
    { numRuns: fuzzRuns },
  )
})
