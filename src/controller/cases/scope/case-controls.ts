import type { CaseControlState } from '../../../model/case-words.ts'
import type { CaseScope, Recipient, ScopeControl } from '../../../privacy/case.ts'

/** A part of the time of a case, RFC 3339; all of it where it is left out. */
export interface PartOfTime {
  since?: string
  until?: string
}

/** What stood against a breach in its time. */
export interface ControlsThen {
  /** Versions of the policy that were in force, one after the other; null before the first. */
  policies: readonly (PartOfTime & { version: number | null })[]
  /** Groups that the workloads of the case are in, and how their network was enforced. */
  modes: readonly (PartOfTime & { group: string; mode: string })[]
  /** Detectors of personal data, attacks and threats that were switched off. */
  detectorsOff: readonly (PartOfTime & { name: string; choice: string })[]
  /** Names of the workloads of the case, and whether their packets were read. */
  sights: readonly { workload: string; isSeen: boolean }[]
}

export interface AttackCount {
  action: 'reported' | 'blocked'
  class: string
  count: number
}

/** What happened in spite of the controls, or was stopped by them. */
interface Went {
  recipients: readonly Recipient[]
  violations: CaseScope['violations']
  attacks: readonly AttackCount[]
  gaps: CaseScope['gaps']
}

/** How each control did. Only Protect stops anything: in the other modes what a rule denies goes on, and is told of. */
export function controlsOf(stood: ControlsThen, went: Went): ScopeControl[] {
  return [...standing(stood, went), ...met(went)]
}

/** What stood there, whatever came. */
function standing(
  { policies, modes, detectorsOff, sights }: ControlsThen,
  { recipients, gaps }: Went,
): ScopeControl[] {
  return [
    ...policies.map(({ version, ...part }) => ({
      ...{ control: 'policy' as const, state: version === null ? ('off' as const) : ('held' as const) },
      ...{ subject: `${version ?? ''}`, count: 0, ...part },
    })),
    ...modes.map(({ group, mode, ...part }) => ({
      ...{ control: 'mode' as const, state: modeState(mode, part, recipients) },
      ...{ subject: `${group}: ${mode}`, count: 0, ...part },
    })),
    ...detectorsOff.map(({ name, choice, ...part }) => ({
      ...{ control: 'detector' as const, state: 'off' as const, subject: `${name}: ${choice}`, count: 0 },
      ...part,
    })),
    ...sights.map(({ workload: subject, isSeen }) => ({
      ...{
        control: 'sight' as const,
        state: isSeen ? ('held' as const) : ('off' as const),
        subject,
        count: 0,
      },
    })),
    ...gaps.map(({ reason: subject, count }) => ({
      ...{ control: 'sight' as const, state: 'failed' as const, subject, count },
    })),
  ]
}

/** What was met by what came. */
function met({ recipients, violations, attacks }: Went): ScopeControl[] {
  return [
    ...attacks.map(({ action, class: subject, count }) => ({
      ...{ control: 'attacks' as const, state: stateOf(action), subject, count },
    })),
    ...violations.map(({ action, criterion: subject, count }) => ({
      ...{ control: 'rules' as const, state: stateOf(action), subject, count },
    })),
    ...recipients
      .filter(({ isExternal }) => isExternal)
      .map(({ name: subject, isEncrypted, flows: count }) => ({
        ...{ control: 'encryption' as const, state: isEncrypted ? ('held' as const) : ('failed' as const) },
        ...{ subject, count },
      })),
  ]
}

/** Whether data left while a group was in a mode. */
function modeState(
  mode: string,
  { since = '', until = '9' }: PartOfTime,
  recipients: readonly Recipient[],
): CaseControlState {
  if (mode !== 'Protect') return 'off'
  const hasLeft = recipients.some(
    ({ isExternal, first, last }) => isExternal && first < until && last >= since,
  )
  return hasLeft ? 'failed' : 'held'
}

function stateOf(action: 'reported' | 'blocked'): CaseControlState {
  return action === 'blocked' ? 'held' : 'failed'
}
