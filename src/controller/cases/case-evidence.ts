import { headerText } from '../../evidence/entry.ts'
import type { Ledger, LedgerEntry } from '../../evidence/ledger.ts'
import { leafHash } from '../../evidence/merkle/hashing.ts'
import type { BreachCase } from '../../privacy/case.ts'
import type { CaseEvidence } from '../../report/stix.ts'
import { controllerLimits } from '../limits.ts'

/**
 * What is on record about a case, in order: each entry by the hash that it is a leaf with. Each step of its history is put on
 * record once, so that it is looked for no further when all of them are there.
 */
export async function evidenceOfCase(
  { id, openedAt, history }: Pick<BreachCase, 'id' | 'openedAt' | 'history'>,
  ledger: Ledger,
): Promise<CaseEvidence[]> {
  const found: CaseEvidence[] = []
  const limit = controllerLimits.caseEntriesRead
  let from = await ledger.firstSince(Date.parse(openedAt))
  for (let pages = 0; pages < controllerLimits.caseEntryPages && found.length < history.length; pages++) {
    const entries = await ledger.entries({ from, kind: 'case', limit })
    found.push(...entries.flatMap((entry) => evidenceIn(entry, id)))
    const last = entries.at(-1)
    if (entries.length < limit || last === undefined) break
    from = last.header.index + 1
  }
  return found
}

function evidenceIn({ header, body }: LedgerEntry, id: string): CaseEvidence[] {
  if (body === undefined) return []
  const recorded = JSON.parse(body.text) as { what: string; case?: { id: string } }
  if (recorded.case?.id !== id) return []
  const { index, time, actor } = header
  const leaf = leafHash(Buffer.from(headerText(header))).toString('hex')
  return [{ index, time, actor, what: recorded.what, leaf }]
}
