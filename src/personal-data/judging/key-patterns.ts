import { nameWords } from '../../lib/name-words.ts'
import type { Pattern } from '../../scan/scanner.ts'
import type { Recogniser } from '../recogniser.ts'

/** How a name and its value are written next to each other. */
export const KeySyntax = { json: 0, element: 1, label: 2 } as const
export type KeySyntax = (typeof KeySyntax)[keyof typeof KeySyntax]

/**
 * What stands between the last word of a name and its value, and the value as far as it has an end that is sure:
 * `"name": "Anna"`, `"pregnant": true`, `"names": [`, `<name>Anna</name>`, `Name: Anna`, `name = 'Anna'`. Its mark occurs in no name, so
 * that the scanner anchors there and reads the name backwards.
 */
const syntaxes: readonly [syntax: KeySyntax, expression: string][] = [
  [KeySyntax.json, String.raw`"[ \t]{0,2}:[ \t\r\n]{0,4}(?:"(?:[^"\\]|\\.){1,110}"?|[-\dtf\[])`],
  [KeySyntax.element, String.raw`>[^>]{1,110}>?`],
  // French puts a blank before the colon; before an equals sign it is turned down later, see `KeyedValue`.
  [KeySyntax.label, String.raw` ?[:=][ \t]{0,3}["']?[^ \t\r\n"'=:<>{}();,&\[\]/]`],
  // As SQL compares and assigns. Without the quote it is what programs do with their variables.
  [KeySyntax.label, String.raw`[ \t]{1,2}=[ \t]{0,2}'[^ \t\r\n"'=:<>{}();,&\[\]/]`],
]

/** The scanner takes a pattern apart whose automaton is too large for one table; this keeps to the length of an expression. */
const namesPerPattern = 400

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
      const pattern: Pattern = {
        id,
        expression,
        ignoreCase: true,
        boundary: 'none',
        anchorInside: true,
        onlyLongest: true,
      }
      patterns.push({ pattern, syntax })
    }
  }
  return patterns
}

/** Letters from the end of a name that are scanned for: as many as are rarely the end of another name, for all are read then. */
const endingLetters = 8

/**
 * Expressions for the names, or for their ends where that is enough: `name` finds `full_name` too. Sorted from their ends,
 * where they are read first, so that those of a pattern share most of its automaton; beyond ASCII last.
 */
function nameEndings(recognisers: readonly Recogniser[]): string[] {
  const names = recognisers
    .filter(({ value }) => value !== undefined)
    .flatMap(({ fieldNames, vagueFieldNames = [] }) => [...fieldNames, ...vagueFieldNames])
    .flatMap((name) => [nameWords(name).join(' '), name.toLowerCase()])
  const backwards = (text: string): string => [...text].toReversed().join('')
  const endings = [...new Set(names.map((name) => backwards(endingOf(name))))].toSorted()
  // What begins with another one follows it, with only such between them.
  let last = ''
  const needed = endings.filter((ending) => {
    if (last !== '' && ending.startsWith(last)) return false
    last = ending
    return true
  })
  const expressions = needed.map((ending) => backwards(ending).replaceAll(' ', '[ _-]?'))
  const isAscii = (ending: string): boolean => Buffer.byteLength(ending) === ending.length
  return [...expressions.filter(isAscii), ...expressions.filter((ending) => !isAscii(ending))]
}

/**
 * From this length on a word beyond ASCII is scanned for without its first letter, which labels have as a capital: `Паспорт`.
 * The scanner takes letters of ASCII in either case, and no others.
 */
const leastWithoutFirst = 5

/** The last letters of a name, and the blanks between them. */
function endingOf(name: string): string {
  const characters = [...name]
  let start = characters.length
  for (let letters = 0; start > 0 && letters < endingLetters;) if (characters[--start] !== ' ') letters++
  const isFirst = start === 0 || characters[start - 1] === ' '
  if (isFirst && characters.length - start >= leastWithoutFirst && isOtherAsCapital(characters[start]))
    start++
  return characters.slice(start).join('')
}

function isOtherAsCapital(character: string): boolean {
  return character > '\x7f' && character.toUpperCase() !== character
}
