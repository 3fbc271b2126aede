import type { EntryFact } from './facts.ts'
import type { ControlState, EvidenceRef, ObjectiveResult } from './result.ts'

/** What queries answer with. */

/** Entries of these kinds as what something rests on. */
export function ofKind(entries: readonly EntryFact[], ...kinds: readonly string[]): EvidenceRef[] {
  return entries
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ index, at, kind, actor }) => ({
      kind: 'ledger-entry',
      id: `${index}`,
      at,
      what: `${kind}, by ${actor}`,
    }))
}

/** What it rests on is put in order, the newest first. */
export function result(state: ControlState, says: string, evidence: readonly EvidenceRef[]): ObjectiveResult {
  return { state, says, evidence: evidence.toSorted((a, b) => b.at - a.at) }
}

export function unknown(says: string): ObjectiveResult {
  return { state: 'not-assessable', says, evidence: [] }
}

export function onlyNow(): ObjectiveResult {
  return { ...unknown('This is known of the present only, and the time is over.'), isOfPresent: true }
}
