import { Link, useLocation } from 'wouter'
import { useListing } from '../../api/queries.ts'
import { ProblemNote } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { EventTable } from '../events/event-table.tsx'
import { eventKinds } from '../events/event-kinds.tsx'

/** Of each kind so many are shown; the link leads to all. */
const shown = 5

const parts: [kind: string, title: string][] = [
  ['violations', 'Not allowed'],
  ['threats', 'Threats'],
  ['attacks', 'Attacks'],
  ['processes', 'Programs'],
  ['files', 'Files'],
  ['coverage', 'Not seen'],
]

/** What happened in it, of each kind the latest. */
export function HappenedSection({ workload }: { workload: string }) {
  return parts.map(([kind, title]) => <Latest key={kind} {...{ kind, title, workload }} />)
}

function Latest({ kind, title, workload }: { kind: string; title: string; workload: string }) {
  const events = eventKinds[kind]
  const listing = useListing<unknown>(events.listing, { workload })
  const items = listing.data?.pages[0]?.items ?? []
  const [, navigate] = useLocation()
  const path = (selected: string) => `/events${queryText({ kind, workload, selected })}`
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && items.length === 0 ? <p className="faint">{events.none}</p> : null}
      {items.length > 0 ? (
        <EventTable kind={events} items={items.slice(0, shown)} open={(id) => navigate(path(id))} />
      ) : null}
      {items.length > shown ? <Link href={path('')}>All of them</Link> : null}
    </section>
  )
}
