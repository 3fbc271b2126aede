import type { SimulatedDenial, Simulation } from '../../policy/simulation.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Rows of denials that people are shown. */
const MAX_ROWS = 200

type Report = Pick<Simulation, 'denials' | 'counts' | 'unlisted'>

export function simulationRecords(simulation: Report, incomplete: boolean): object[] {
  const { denials, unlisted, counts } = simulation
  return [
    ...denials.map((denial) => ({ type: 'simulated-denial', ...denial })),
    { type: 'simulation', ...counts, unlisted, incomplete },
  ]
}

export function simulationLines(simulation: Report, style: Style, width: number): string[] {
  const { denials, counts, unlisted } = simulation
  const { flows, allowed, denied, undecided, outside, attempts, blockedToday } = counts
  const shown = denials.slice(0, MAX_ROWS)
  const more = denials.length - shown.length
  const total = `${flows} flows: ${allowed} allowed, ${denied} would be blocked, ${undecided} not decided, ${outside} that it is not about`
  const besides = [
    ...(attempts > 0 ? [`${attempts} that nobody took`] : []),
    ...(blockedToday > 0 ? [`${blockedToday} blocked already today`] : []),
  ]
  return [
    ...(shown.length === 0 ? ['Nothing would be blocked.'] : denialTable(shown, style, width)),
    ...(more > 0 ? [`… and ${more} more; --json has all of them`] : []),
    ...(unlisted > 0 ? [`${unlisted} flows more are of further kinds, which are not listed`] : []),
    '',
    style.bold([total, ...besides].join(', ')),
  ]
}

function denialTable(denials: readonly SimulatedDenial[], style: Style, width: number): string[] {
  const columns = [
    { title: 'FLOWS', least: 5, align: 'right' as const },
    { title: 'FROM', least: 12 },
    { title: 'TO', least: 12 },
    { title: 'PORT', least: 8 },
    { title: 'APPLICATION', least: 8 },
    { title: 'BLOCKED BY', least: 20 },
    { title: 'NEAREST THAT ALLOWS', least: 0 },
  ]
  const cells = denials.map(({ flows, from, to, transport, port, application, explanation }) => [
    { text: String(flows), style: style.alarm },
    { text: printable(from) },
    { text: printable(to) },
    { text: `${transport}/${port}` },
    { text: application },
    { text: printable(blockedBy(explanation)) },
    { text: printable(explanation.nearest?.rule.id ?? '') },
  ])
  return layoutTable(columns, cells, width)
}

/** The rule, and of what it requires that which does not hold. */
function blockedBy({ decidedBy }: SimulatedDenial['explanation']): string {
  if (decidedBy === undefined) return 'no rule allows it'
  const { rule, checks } = decidedBy
  const unmet = checks.filter(({ check }) => check === 'unmet')
  if (unmet.length === 0) return rule.id
  return `${rule.id}: ${unmet.map(({ criterion, seen }) => `${criterion} ${seen}`).join(', ')}`
}
