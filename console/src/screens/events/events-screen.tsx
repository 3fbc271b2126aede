import { Link } from 'wouter'
import type { Session, Violation } from '../../../../src/api/contract/types.ts'
import { useListing } from '../../api/queries.ts'
import { timeText } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { Empty, MoreButton, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { queryText, type UrlState, useUrlState } from '../../url-state.ts'
import { openCaseLink } from '../incidents/case-model.ts'
import { EventDrawer } from './event-drawer.tsx'
import { type EventKind, eventKinds } from './event-kinds.tsx'
import { EventTable } from './event-table.tsx'
import { ViolationLinks } from './violation-links.tsx'

/** One stream of what happened, newest first; asked for page by page. */
export function EventsScreen({ session }: { session: Session }) {
  const [state, change] = useUrlState()
  const kind = kindOf(state)
  const filters = filtersOf(kind, state)
  const listing = useListing<unknown>(kind.listing, filters)
  const items = listing.data?.pages.flatMap((page) => page.items) ?? []
  const selected = items.find((item) => kind.id(item) === state.selected)
  return (
    <>
      <ScreenHead title="Events" updatedAt={listing.dataUpdatedAt}>
        <Exports kind={kind} filters={filters} />
      </ScreenHead>
      <Filters kind={kind} items={items} state={state} change={change} />
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && items.length === 0 && !listing.hasNextPage ? <Empty>{kind.empty}</Empty> : null}
      {items.length > 0 ? (
        <EventTable kind={kind} items={items} open={(id) => change({ selected: id })} />
      ) : null}
      <MoreButton listing={listing} label="Older ones" />
      {selected ? (
        <EventDrawer title={kind.title(selected)} item={selected} close={() => change({ selected: '' })}>
          {kind === eventKinds.violations ? <ViolationLinks violation={selected as Violation} /> : null}
          {session.permissions.includes('cases:write') ? (
            <Link className="action" href={openCaseLink(seedOf(kind, selected))}>
              Open a case from this
            </Link>
          ) : null}
        </EventDrawer>
      ) : null}
    </>
  )
}

/** Of every kind; a link from a case has them. */
const times = ['since', 'until']

/** What the address names, of what there is. */
function kindOf({ kind = '' }: UrlState): EventKind<unknown> {
  return Object.hasOwn(eventKinds, kind) ? eventKinds[kind] : eventKinds.findings
}

/** Of the address, those that this kind takes. */
function filtersOf(kind: EventKind<unknown>, state: UrlState): Record<string, string> {
  const names = [...Object.keys(kind.filters), ...times].filter((name) => (state[name] ?? '') !== '')
  return Object.fromEntries(names.map((name) => [name, state[name] ?? '']))
}

const names = Object.fromEntries(Object.entries(eventKinds).map(([id, { name }]) => [id, name]))

/** What a case that is opened from an event begins with. */
function seedOf(kind: EventKind<unknown>, item: unknown) {
  return {
    title: kind.title(item),
    workload: kind.valueOf(item, 'workload') ?? '',
    detected: kind.time(item),
  }
}

/** Values that are there to choose from: what the items that are shown have. */
function suggestionsOf(kind: EventKind<unknown>, items: readonly unknown[], filter: string): string[] {
  return [...new Set(items.flatMap((item) => kind.valueOf(item, filter) ?? []))].toSorted()
}

function Filters({
  kind,
  items,
  state,
  change,
}: {
  kind: EventKind<unknown>
  items: readonly unknown[]
  state: UrlState
  change: (changed: Record<string, string>) => void
}) {
  return (
    <div className="filters" role="search">
      <Select
        label="Kind of event"
        value={state.kind ?? 'findings'}
        choices={names}
        choose={(chosen) => change({ kind: chosen === 'findings' ? '' : chosen, selected: '' })}
      />
      {Object.entries(kind.filters).map(([name, label]) => (
        <Search
          key={name}
          label={label}
          suggestions={suggestionsOf(kind, items, name)}
          value={state[name] ?? ''}
          search={(value) => change({ [name]: value })}
        />
      ))}
      {times.some((time) => (state[time] ?? '') !== '') ? (
        <span className="field">
          {state.since === undefined ? null : `from ${timeText(state.since)}`}{' '}
          {state.until === undefined ? null : `to ${timeText(state.until)}`}
          <button type="button" onClick={() => change({ since: '', until: '' })}>
            Any time
          </button>
        </span>
      ) : null}
    </div>
  )
}

/** All that the filters ask for, however much it is. */
function Exports({ kind, filters }: { kind: EventKind<unknown>; filters: Record<string, string> }) {
  const href = (format: string) => `/api/v1/${kind.listing}${queryText({ ...filters, format })}`
  return (
    <span className="exports">
      <a href={href('csv')} download>
        CSV
      </a>
      <a href={href('ndjson')} download>
        NDJSON
      </a>
    </span>
  )
}
