import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Vocabulary, wordsOf } from './vocabulary.ts'

const vocabulary = new Vocabulary(
  wordsOf({ en: 'roman catholic, jew', de: 'jüdisch, ohne konfession', pl: 'żyd, ' }),
)
const has = (text: string): boolean => vocabulary.has(Buffer.from(text), 0, Buffer.byteLength(text))
const occursIn = (text: string): boolean => vocabulary.occursIn(Buffer.from(text), 0, Buffer.byteLength(text))

test('a term is known in any case, without its accents, and however its words are joined', () => {
  for (const text of ['Roman Catholic', 'ROMAN_CATHOLIC', 'judisch', 'Jüdisch', 'Ohne Konfession', 'Zyd'])
    assert.ok(has(text), text)
  for (const text of ['', '12', 'catholic', 'Roman Catholic priest', 'jewel']) assert.ok(!has(text), text)
})

test('a term is found among the words of a longer value, and not inside a word', () => {
  for (const text of [
    '(Roman Catholic)',
    'a lapsed roman-catholic',
    'jüdisch, liberal',
    'ganz ohne Konfession',
  ])
    assert.ok(occursIn(text), text)
  for (const text of ['', '--', 'jewels', 'Catholic Roman', 'roman or catholic'])
    assert.ok(!occursIn(text), text)
})

test('words of several languages that are the same are listed once', () => {
  assert.deepEqual(wordsOf({ en: 'religion, faith', de: 'religion,\n glaube' }), [
    'religion',
    'faith',
    'glaube',
  ])
})
