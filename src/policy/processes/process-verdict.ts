import type { ProgramOrigin } from '../../model/records.ts'
import type { ProcessRule } from '../definition.ts'
import { matchesWildcard } from '../../lib/wildcard.ts'
import type { Profile } from './profile.ts'
import type { Suspicion } from './suspicion.ts'

/** What is asked about a program that is to run. */
export interface ProcessFacts {
  name: string
  path: string
  /** Number of the user in the container, and its name where that is known. */
  uid: number
  userName?: string
  origin: ProgramOrigin
  suspicion?: Suspicion
}

/** What decided. */
export type ProcessReason = 'rule' | 'image' | 'drift' | 'not-listed' | 'suspicious'

export interface ProcessVerdict {
  /** `learn` in Discover, of what nobody has spoken of; `report` where it would be blocked in Protect. */
  effect: 'allow' | 'learn' | 'report' | 'block'
  reason: ProcessReason
  /** Of the rule that decided. */
  rule?: string
}

const drifted: ReadonlySet<ProgramOrigin> = new Set(['changed', 'added', 'memory'])

/**
 * Whether a program may run. The first rule that matches decides. Under `zero-drift` a rule that allows does not speak of a program
 * that is not as the image brought it, unless it says so. What no rule speaks of is the image's, or it is learned or held to be
 * wrong; what is suspicious is never learned, and a reverse shell is not excused by a rule for the shell.
 */
export function decideProcess(profile: Profile, facts: ProcessFacts): ProcessVerdict {
  const { suspicion, origin } = facts
  const isZeroDrift = profile.baseline === 'zero-drift'
  const hasDrifted = isZeroDrift && drifted.has(origin)
  if (suspicion?.isNeverExcused === true) return wrong(profile, 'suspicious')
  for (const rule of profile.processes) {
    if (!matchesProcess(rule, facts)) continue
    if (rule.action === 'deny') return { ...wrong(profile, 'rule'), rule: rule.id }
    if (!hasDrifted || rule.allowUpdate === true) return { effect: 'allow', reason: 'rule', rule: rule.id }
  }
  if (suspicion !== undefined) return wrong(profile, 'suspicious')
  if (hasDrifted) return wrong(profile, 'drift')
  if (isZeroDrift && origin === 'image') return { effect: 'allow', reason: 'image' }
  return profile.mode === 'Discover'
    ? { effect: 'learn', reason: 'not-listed' }
    : wrong(profile, 'not-listed')
}

/**
 * Whether what a program needs to run (its interpreter, the loader of its libraries) may be used for it: it is not listed by itself,
 * but what is denied or has drifted is so in every part.
 */
export function decidePart(profile: Profile, facts: ProcessFacts): ProcessVerdict {
  const verdict = decideProcess(profile, facts)
  const isImplied = verdict.reason === 'not-listed'
  return isImplied ? { effect: 'allow', reason: 'image' } : verdict
}

/** Whether what a profile says of a file does not depend on who runs it, and under what name. */
export function isSameForAll(profile: Profile, path: string): boolean {
  return profile.processes.every(
    ({ user, name, path: wanted }) =>
      (user === undefined && (name === '' || name === '*' || name === baseName(path))) ||
      (wanted !== '' && !matchesWildcard(wanted, path)),
  )
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function matchesProcess({ name, path, user }: ProcessRule, facts: ProcessFacts): boolean {
  return (
    (name === '' || matchesWildcard(name, facts.name)) &&
    (path === '' || matchesWildcard(path, facts.path)) &&
    (user === undefined || user === facts.userName || user === String(facts.uid))
  )
}

function wrong(profile: Profile, reason: ProcessReason): ProcessVerdict {
  return { effect: profile.mode === 'Protect' ? 'block' : 'report', reason }
}
