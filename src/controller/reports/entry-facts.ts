import type { LedgerEntry } from '../../evidence/ledger.ts'
import { evidenceKinds } from '../../model/evidence-kinds.ts'
import type { CheckFact, EntryFact } from '../../report/assessment/facts.ts'
import type { RecordedState } from '../../report/assessment/objective-states.ts'
import type { Controller } from '../controller.ts'
import { controllerLimits } from '../limits.ts'

/** Of each kind the newest, so that many of one leave room for the others; newest first. */
export async function entriesOf(
  { ledger }: Controller,
  { since, until }: { since: number; until: number },
): Promise<LedgerEntry[]> {
  const [from, to] = [await ledger.firstSince(since), await ledger.firstSince(until)]
  const entries = []
  for (const kind of evidenceKinds) {
    const query = { from, to, kind, limit: controllerLimits.reportEntries, isNewestFirst: true }
    entries.push(...(await ledger.entries(query)))
  }
  return entries.toSorted((a, b) => b.header.index - a.header.index)
}

export function entryFact(entry: LedgerEntry): EntryFact {
  const { index, time, kind, actor } = entry.header
  const fact = { index, at: Date.parse(time), kind, actor }
  if (kind === 'response') return { ...fact, ...responded(entry) }
  return kind === 'export' ? { ...fact, ...handedOut(entry) } : fact
}

/** What each objective came to when it was looked at. */
export function checkFacts(entry: LedgerEntry): CheckFact[] {
  const { index, time, kind } = entry.header
  if (kind !== 'check') return []
  const { objectives = [] } = bodyOf<{ objectives: RecordedState[] }>(entry)
  return objectives.map(({ id, state, says }) => ({
    ...{ entry: index, at: Date.parse(time), objective: id, state, says },
  }))
}

function responded(entry: LedgerEntry): Pick<EntryFact, 'response'> {
  const { action, outcome } = bodyOf<{ action: string; outcome: string }>(entry)
  return action === undefined || outcome !== 'done' ? {} : { response: action }
}

function handedOut(entry: LedgerEntry): Pick<EntryFact, 'handedOut'> {
  const { document, missing = 0 } = bodyOf<{ document: string; missing: number }>(entry)
  return document === undefined ? {} : { handedOut: { document, missing } }
}

/** Nothing where it was erased. */
function bodyOf<Body extends object>({ body }: LedgerEntry): Partial<Body> {
  return body === undefined ? {} : (JSON.parse(body.text) as Partial<Body>)
}
