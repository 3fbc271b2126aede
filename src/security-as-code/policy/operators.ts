import { type ObjectReport, tellWarning } from './policy-object.ts'

/** Operators of old exports, and what they have been since NeuVector 5.3.2. */
const deprecated = new Map([
  ['regexContainsAny', 'regex'],
  ['!regexContainsAny', '!regex'],
  ['regexContainsAnyEx', 'regex'],
  ['!regexContainsAnyEx', '!regex'],
])

/** An object with deprecated operators replaced, each told as a warning. */
export function withCurrentOperators(
  value: unknown,
  report: ObjectReport,
  path: (string | number)[] = [],
): unknown {
  if (Array.isArray(value)) return value.map((item, i) => withCurrentOperators(item, report, [...path, i]))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => {
    const at = [...path, key]
    const current = key === 'op' && typeof item === 'string' ? deprecated.get(item) : undefined
    if (current === undefined) return [key, withCurrentOperators(item, report, at)] as const
    tellWarning(report, at, `${String(item)} is deprecated and read as ${current}`, `Write ${current}.`)
    return [key, current] as const
  })
  return Object.fromEntries(entries)
}
