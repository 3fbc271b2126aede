import { Link } from 'wouter'
import type { Case, Session } from '../../../../src/api/contract/types.ts'
import { useCases } from '../../api/case-queries.ts'
import { Select } from '../../ui/fields.tsx'
import { Moment, useNow } from '../../ui/moment.tsx'
import { Ago, Empty, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { useUrlState } from '../../url-state.ts'
import { clockState, nextClock, personsText } from './case-model.ts'
import { OpenCase } from './open-case.tsx'
import { LevelMark } from './severity-mark.tsx'

const states = { open: 'Open', closed: 'Closed', all: 'All' }
const orders = { due: 'What is due first', newest: 'Newest first' }

/** Breach cases with the clock that ends next: what is overdue stands first. */
export function IncidentsScreen({ session }: { session: Session }) {
  const [url, change] = useUrlState()
  const { state = 'open', order = 'due' } = url
  const cases = useCases({ ...(state !== 'all' && { state }), order })
  const items = cases.data?.pages.flatMap((page) => page.items) ?? []
  const mayOpen = session.permissions.includes('cases:write')
  return (
    <>
      <ScreenHead title="Incidents" updatedAt={cases.dataUpdatedAt}>
        <a href="/api/v1/cases/register/file?format=pdf" download>
          Register of all breaches (PDF)
        </a>
        {mayOpen ? (
          <button type="button" className="main" onClick={() => change({ open: 'yes' })}>
            Open a case
          </button>
        ) : null}
      </ScreenHead>
      <div className="filters" role="search">
        <Select label="Show" value={state} choices={states} choose={(chosen) => change({ state: chosen })} />
        <Select label="Order" value={order} choices={orders} choose={(chosen) => change({ order: chosen })} />
      </div>
      {cases.error ? <ProblemNote error={cases.error} again={() => void cases.refetch()} /> : null}
      {cases.data && items.length === 0 ? <NoCases state={state} mayOpen={mayOpen} /> : null}
      {items.length > 0 ? <CaseTable cases={items} /> : null}
      {cases.hasNextPage ? (
        <button type="button" onClick={() => void cases.fetchNextPage()} disabled={cases.isFetchingNextPage}>
          {cases.isFetchingNextPage ? 'Looking …' : 'More'}
        </button>
      ) : null}
      {mayOpen && url.open === 'yes' ? <OpenCase seed={url} /> : null}
    </>
  )
}

function NoCases({ state, mayOpen }: { state: string; mayOpen: boolean }) {
  if (state === 'closed') return <Empty>No case has been closed.</Empty>
  const how = mayOpen
    ? ' Open one here, or from an event that shows what happened.'
    : ' Who handles breaches opens one; you may read them.'
  return (
    <Empty>
      There is no {state === 'open' ? 'open ' : ''}case.{how}
    </Empty>
  )
}

const columns = ['Case', 'Next deadline', 'Severity', 'Persons', 'State', 'Opened']

function CaseTable({ cases }: { cases: readonly Case[] }) {
  const now = useNow(30_000)
  const rows = cases.map((each) => ({
    key: each.id,
    cells: [
      <>
        <Link href={`/incidents/${each.id}`}>{each.title}</Link>
        <small>{each.id}</small>
      </>,
      <Deadline key="deadline" of={each} now={now} />,
      <LevelMark key="level" severity={each.severity} />,
      each.scope === null ? 'not computed' : personsText(each.scope),
      each.state,
      <Ago key="opened" time={each.openedAt} />,
    ],
  }))
  return <Table caption="Breach cases" columns={columns} rows={rows} />
}

function Deadline({ of, now }: { of: Case; now: number }) {
  const clock = nextClock(of)
  if (clock === undefined || clock.due === null) return <NoDeadline of={of} />
  const { concern, mark, text } = clockState(clock, now)
  return (
    <>
      <span className={`concern ${concern}`}>
        <span aria-hidden="true">{mark}</span> {clock.law}: {text}
      </span>
      <Moment time={clock.due} />
    </>
  )
}

function NoDeadline({ of: { state, clocks } }: { of: Case }) {
  if (state === 'closed') return 'closed'
  const waiting = clocks.some(({ from }) => from === null)
  return waiting ? 'no clock runs: say when you became aware' : 'none is open'
}
