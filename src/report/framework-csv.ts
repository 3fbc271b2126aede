import { csvLine } from '../lib/csv-line.ts'
import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import type { EvidenceRef } from './assessment/result.ts'

const columns = [
  ...['framework', 'control', 'asks', 'control_state', 'objective', 'objective_state', 'says', 'age_days'],
  ...['evidence_count', 'evidence', 'person_has_to_show', 'states_over_period', 'equivalents'],
]

/** A line for each objective of each control (RFC 4180). */
export function frameworkCsv({ framework, controls }: Assessment): string {
  const lines = controls.flatMap((control) =>
    control.objectives.map((objective) => csvLine(valuesOf(framework.id, control, objective))),
  )
  return [csvLine(columns), ...lines].join('')
}

function valuesOf(framework: string, control: AssessedControl, objective: AssessedObjective): string[] {
  const { id, title, state, history, equivalents } = control
  const { title: asks, state: found, says, ageDays, evidenceCount, evidence, person } = objective
  const age = ageDays === null ? '' : ageDays.toFixed(1)
  const elsewhere = equivalents.map((each) => `${each.framework} ${each.id}`).join('; ')
  return [
    ...[framework, id, title, state, asks, found, says, age, `${evidenceCount}`],
    ...[evidence.map(refText).join('; '), person, history.join(' '), elsewhere],
  ]
}

function refText({ kind, id, at }: EvidenceRef): string {
  return `${kind} ${id} ${new Date(at).toISOString()}`
}
