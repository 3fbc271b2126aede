import { Link } from 'wouter'
import type { Session, Violation } from '../../../../src/api/contract/types.ts'
import { useListing, useSummary, useWorkloadNames } from '../../api/queries.ts'
import { Facets } from '../../ui/facets.tsx'
import { Histogram } from '../../ui/histogram.tsx'
import { Empty, MoreButton, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { useTimeRange } from '../../ui/time-range.tsx'
import { Total } from '../../ui/total.tsx'
import { queryText, type UrlState, useUrlState } from '../../url-state.ts'
import { EventPackets } from '../captures/event-packets.tsx'
import { openCaseLink } from '../incidents/case-model.ts'
import { EventDrawer } from './event-drawer.tsx'
import { EventFilters } from './event-filters.tsx'
import { type EventKind, eventKinds } from './event-kinds.tsx'
import { EventTable } from './event-table.tsx'
import { whyOf } from './event-why.ts'
import { ViolationLinks } from './violation-links.tsx'

/** One stream of what happened, newest first: filtered, searched, counted and paged by the server. */
export function EventsScreen({ session }: { session: Session }) {
  const [state, change] = useUrlState()
  const kind = kindOf(state)
  const range = useTimeRange(state)
  const filters = { ...filtersOf(kind, state), ...range }
  const listing = useListing<unknown>(kind.listing, filters)
  const items = listing.data?.pages.flatMap((page) => page.items) ?? []
  const selected = items.find((item) => kind.id(item) === state.selected)
  return (
    <>
      <ScreenHead title="Events" updatedAt={listing.dataUpdatedAt}>
        <Exports kind={kind} filters={filters} />
      </ScreenHead>
      <EventFilters kind={kind} state={state} change={change} />
      <Overview kind={kind} filters={filters} change={change} />
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      <Total listing={listing} name="events" />
      {listing.data && items.length === 0 && !listing.hasNextPage ? <Empty>{kind.empty}</Empty> : null}
      {items.length > 0 ? (
        <EventTable kind={kind} items={items} open={(id) => change({ selected: id })} />
      ) : null}
      <MoreButton listing={listing} label="Older ones" />
      {selected ? (
        <Opened kind={kind} item={selected} session={session} close={() => change({ selected: '' })} />
      ) : null}
    </>
  )
}

/** What the address names, of what there is. */
function kindOf({ kind = '' }: UrlState): EventKind<unknown> {
  return Object.hasOwn(eventKinds, kind) ? eventKinds[kind] : eventKinds.findings
}

/** Of the address, what this kind is filtered by. */
function filtersOf(kind: EventKind<unknown>, state: UrlState): Record<string, string> {
  const names = ['search', ...Object.keys(kind.filters)].filter((name) => (state[name] ?? '') !== '')
  return Object.fromEntries(names.map((name) => [name, state[name] ?? '']))
}

interface OverviewProps {
  kind: EventKind<unknown>
  filters: Record<string, string>
  change: (changed: Record<string, string>) => void
}

/** When there were how many, and of what. */
function Overview({ kind, filters, change }: OverviewProps) {
  const { data, error, refetch } = useSummary(kind.listing, filters)
  const names = useWorkloadNames()
  if (error) return <ProblemNote error={error} again={() => void refetch()} />
  if (data === undefined || data.counted === 0) return null
  return (
    <section className="overview" aria-label="When, and of what">
      <Histogram
        summary={data}
        choose={(since, until) => change({ last: 'own', since, until, selected: '' })}
      />
      <Facets
        facets={data.facets}
        labels={kind.filters}
        chosen={filters}
        choose={(filter, value) => change({ [filter]: value, selected: '' })}
        nameOf={(filter, value) => (filter === 'workload' ? (names.get(value) ?? value) : value)}
      />
    </section>
  )
}

interface OpenedProps {
  kind: EventKind<unknown>
  item: unknown
  session: Session
  close: () => void
}

/** Why there is this event: what can be done about it, all that is known of it, and the packets of it. */
function Opened({ kind, item, session, close }: OpenedProps) {
  const workload = kind.workloadOf(item)
  const happened = { id: kind.id(item), ...kind.times(item) }
  const after =
    workload === undefined ? null : <EventPackets key={happened.id} workload={workload} happened={happened} />
  return (
    <EventDrawer
      title={kind.title(item)}
      why={whyOf[kind.listing](item)}
      item={item}
      close={close}
      after={after}
    >
      {kind === eventKinds.violations ? <ViolationLinks violation={item as Violation} /> : null}
      {session.permissions.includes('cases:write') ? (
        <Link className="action" href={openCaseLink(seedOf(kind, item))}>
          Open a case from this
        </Link>
      ) : null}
    </EventDrawer>
  )
}

/** What a case that is opened from an event begins with. */
function seedOf(kind: EventKind<unknown>, item: unknown) {
  return {
    title: kind.title(item),
    workload: kind.workloadOf(item) ?? '',
    detected: kind.times(item).first,
  }
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
