import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyText } from '../../../test/support/any-text.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { storeLimits } from '../limits.ts'
import { queryWords, searchWords } from './words.ts'

test('a text gives its words in lower case, and what follows each joint', () => {
  const cases: [text: string, words: string[]][] = [
    ['API.Example.com', ['api.example.com', 'com', 'example.com']],
    ['http.body $.customer.iban', ['body', 'customer.iban', 'http.body', 'iban']],
    ['10.1.0.2', ['10.1.0.2']],
    ['2001:db8::7', ['2001:db8::7']],
    ['/usr/bin/curl -s', ['bin', 'curl', 's', 'usr']],
    ['docker:web-1', ['1', 'docker:web-1', 'web-1']],
    ['Käse 東京', ['käse', '東京']],
    ['...', []],
    ['', []],
  ]
  for (const [text, words] of cases) assert.deepEqual(searchWords([text]), words, text)
})

test('what is missing and what comes twice adds nothing', () => {
  assert.deepEqual(searchWords([undefined, 'web', 'WEB']), ['web'])
})

test('what is asked for is taken word by word, as it is', () => {
  assert.deepEqual(queryWords('SSL api.Example, 10.1.'), ['ssl', 'api.example', '10.1'])
  assert.deepEqual(queryWords("=iban'"), ['iban'])
  assert.equal(queryWords('a b c d e f g h i j').length, storeLimits.queryWords)
})

test('whatever the text, words are few, short, whole and each once', () => {
  fc.assert(
    fc.property(fc.array(anyText(80), { maxLength: 5 }), (texts) => {
      const words = searchWords(texts)
      assert.ok(words.length <= storeLimits.facetWords)
      assert.equal(new Set(words).size, words.length)
      for (const word of words) assert.ok(word.length <= storeLimits.wordLength && word.isWellFormed())
      for (const word of words) assert.ok(!word.includes('\0') && !word.includes('='))
    }),
    { numRuns: fuzzRuns },
  )
})
