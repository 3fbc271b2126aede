import { RE2JS } from 're2js'
import { SecLangError } from '../problem.ts'
import { BacktrackingPattern } from './backtracking.ts'
import { parsePattern } from './parse.ts'
import type { Pattern } from './syntax.ts'

const matched: readonly string[] = []

/**
 * In linear time where RE2 can (re2js); what it leaves out (possessive repeats, look-around, references back) by trying, with a limit.
 *
 * @throws SecLangError where it is no pattern
 */
export function compilePattern(text: string): Pattern {
  let linear: RE2JS
  try {
    linear = RE2JS.compile(text, RE2JS.DOTALL)
  } catch {
    return new BacktrackingPattern(parsePattern(text))
  }
  return {
    isLinear: true,
    gaveUp: 0,
    match: (value, groups) => {
      if (!linear.test(value)) return undefined
      return groups ? groupsOf(linear, value) : matched
    },
  }
}

function groupsOf(pattern: RE2JS, text: string): string[] {
  const matcher = pattern.matcher(text)
  if (!matcher.find()) throw new SecLangError('a pattern matched and did not')
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
}
