import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold, nameWords } from './name-words.ts'

test('names are split where programmers and people begin a word', () => {
  const table: [name: string, words: string[]][] = [
    ['taxId', ['tax', 'id']],
    ['TAX_ID', ['tax', 'id']],
    ['IPAddress', ['ip', 'address']],
    ['phone2', ['phone']],
    ['Číslo pojištěnce', ['cislo', 'pojistence']],
    ['rodnéČíslo', ['rodne', 'cislo']],
    ['EMŠO', ['emso']],
    ['ΑΦΜ', ['αφμ']],
    ['ЕГН_номер', ['егн', 'номер']],
    ['', []],
    ['42-', []],
  ]
  for (const [name, words] of table) assert.deepEqual(nameWords(name), words, name)
})

test('folding takes accents and capitals away', () => {
  assert.equal(fold('Número'), 'numero')
})
