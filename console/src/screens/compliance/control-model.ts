import type { Report } from '../../../../src/api/contract/types.ts'
import { queryText, type UrlState } from '../../url-state.ts'

export type Control = Report['controls'][number]
export type Objective = Control['objectives'][number]
export type State = Control['state']
type Evidence = Objective['evidence'][number]

/** States, the worst first: each is a mark and words. */
export const states: Readonly<Record<State, { mark: string; name: string; level: string }>> = {
  'not-met': { mark: '✕', name: 'not met', level: 'high' },
  partly: { mark: '▲', name: 'partly met', level: 'medium' },
  met: { mark: '✓', name: 'met', level: 'low' },
  'not-assessable': { mark: '○', name: 'not assessable here', level: '' },
}

/** The controls that the address asks for, the worst first, as the framework orders them. */
export function controlsFor(controls: readonly Control[], { state, find }: UrlState): Control[] {
  const order = Object.keys(states)
  const text = find?.toLowerCase() ?? ''
  return controls
    .filter((control) => !state || control.state === state)
    .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(text))
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}

export function countOf(controls: readonly Control[], state: State): number {
  return controls.filter((control) => control.state === state).length
}

/** What evidences a control: how much there is, and how old the newest of it is; of an objective without any, null. */
export function evidenceOf({ objectives }: Control): { count: number; ageDays: number | null } {
  const ages = objectives.flatMap(({ ageDays }) => (ageDays === null ? [] : [ageDays]))
  return {
    count: objectives.reduce((sum, { evidenceCount }) => sum + evidenceCount, 0),
    ageDays: ages.length === 0 ? null : Math.min(...ages),
  }
}

/** `today`, `3 days`: how old evidence is. */
export function daysText(days: number): string {
  const whole = Math.floor(days)
  if (whole < 1) return 'today'
  return whole === 1 ? '1 day' : `${whole} days`
}

/** Where what evidences something is looked at. */
export function evidencePath({ kind, id }: Evidence): string | undefined {
  const paths: Readonly<Record<string, string>> = {
    'ledger-entry': `/evidence${queryText({ entry: id })}`,
    finding: '/events',
    coverage: '/events?kind=coverage',
    case: `/incidents/${encodeURIComponent(id)}`,
    account: '/settings?part=accounts',
    workload: `/workload${queryText({ id })}`,
    group: `/network${queryText({ view: 'groups', group: id })}`,
    'policy-version': `/network${queryText({ view: 'history', version: id })}`,
    transfer: `/flows${queryText({ view: 'declared', transfer: id })}`,
    difference: `/flows${queryText({ view: 'differences', difference: id })}`,
    exception: `/flows${queryText({ view: 'differences', difference: id })}`,
    processor: `/flows${queryText({ view: 'partners', partner: id })}`,
    rule: '/network?view=rules',
    setting: '/settings',
    witness: '/evidence',
  }
  return Object.hasOwn(paths, kind) ? paths[kind] : undefined
}
