import type { ReportFacts } from './facts.ts'
import { assessObjectives } from './assess.ts'
import { type Objective, type ObjectiveId, objectives } from './objectives.ts'
import type { ControlState } from './result.ts'

/** How far an objective is evidenced, as it is put on record. */
export interface RecordedState {
  id: string
  state: ControlState
  says: string
  /** How many proofs there were. */
  evidence: number
}

/** Of each objective that has a query. */
export function objectiveStates(facts: ReportFacts): RecordedState[] {
  const assessed = assessObjectives(facts, facts.until)
  return Object.entries<Objective>(objectives)
    .filter(([, { query }]) => query !== undefined)
    .map(([id]) => {
      const { state, says, evidenceCount: evidence } = assessed(id as ObjectiveId)
      return { id, state, says, evidence }
    })
}
