import { compilePattern } from '../pattern/compile-pattern.ts'
import { SecLangError } from '../problem.ts'
import { isVariableName, type VariableName } from '../transaction/variable-names.ts'

/** Which entries of a collection are meant: by name, whatever its case, or by a pattern. */
export type TargetKey =
  | { kind: 'name'; name: string }
  | { kind: 'pattern'; text: string; matches: (name: string) => boolean }

/** One of the variables that a rule looks at. */
export interface Target {
  variable: VariableName
  key: TargetKey | undefined
  /** `&ARGS`: how many there are. */
  isCount: boolean
  /** `!ARGS:a`: left out of what the others name. */
  isExcluded: boolean
}

/** Reads `ARGS|!ARGS:/^x/|&TX:a`. @throws SecLangError for a variable that is not known. */
export function readTargets(text: string): Target[] {
  return splitTargets(text).map(readTarget)
}

function readTarget(text: string): Target {
  const isExcluded = text.startsWith('!')
  const isCount = text.startsWith('&')
  const bare = isExcluded || isCount ? text.slice(1) : text
  const colon = bare.indexOf(':')
  const name = (colon < 0 ? bare : bare.slice(0, colon)).toUpperCase()
  if (!isVariableName(name)) throw new SecLangError(`the variable ${name} is not known here`)
  return {
    variable: name,
    key: colon < 0 ? undefined : readKey(bare.slice(colon + 1)),
    isCount,
    isExcluded,
  }
}

function readKey(text: string): TargetKey {
  const bare = /^'.*'$/s.test(text) ? text.slice(1, -1) : text
  if (bare.length < 2 || !bare.startsWith('/') || !bare.endsWith('/') || bare === '/*')
    return { kind: 'name', name: bare.toLowerCase() }
  const pattern = compilePattern(`(?i)${bare.slice(1, -1)}`)
  return { kind: 'pattern', text: bare, matches: (name) => pattern.match(name, false) !== undefined }
}

/** At `|` outside of a key's pattern. */
function splitTargets(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let inPattern = ''
  for (let at = 0; at < text.length; at++) {
    if (inPattern === '') {
      if (text[at] === '|') {
        parts.push(text.slice(start, at))
        start = at + 1
      } else if (text[at] === ':') inPattern = beginOfPattern(text, at + 1)
    } else if (
      text.startsWith(inPattern, at) &&
      text[at - 1] !== '\\' &&
      endsTarget(text, at + inPattern.length)
    )
      inPattern = ''
  }
  parts.push(text.slice(start))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** What ends it; empty where a key is none. */
function beginOfPattern(text: string, at: number): string {
  if (text.startsWith("'/", at)) return "/'"
  return text[at] === '/' && text[at + 1] !== '*' && text[at + 1] !== '/' ? '/' : ''
}

function endsTarget(text: string, at: number): boolean {
  return at >= text.length || text[at] === '|' || text[at] === ','
}
