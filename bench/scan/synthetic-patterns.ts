import type { Pattern } from '../../src/scan/scanner.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const consonants = 'bcdfghjklmnprstvz'
const vowels = 'aeiou'

/**
 * Patterns as customers write them, of seven kinds in equal parts: numbers in groups, numbers behind a prefix, keys of an
 * API, codes of letters and digits, phrases in any case, assignments, addresses. The same for the same count.
 */
export function syntheticPatterns(count: number): Pattern[] {
  const random = sequence(7)
  const pick = (from: string): string => from[random(from.length)]
  const word = (syllables: number): string =>
    Array.from({ length: syllables }, () => pick(consonants) + pick(vowels)).join('')
  const code = (length: number): string => Array.from({ length }, () => pick(letters)).join('')
  const kinds: (() => Omit<Pattern, 'id'>)[] = [
    () => {
      const separator = pick('-/. ').replace('.', '\\.')
      return {
        expression: `\\d{${2 + random(3)}}${separator}\\d{${2 + random(4)}}${separator}\\d{${2 + random(4)}}`,
      }
    },
    () => ({ expression: `${code(2).toUpperCase()}-?\\d{${6 + random(6)}}` }),
    () => ({
      expression: `${word(2)}_${pick('lt')}[a-z]{3}_[0-9a-zA-Z]{${20 + random(20)}}`,
      boundary: 'none',
    }),
    () => ({ expression: `${code(3)}[0-9][A-F0-9]{${4 + random(8)}}[${code(4)}]`, ignoreCase: true }),
    () => ({ expression: `${word(3)} (?:${word(2)}|${word(3)}) ${word(2)}`, ignoreCase: true }),
    () => ({
      expression: `${word(3)}[-_]?(?:id|key|no) ?[:=] ?"?[a-z0-9]{${4 + random(12)}}`,
      ignoreCase: true,
    }),
    () => ({ expression: `[a-z0-9.]{1,32}@${word(3)}\\.(?:com|org|${code(2)})`, ignoreCase: true }),
  ]
  return Array.from({ length: count }, (_, i) => ({ id: `synthetic-${i}`, ...kinds[i % kinds.length]() }))
}

/** A linear congruential generator: constants of Numerical Recipes. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
