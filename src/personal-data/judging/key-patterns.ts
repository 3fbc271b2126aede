import { nameWords } from '../../lib/name-words.ts'
import type { Pattern } from '../../scan/scanner.ts'
import type { Recogniser } from '../recogniser.ts'

/** How a name and its value are written next to each other. */
export const KeySyntax = { json: 0, element: 1, label: 2 } as const
export type KeySyntax = (typeof KeySyntax)[keyof typeof KeySyntax]

/**
 * What stands between the last word of a name and its value, and the value as far as it has an end that is sure:
 * `"name": "Anna"`, `"pregnant": true`, `<name>Anna</name>`, `Name: Anna`, `name='Anna'`. The first byte occurs in no name,
 * so that the scanner anchors there and reads the name backwards.
 */
const syntaxes: readonly [syntax: KeySyntax, expression: string][] = [
  [
    KeySyntax.json,
    String.raw`"[ \t]{0,2}:[ \t\r\n]{0,4}(?:\[[ \t]{0,2})?(?:"(?:[^"\\]|\\.){1,110}"|[-\dtf])`,
  ],
  [KeySyntax.element, String.raw`>[^>]{1,110}>`],
  [KeySyntax.label, String.raw`[:=][ \t]{0,3}["']?[^ \t\r\n"'=:<>{}();,&\[\]/]`],
]

/** Patterns whose automata together are too large for one table are split between tables: these are the parts. */
const namesPerPattern = 40

export interface KeyPattern {
  pattern: Pattern
  syntax: KeySyntax
}

/**
 * What to scan for so that fields are found whose whole value counts: their names, or how these end, in each syntax. Which
 * field it is and whether it counts is then read from the name as a whole.
 */
export function keyPatterns(recognisers: readonly Recogniser[]): KeyPattern[] {
  const endings = nameEndings(recognisers)
  const patterns: KeyPattern[] = []
  for (let from = 0; from < endings.length; from += namesPerPattern) {
    const names = endings.slice(from, from + namesPerPattern).join('|')
    for (const [syntax, value] of syntaxes) {
      const id = `field ${patterns.length + 1}`
      const expression = `(?:${names})[1-9]?${value}`
      const pattern: Pattern = { id, expression, ignoreCase: true, boundary: 'none', anchorInside: true }
      patterns.push({ pattern, syntax })
    }
  }
  return patterns
}

/**
 * Expressions for the names, or for their ends where that is enough: `name` finds `full_name` too. Sorted from their ends,
 * where they are read first, so that those of a pattern share most of its automaton; beyond ASCII last.
 */
function nameEndings(recognisers: readonly Recogniser[]): string[] {
  const spelled = recognisers
    .filter(({ value }) => value !== undefined)
    .flatMap(({ fieldNames, vagueFieldNames = [] }) => [...fieldNames, ...vagueFieldNames])
    .flatMap((name) => [nameWords(name), name.toLowerCase().split(' ')])
  const names = new Map(spelled.map((words) => [words.join(' '), words]))
  const endings = [...names.values()]
    .filter((words) => !words.some((_, start) => start > 0 && names.has(words.slice(start).join(' '))))
    .map((words) => words.join('[ _-]?'))
  const isAscii = (ending: string): boolean => Buffer.byteLength(ending) === ending.length
  const backwards = (ending: string): string => [...ending].toReversed().join('')
  const sorted = endings.toSorted((a, b) => (backwards(a) < backwards(b) ? -1 : 1))
  return [...sorted.filter(isAscii), ...sorted.filter((ending) => !isAscii(ending))]
}
