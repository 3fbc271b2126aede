import { useState } from 'react'
import type { AuditEntry } from '../../../../src/api/contract/types.ts'
import { useListing } from '../../api/queries.ts'
import { useAuditVerification } from '../../api/settings-queries.ts'
import { fullNumber } from '../../text.ts'
import { Search } from '../../ui/fields.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Age, Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { TimeFilter } from '../../ui/time-filter.tsx'
import { queryText, useUrlState } from '../../url-state.ts'

const names = ['actor', 'action', 'since', 'until'] as const

/** Who changed what, when and why, latest first; and whether the chain of entries is whole. */
export function AuditPart() {
  const [url, change] = useUrlState()
  const given = names.filter((name) => (url[name] ?? '') !== '').map((name) => [name, url[name] ?? ''])
  const filters = Object.fromEntries(given) as Record<string, string>
  const listing = useListing<AuditEntry>('audit', filters)
  const items = listing.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="stack">
      <div className="head">
        <h2>Audit log</h2>
        <Age of={listing.dataUpdatedAt} />
      </div>
      <div className="filters" role="search">
        <Search
          label="Who"
          value={url.actor ?? ''}
          suggestions={[...new Set(items.map(({ actor }) => actor.name))]}
          search={(value) => change({ actor: value })}
        />
        <Search
          label="What"
          value={url.action ?? ''}
          suggestions={[...new Set(items.map(({ action }) => action))]}
          search={(value) => change({ action: value })}
        />
        <TimeFilter label="From" value={url.since ?? ''} choose={(time) => change({ since: time })} />
        <TimeFilter label="Before" value={url.until ?? ''} choose={(time) => change({ until: time })} />
        <a href={`/api/v1/audit${queryText({ ...filters, format: 'csv' })}`} download>
          CSV
        </a>
      </div>
      <ChainCheck />
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && items.length === 0 ? (
        <Empty>Nothing was done that is as the filters ask.</Empty>
      ) : null}
      {items.length > 0 ? (
        <Table
          caption="Audit log, latest first"
          columns={['When', 'Who', 'What', 'To what', 'How it ended', 'Why']}
          rows={items.map(rowOf)}
        />
      ) : null}
      {listing.hasNextPage ? (
        <div>
          <button
            type="button"
            onClick={() => void listing.fetchNextPage()}
            disabled={listing.isFetchingNextPage}
          >
            {listing.isFetchingNextPage ? 'Looking …' : 'Older ones'}
          </button>
        </div>
      ) : null}
    </section>
  )
}

const outcomes: Readonly<Record<string, string>> = {
  done: '✓ done',
  refused: '✕ refused',
  failed: '▲ failed',
}

function rowOf({ sequence, at, actor, action, target, outcome, reason, detail }: AuditEntry) {
  return {
    key: `${sequence}`,
    cells: [
      <Moment key="at" time={at} />,
      actor.name,
      action,
      <>
        {target}
        {detail === null ? null : <small>{JSON.stringify(detail)}</small>}
      </>,
      outcomes[outcome] ?? outcome,
      reason ?? '',
    ],
  }
}

function ChainCheck() {
  const [isAsked, ask] = useState(false)
  const check = useAuditVerification(isAsked)
  return (
    <div className="actions">
      <button
        type="button"
        onClick={() => (isAsked ? void check.refetch() : ask(true))}
        disabled={check.isFetching}
      >
        {check.isFetching ? 'Checking …' : 'Check the chain'}
      </button>
      <span role="status">{check.data ? chainText(check.data) : ''}</span>
      {check.error ? <ProblemNote error={check.error} /> : null}
    </div>
  )
}

function chainText({ checked, broken }: { checked: number; broken: number | null }): string {
  return broken === null
    ? `✓ All ${fullNumber(checked)} entries follow each from the one before.`
    : `✕ Entry ${broken} does not follow from the one before: what comes after was changed, or something was taken out.`
}
