import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import type { ControlState } from './assessment/result.ts'

/** By what a report can be checked. */
export interface ReportOrigin {
  /** Which ledger its entries are of, how many it had, and its public key. */
  ledger: string
  size: number
  key: string
}

export const stateNames: Readonly<Record<ControlState, string>> = {
  met: 'Met',
  partly: 'Partly',
  'not-met': 'Not met',
  'not-assessable': 'Not assessable',
}

export const statesText =
  'A state says what Pavise has seen and recorded, and nothing more. Met where every part is evidenced; partly where some is, or a ' +
  'person has to show the rest; not assessable where Pavise knows nothing of it, or its newest proof is too old. The numbers are those ' +
  'of the standard, the words are ours: they do not replace its text.'

export function periodText({ framework, since, until, made }: Assessment): string {
  return `${framework.version} · ${dayText(since)} to ${dayText(Math.min(until, made))} · made ${timeText(made)}`
}

export function checkText({ ledger, size, key }: ReportOrigin): string {
  return (
    `Entries are those of the ledger ${ledger}, which had ${size} of them, signed with ${key}. Export them with ` +
    'pavise evidence export, and check them on another machine with pavise evidence verify. Records are found in the API and the ' +
    'console by their ids.'
  )
}

/** Each objective of some controls once. */
export function objectivesOf(controls: readonly AssessedControl[]): AssessedObjective[] {
  return [
    ...new Map(controls.flatMap(({ objectives }) => objectives).map((each) => [each.id, each])).values(),
  ]
}

export function askedBy({ id }: AssessedObjective, controls: readonly AssessedControl[]): string {
  return controls
    .filter(({ objectives }) => objectives.some((each) => each.id === id))
    .map((control) => control.id)
    .join(', ')
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

export function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

export function ageText(days: number): string {
  if (days < 1 / 24) return 'less than 1 h'
  return days < 1 ? `${Math.floor(days * 24)} h` : `${Math.floor(days)} d`
}
