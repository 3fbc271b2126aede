import type { EvidenceStatus } from '../../../../src/api/contract/types.ts'
import { useCases } from '../../api/case-queries.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Select } from '../../ui/fields.tsx'
import { TimeFilter } from '../../ui/time-filter.tsx'
import { queryText, useUrlState } from '../../url-state.ts'

/** A bundle by time or by case, and the command that checks it on any machine. */
export function BundlePart({ ledger, mayReadCases }: { ledger: EvidenceStatus; mayReadCases: boolean }) {
  const [{ since = '', until = '', case: id = '' }, change] = useUrlState()
  const query = id === '' ? { since, until } : { case: id }
  return (
    <section className="stack">
      <h2>Hand out</h2>
      <p>
        A bundle is one ZIP file with entries, proofs, signatures and a page for people. That it was made is
        on record itself.
      </p>
      <div className="filters">
        {mayReadCases ? <CaseSelect id={id} choose={(chosen) => change({ case: chosen })} /> : null}
        {id === '' ? (
          <>
            <TimeFilter label="From" value={since} choose={(time) => change({ since: time })} />
            <TimeFilter label="Before" value={until} choose={(time) => change({ until: time })} />
          </>
        ) : null}
      </div>
      <p>
        <a className="button main" href={`/api/v1/evidence/bundle${queryText(query)}`} download>
          Download the bundle
        </a>
      </p>
      <h2>Check it, offline</h2>
      <p>
        On any machine that has Pavise, without a network and without trust in this one. The key is what makes
        it proof: give it to whoever checks by another way than the bundle, such as in a contract or by
        telephone.
      </p>
      <Command text={`pavise evidence verify evidence.zip --key '${ledger.key}'`} />
    </section>
  )
}

function CaseSelect({ id, choose }: { id: string; choose: (id: string) => void }) {
  const cases = useCases({ order: 'newest' })
  const items = cases.data?.pages.flatMap((page) => page.items) ?? []
  const known = Object.fromEntries(items.map((each) => [each.id, `${each.id}: ${each.title}`]))
  const choices = { '': 'All of a time', ...(id !== '' && { [id]: id }), ...known }
  return <Select label="What of" value={id} choices={choices} choose={choose} />
}

function Command({ text }: { text: string }) {
  return (
    <div className="stack">
      <pre className="recorded">{text}</pre>
      <div className="actions">
        <CopyButton label="Copy the command" text={text} />
      </div>
    </div>
  )
}
