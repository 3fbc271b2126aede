import type { EvidenceStatus, Session } from '../../../../src/api/contract/types.ts'
import { useEvidence } from '../../api/evidence-queries.ts'
import { fullNumber } from '../../text.ts'
import { Moment } from '../../ui/moment.tsx'
import { Ago, Facts, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { PartsNav } from '../../ui/parts-nav.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { BundlePart } from './bundle-part.tsx'
import { EntriesPart } from './entries-part.tsx'
import { GrowthPart } from './growth-part.tsx'

const parts = { entries: 'Entries', growth: 'Did it only grow?', bundle: 'Hand out and check' }

/** The ledger of what happened: what is in it, proved in the browser, and how to hand it out. */
export function EvidenceScreen({ session }: { session: Session }) {
  const { data, error, refetch, dataUpdatedAt } = useEvidence()
  const [{ part: named = '' }] = useUrlState()
  const chosen = Object.hasOwn(parts, named) ? named : 'entries'
  return (
    <>
      <ScreenHead title="Evidence" updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <LedgerNote ledger={data} /> : null}
      <PartsNav
        label="Parts"
        parts={parts}
        chosen={chosen}
        href={(part) => `/evidence${queryText({ part: part === 'entries' ? '' : part })}`}
      />
      {data && chosen === 'entries' ? <EntriesPart ledger={data} /> : null}
      {data && chosen === 'growth' ? <GrowthPart ledger={data} /> : null}
      {data && chosen === 'bundle' ? (
        <BundlePart ledger={data} mayReadCases={session.permissions.includes('cases:read')} />
      ) : null}
    </>
  )
}

function LedgerNote({ ledger }: { ledger: EvidenceStatus }) {
  const { origin, size, checkpoint, key, fingerprint, handOvers, witnesses } = ledger
  return (
    <section className="note">
      <h2>The ledger</h2>
      <Facts
        facts={[
          ['Name', origin],
          ['Entries', fullNumber(size)],
          [
            'Signed last',
            checkpoint === null ? (
              'not yet: a head is signed a minute after the first entry'
            ) : (
              <>
                <Ago time={checkpoint.time} />, of {fullNumber(checkpoint.size)} entries{' '}
                <Moment time={checkpoint.time} />
              </>
            ),
          ],
          ['Public key', <code key="key">{key}</code>],
          ['Its fingerprint', <code key="fingerprint">{fingerprint}</code>],
          ['Handed over', handOvers === 0 ? 'never' : `${handOvers} times to a new key`],
          [
            'Witnesses',
            witnesses.length === 0 ? 'none: nobody else is told of heads' : witnessText(witnesses),
          ],
        ]}
      />
    </section>
  )
}

function witnessText(witnesses: EvidenceStatus['witnesses']): string {
  return witnesses
    .map(({ name, last, failing }) => {
      const took = last === null ? 'has taken none' : `took ${fullNumber(last.size)} entries at ${last.at}`
      return failing === null ? `${name} ${took}` : `▲ ${name} ${took}, failing: ${failing.why}`
    })
    .join('; ')
}
