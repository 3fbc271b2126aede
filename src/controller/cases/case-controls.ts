import type { CaseControlState } from '../../model/case-words.ts'
import type { CaseScope, Recipient, ScopeControl } from '../../privacy/case.ts'

/** What is in force. */
export interface ControlsInForce {
  /** Number of the policy's version; null before the first. */
  policy: number | null
  /** Groups that the workloads of a case are in, and how their network is enforced. */
  modes: readonly { group: string; mode: string }[]
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
}

/** How each control did. Only Protect stops anything: in the other modes what a rule denies goes on, and is told of. */
export function controlsOf(
  { policy, modes }: ControlsInForce,
  { recipients, violations, attacks }: Went,
): ScopeControl[] {
  const outside = recipients.filter(({ isExternal }) => isExternal)
  const hasLeft: CaseControlState = outside.length > 0 ? 'failed' : 'held'
  return [
    { control: 'policy', state: policy === null ? 'off' : 'held', subject: `${policy ?? ''}`, count: 0 },
    ...modes.map(({ group, mode }) => ({
      control: 'mode' as const,
      state: mode === 'Protect' ? hasLeft : ('off' as const),
      subject: `${group}: ${mode}`,
      count: 0,
    })),
    ...attacks.map(({ action, class: subject, count }) => ({
      ...{ control: 'attacks' as const, state: stateOf(action), subject, count },
    })),
    ...violations.map(({ action, criterion: subject, count }) => ({
      ...{ control: 'rules' as const, state: stateOf(action), subject, count },
    })),
    ...outside.map(({ name: subject, isEncrypted, flows: count }) => ({
      ...{ control: 'encryption' as const, state: isEncrypted ? ('held' as const) : ('failed' as const) },
      ...{ subject, count },
    })),
  ]
}

function stateOf(action: 'reported' | 'blocked'): CaseControlState {
  return action === 'blocked' ? 'held' : 'failed'
}
