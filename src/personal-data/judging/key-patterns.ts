import { nameWords } from '../../lib/name-words.ts'
import type { Pattern } from '../../scan/scanner.ts'
import type { Recogniser } from '../recogniser.ts'

/** How a name and its value are written next to each other. */
export const KeySyntax = { json: 0, element: 1, label: 2 } as const
export type KeySyntax = (typeof KeySyntax)[keyof typeof KeySyntax]

/**
 * What stands between the last word of a name and its value, and the value as far as it has an end that is sure:
 * `"name": "Anna"`, `<name>Anna</name>`, `Name: Anna`, `name='Anna'`. The first byte occurs in no name, so that the scanner
 * anchors there and reads the name backwards.
 */
const syntaxes: readonly [syntax: KeySyntax, expression: string][] = [
  [KeySyntax.json, String.raw`"[ \t]{0,2}:[ \t\r\n]{0,4}(?:\[[ \t]{0,2})?"(?:[^"\\]|\\.){1,110}"`],
  [KeySyntax.element, String.raw`>[^>]{1,110}>`],
  [KeySyntax.label, String.raw`[:=][ \t]{0,3}["']?[^ \t\r\n"'=:<>{}();,&\[\]/]`],
]

/** Patterns whose automata together are too large for one table are split between tables: these are the parts. */
const wordsPerPattern = 40

export interface KeyPattern {
  pattern: Pattern
  syntax: KeySyntax
}

/**
 * What to scan for so that fields are found whose whole value counts: the last words of their names, in each syntax. Which
 * field it is and whether it counts is then read from the name as a whole.
 */
export function keyPatterns(recognisers: readonly Recogniser[]): KeyPattern[] {
  const words = lastWords(recognisers)
  const patterns: KeyPattern[] = []
  for (let from = 0; from < words.length; from += wordsPerPattern) {
    const names = words.slice(from, from + wordsPerPattern).join('|')
    for (const [syntax, value] of syntaxes) {
      const id = `field ${patterns.length + 1}`
      const expression = `(?:${names})[1-9]?${value}`
      patterns.push({ pattern: { id, expression, ignoreCase: true, boundary: 'none' }, syntax })
    }
  }
  return patterns
}

/** Sorted from their ends, where they are read first: those of a pattern then share most of its automaton. */
function lastWords(recognisers: readonly Recogniser[]): string[] {
  const words = new Set<string>()
  for (const { value, fieldNames, vagueFieldNames = [] } of recognisers) {
    if (value === undefined) continue
    for (const name of [...fieldNames, ...vagueFieldNames]) {
      const [word = ''] = nameWords(name).slice(-1)
      words.add(word)
      // Accents are folded in the words of a name, not in traffic.
      const accented = name.toLowerCase().split(' ').at(-1)
      if (accented !== undefined && accented.length === word.length) words.add(accented)
    }
  }
  words.delete('')
  const reversed = (word: string): string => [...word].toReversed().join('')
  return [...words].map(reversed).sort().map(reversed)
}
