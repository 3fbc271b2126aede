import { reportLimits } from '../limits.ts'
import type { Control, Framework } from '../frameworks/framework.ts'
import { frameworks } from '../frameworks/index.ts'
import { factsWithin, type ReportFacts } from './facts.ts'
import { type Objective, type ObjectiveId, objectives } from './objectives.ts'
import type { ControlState, EvidenceRef, ObjectiveResult } from './result.ts'

const day = 24 * 3_600_000

/** An objective as a control is held to it. */
export interface AssessedObjective {
  id: ObjectiveId
  title: string
  state: ControlState
  says: string
  /** The newest. */
  evidence: readonly EvidenceRef[]
  /** How many there are. */
  evidenceCount: number
  /** Of the newest when the period ends, or now; null where there is none. In days. */
  ageDays: number | null
  /** What a person has to show; null where a query says all that can be said here. */
  person: string
  hasQuery: boolean
}

export interface AssessedControl {
  id: string
  title: string
  state: ControlState
  objectives: AssessedObjective[]
  /** States in equal parts of the period, oldest first. */
  history: ControlState[]
  /** Numbers elsewhere that ask for one of the same objectives. */
  equivalents: { framework: string; id: string }[]
}

export interface Assessment {
  framework: Framework
  /** Milliseconds since 1970. */
  since: number
  until: number
  made: number
  controls: AssessedControl[]
}

/** How far a framework is evidenced over a period. */
export function assess(framework: Framework, facts: ReportFacts, made: number): Assessment {
  const { since, until } = facts
  const now = assessObjectives(facts, Math.min(until, made))
  const slices = slicesOf(since, Math.min(until, made)).map(([from, to]) =>
    assessObjectives(factsWithin(facts, from, to), to),
  )
  const controls = framework.controls.map((control) => ({
    ...{ id: control.id, title: control.title, objectives: control.objectives.map((id) => now(id)) },
    state: stateOf(control, now),
    history: slices.map((slice) => stateOf(control, slice)),
    equivalents: equivalentsOf(framework, control),
  }))
  return { framework, since, until, made, controls }
}

/** Looks for each objective once, whatever number of controls asks for it. */
export function assessObjectives(facts: ReportFacts, end: number): (id: ObjectiveId) => AssessedObjective {
  const known = new Map<ObjectiveId, AssessedObjective>()
  return (id) => {
    const assessed = known.get(id) ?? assessObjective(id, facts, end)
    known.set(id, assessed)
    return assessed
  }
}

function assessObjective(id: ObjectiveId, facts: ReportFacts, end: number): AssessedObjective {
  const { title, person, query, maxAgeDays = Infinity }: Objective = objectives[id]
  const found = query === undefined ? forAPerson : foundBy(id, query, facts)
  const newest = found.evidence[0]?.at
  const ageDays = newest === undefined ? null : Math.max(0, (end - newest) / day)
  const { state, says } = stale(found, ageDays, maxAgeDays)
  const evidence = found.evidence.slice(0, reportLimits.evidenceShown)
  const evidenceCount = found.evidence.length
  return { id, title, state, says, evidence, evidenceCount, ageDays, person, hasQuery: query !== undefined }
}

const forAPerson: ObjectiveResult = {
  state: 'not-assessable',
  says: 'This is for a person to show.',
  evidence: [],
}

/** What is known of the present only is, of a time that is over, what was on record of it last. */
function foundBy(
  id: ObjectiveId,
  query: NonNullable<Objective['query']>,
  facts: ReportFacts,
): ObjectiveResult {
  const found = query(facts)
  const check = found.isOfPresent === true ? facts.checks.find((each) => each.objective === id) : undefined
  if (check === undefined) return found
  const { entry, at, state, says } = check
  const what = 'check of what was evidenced'
  return { state, says, evidence: [{ kind: 'ledger-entry', id: `${entry}`, at, what }] }
}

/** A proof that is too old is none; that something was wrong does not become right by age. */
function stale(
  { state, says }: ObjectiveResult,
  ageDays: number | null,
  maxAgeDays: number,
): Pick<ObjectiveResult, 'state' | 'says'> {
  const isProof = state === 'met' || state === 'partly'
  if (!isProof || (ageDays !== null && ageDays <= maxAgeDays)) return { state, says }
  const age =
    ageDays === null
      ? 'There is no proof of it.'
      : `The newest proof is ${Math.floor(ageDays)} days old; more than ${maxAgeDays} say nothing.`
  return { state: 'not-assessable', says: `${age} Then: ${says}` }
}

/**
 * The worst of what can be assessed. Met in full only where every objective is: what a person has to show besides leaves it at partly.
 */
function stateOf({ objectives: asked }: Control, of: (id: ObjectiveId) => AssessedObjective): ControlState {
  const states = asked.map((id) => of(id).state)
  const assessable = states.filter((state) => state !== 'not-assessable')
  if (assessable.length === 0) return 'not-assessable'
  if (assessable.every((state) => state === 'not-met')) return 'not-met'
  return states.every((state) => state === 'met') ? 'met' : 'partly'
}

/** Equal parts of a time, of a day or more. */
function slicesOf(since: number, until: number): [from: number, to: number][] {
  const count = Math.max(1, Math.min(reportLimits.slices, Math.floor((until - since) / day)))
  const width = (until - since) / count
  return Array.from({ length: count }, (_, i) => [
    since + i * width,
    i === count - 1 ? until + 1 : since + (i + 1) * width,
  ])
}

/** What elsewhere asks for one of the same objectives. */
function equivalentsOf(framework: Framework, { objectives: asked }: Control): AssessedControl['equivalents'] {
  return Object.values(frameworks).flatMap((other) =>
    other.id === framework.id
      ? []
      : other.controls
          .filter((control) => control.objectives[0] === asked[0])
          .map(({ id }) => ({ framework: other.id, id })),
  )
}
