import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import type { AttackRule } from '../attack.ts'
import type { AttackSink, ValueDetector } from '../detector.ts'
import { Trait } from '../traits.ts'

function rule(id: string, points: number, what: string, level: AttackRule['level'] = 1): AttackRule {
  return { class: 'ldap-injection', id: `ldap.${id}`, points, level, what }
}

export const rules = {
  filter: rule('filter', 5, 'closes a filter of a directory and opens another'),
  wildcard: rule('wildcard', 5, 'a wildcard that closes the filter it stands in'),
  whole: rule('whole-filter', 5, 'a whole filter of a directory where a value is expected', 2),
}

/** Injection into filters of LDAP (RFC 4515): what closes the parenthesis around a value and opens another filter. */
export const ldapDetector: ValueDetector = {
  traits: Trait.parenthesis,
  judge({ lower, role }, sink) {
    if (role !== 'value') return
    judgeClosing(lower, sink)
    judgeWildcard(lower, sink)
    if (lower[0] === '(' && isFilter(lower, 0)) sink.report(rules.whole)
  },
}

/** `*(|(mail=*))`, `*()|&`: behind a wildcard another filter begins. */
function judgeWildcard(lower: string, sink: AttackSink): void {
  const at = lower.indexOf('*(')
  if (at < 0) return
  const isEmpty = lower[at + 2] === ')' && '&|'.includes(lower[at + 3] ?? ' ')
  if (isEmpty || isFilter(lower, at + 1)) sink.report(rules.wildcard)
}

function judgeClosing(lower: string, sink: AttackSink): void {
  let depth = 0
  for (let at = 0; at < lower.length; at++) {
    if (lower[at] === '(') depth++
    if (lower[at] !== ')') continue
    // One that was opened in the value closes nothing around it.
    if (depth > 0) {
      depth--
      continue
    }
    if (isFilter(lower, at + 1)) sink.report(rules.filter)
    else if (lower[at - 1] === '*' && at + 1 < lower.length && ')(&|%\0'.includes(lower[at + 1]))
      sink.report(rules.wildcard)
    else if (lower[at - 1] === '*' && at + 1 === lower.length && at <= 2) sink.report(rules.wildcard)
    return
  }
}

/** `(attribute=…`, `(&…`, `(|…`, `(!…` at `at`. */
function isFilter(lower: string, at: number): boolean {
  if (lower[at] !== '(') return false
  const next = lower[at + 1]
  if (next === '&' || next === '|' || next === '!')
    return lower[at + 2] === '(' || lower[at + 2] === ')' || lower[at + 2] === undefined
  let end = at + 1
  while (end - at < 64 && isAttributePart(lower.charCodeAt(end))) end++
  if (end === at + 1) return false
  if (lower[end] === '=') return lower[end + 1] !== '='
  return (lower[end] === '~' || lower[end] === '>' || lower[end] === '<') && lower[end + 1] === '='
}

/** Letters, digits, hyphens and options (RFC 4512 section 2.5). */
function isAttributePart(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x2d || code === 0x3b || code === 0x3a
}
