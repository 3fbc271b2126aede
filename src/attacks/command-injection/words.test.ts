import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { knownCommands } from './commands.ts'
import { isNoCommand, readCommandWord } from './words.ts'

test('what is told to be no command before it is read is none once it is', () => {
  const piece = fc.oneof(
    fc.constantFrom(...knownCommands),
    fc.constantFrom(
      '/',
      '.',
      '-',
      ':',
      '.exe',
      '2',
      '3.11',
      "'",
      '"',
      '\\',
      '$@',
      '`',
      '?',
      '*',
      '[a]',
      ' ',
      'é',
    ),
    fc.string({ unit: fc.constantFrom('a', 'c', 'i', 'd', 's', '1'), maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.nat(2), (pieces, at) => {
      const lower = pieces.join('')
      const word = readCommandWord(lower, at)
      if (isNoCommand(lower, at)) assert.ok(!word.isGlob && !knownCommands.has(word.name), lower)
    }),
    { numRuns: fuzzRuns },
  )
})

test('every command is read, with its folder, its suffix and its version; most other words are not', () => {
  for (const name of knownCommands)
    for (const text of [name, `/usr/bin/${name}`, `${name}.exe`, `${name} -a`])
      assert.equal(isNoCommand(text, 0), !knownCommands.has(readCommandWord(text, 0).name), text)
  for (const text of ['python3', 'python3.11', 'nc', 'msinfo32', '/b?n/c?t'])
    assert.equal(isNoCommand(text, 0), false, text)
  for (const text of [
    'order',
    'small',
    'blue-shoes',
    'mozilla/5.0',
    'https://shop.example/i/12?x=1',
    '',
    '17',
  ])
    assert.equal(isNoCommand(text, 0), true, text)
})
