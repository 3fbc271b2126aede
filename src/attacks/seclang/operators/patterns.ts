import { isAscii } from '../../../lib/ascii.ts'
import { LiteralSet } from '../../literals/literal-set.ts'
import { limits } from '../limits.ts'
import { compilePattern } from '../pattern/compile-pattern.ts'
import type { Pattern } from '../pattern/syntax.ts'
import { SecLangError } from '../problem.ts'
import type { Operator, OperatorFactory, OperatorScope } from './operator.ts'

/** A pattern; one with macros is made when its text is known. */
export const rx: OperatorFactory = (argument, source) => {
  if (argument.includes('%{')) return expandedPattern(argument)
  const pattern = compilePattern(argument)
  if (!pattern.isLinear)
    source.differs(
      `the pattern is none of RE2's: it is given up after ${limits.patternSteps} steps on a value. ` +
        'Write it without possessive repeats, look-around and references back',
    )
  return (value, scope) => isFound(pattern, value, scope)
}

function isFound(pattern: Pattern, value: string, scope: OperatorScope): boolean {
  const groups = pattern.match(value, scope.captures())
  if (groups !== undefined && scope.captures()) scope.capture(groups)
  return groups !== undefined
}

/** Macros mostly say the same for each request. Where they make no pattern, nothing matches. */
function expandedPattern(argument: string): Operator {
  const patterns = new Map<string, Pattern | undefined>()
  return (value, scope) => {
    const text = scope.expand(argument)
    if (!patterns.has(text)) {
      if (patterns.size >= limits.expandedPatterns) patterns.clear()
      patterns.set(text, patternOf(text))
    }
    const pattern = patterns.get(text)
    return pattern !== undefined && isFound(pattern, value, scope)
  }
}

function patternOf(text: string): Pattern | undefined {
  if (text.length > limits.expandedCharacters) return undefined
  try {
    return compilePattern(text)
  } catch (error) {
    if (error instanceof SecLangError) return undefined
    throw error
  }
}

/** Phrases with blanks between them, whatever their case. */
export const pm: OperatorFactory = (argument) => phrases(argument.split(/\s+/))

/** Phrases, one a line; lines that begin with `#` are none. */
export const pmFromFile: OperatorFactory = (argument, source) =>
  phrases(
    argument
      .split(/\s+/)
      .filter((name) => name !== '')
      .flatMap((name) => source.readData(name).split('\n'))
      .map((line) => line.trim())
      .filter((line) => !line.startsWith('#')),
  )

function phrases(all: readonly string[]): Operator {
  const wanted = [...new Set(all.filter((phrase) => phrase !== '').map((phrase) => phrase.toLowerCase()))]
  if (wanted.length === 0) throw new SecLangError('there are no phrases to look for')
  // Bytes beyond ASCII are looked for one by one: the set takes them for one another.
  const plain = wanted.filter(isAscii)
  const set = plain.length > 0 ? setsOf(plain) : []
  const others = wanted.filter((phrase) => !isAscii(phrase))
  return (value, scope) => {
    const lower = value.toLowerCase()
    const found = firstOf(set, lower) ?? others.find((phrase) => lower.includes(phrase))
    if (found !== undefined) scope.capture([found])
    return found !== undefined
  }
}

function firstOf(sets: readonly LiteralSet<string>[], lower: string): string | undefined {
  let first: string | undefined
  for (const set of sets) {
    if (first !== undefined) break
    set.find(lower, (phrase) => {
      first ??= phrase
    })
  }
  return first
}

/** States that one set holds at most. */
const SET_CHARACTERS = 60_000

function setsOf(all: readonly string[]): LiteralSet<string>[] {
  const sets: LiteralSet<string>[] = []
  let batch: string[] = []
  let characters = 0
  for (const phrase of all) {
    if (characters + phrase.length > SET_CHARACTERS) {
      sets.push(new LiteralSet(batch.map((each) => [each, each])))
      batch = []
      characters = 0
    }
    batch.push(phrase)
    characters += phrase.length
  }
  sets.push(new LiteralSet(batch.map((each) => [each, each])))
  return sets
}
