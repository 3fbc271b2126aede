import { allRules } from '../../attacks/all-rules.ts'
import { hasEnded } from '../../attacks/exceptions.ts'
import { matchesWildcard } from '../../lib/wildcard.ts'
import type { AttackException } from '../../model/attack-exception.ts'
import type { GroupList } from './group-list.ts'
import { type ObjectReport, tellError, tellWarning } from './policy-object.ts'
import type { AttackExceptionObject } from './schemas.ts'

/** Rules that users bring: their ids are not known here. */
const brought = ['seclang.', 'suricata.']

export function readAttackException(
  { metadata: { name }, spec }: AttackExceptionObject,
  report: ObjectReport,
  groups: GroupList,
): AttackException {
  for (const [i, group] of (spec.groups ?? []).entries()) groups.refer(group, report, ['spec', 'groups', i])
  if (!isDay(spec.until))
    tellError(
      report,
      ['spec', 'until'],
      `${JSON.stringify(spec.until)} is no day`,
      'Write its last day: 2027-03-31.',
    )
  else if (hasEnded({ name, ...spec }, Date.now()))
    tellWarning(
      report,
      ['spec', 'until'],
      'its last day is over: it holds no more',
      'Take it out, or give it another.',
    )
  for (const [i, pattern] of spec.rules.entries()) {
    const isKnown = allRules.some(({ id }) => matchesWildcard(pattern, id))
    if (isKnown || brought.some((prefix) => pattern.startsWith(prefix))) continue
    const next = 'docs/reference/attack-rules.md has all of them; sql.* is all that begin so.'
    tellWarning(report, ['spec', 'rules', i], `there is no rule ${JSON.stringify(pattern)}`, next)
  }
  return { name, ...spec }
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
