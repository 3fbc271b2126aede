import { Link } from 'wouter'
import type { DataFlow, Session, Status, Violation } from '../../../../src/api/contract/types.ts'
import { useRecentViolations, useStatus, useWorstFlows } from '../../api/queries.ts'
import { byCategory, bytesText, countText, fullNumber, timeText } from '../../text.ts'
import { CategoryChip, Facts, PartyName, ProblemNote, ScreenHead, WorkloadName } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { nameOf, transportOf } from '../flows/flow-model.ts'
import { Attacked } from './attacked.tsx'
import { Card } from './card.tsx'
import { OnRecord } from './on-record.tsx'
import { Overdue } from './overdue.tsx'

/** What one wants to know first, answered in words, each with the way to what is behind it. */
export function OverviewScreen({ session }: { session: Session }) {
  const status = useStatus()
  const violations = useRecentViolations()
  const error = status.error ?? violations.error
  const again = () => void Promise.all([status.refetch(), violations.refetch()])
  return (
    <>
      <ScreenHead title="Overview" updatedAt={status.dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={again} /> : null}
      <div className="cards">
        <ClearText />
        <Outside />
        <Attacked />
        {violations.data ? <NotAllowed violations={violations.data} /> : null}
        {session.permissions.includes('cases:read') ? <Overdue /> : null}
        {status.data ? <NotSeen status={status.data} /> : null}
        {session.permissions.includes('evidence:read') ? <OnRecord /> : null}
        {status.data ? <Pavise status={status.data} /> : null}
      </div>
    </>
  )
}

/** How many flows a card names, and categories of each; the link leads to all. */
const named = 5
const namedCategories = 3

const inClearText = { data: 'any', transport: 'clear' }

function ClearText() {
  const { data, error, refetch } = useWorstFlows(inClearText, named)
  if (error) return <ProblemNote error={error} again={() => void refetch()} />
  if (data === undefined) return null
  const isBad = data.items.length > 0
  const answer = isBad
    ? `Yes: ${countText(data.values, 'value')} in ${countText(data.carrying, 'data flow')}.`
    : 'None was found in clear text on the network.'
  return (
    <Card question="Is personal data sent in clear text?" answer={answer} isBad={isBad}>
      <FlowList flows={data.items} />
      {isBad ? <Link href={`/flows${queryText(inClearText)}`}>All of them</Link> : null}
    </Card>
  )
}

const toOutside = { where: 'outside' }

function Outside() {
  const carrying = useWorstFlows({ ...toOutside, data: 'any' }, named)
  const unreadable = useWorstFlows({ ...toOutside, data: 'none', transport: 'encrypted' }, 1)
  const error = carrying.error ?? unreadable.error
  if (error)
    return (
      <ProblemNote error={error} again={() => void Promise.all([carrying.refetch(), unreadable.refetch()])} />
    )
  if (carrying.data === undefined || unreadable.data === undefined) return null
  const { items, carrying: count } = carrying.data
  const more = unreadable.data.total?.count ?? 0
  const hidden =
    more > 0
      ? ` ${fullNumber(more)} more ${more === 1 ? 'is' : 'are'} encrypted: what ${more === 1 ? 'it carries' : 'they carry'} is not readable.`
      : ''
  const answer = (count > 0 ? `Found in ${countText(count, 'data flow')}.` : 'None was found.') + hidden
  // The worst are first: where the first is not in clear text, none is.
  const isBad = items.slice(0, 1).some((flow) => transportOf(flow) === 'clear')
  return (
    <Card question="Does personal data leave, or come from outside?" answer={answer} isBad={isBad}>
      <FlowList flows={items} />
      {count + more > 0 ? <Link href={`/flows${queryText(toOutside)}`}>All that go outside</Link> : null}
    </Card>
  )
}

function NotAllowed({ violations }: { violations: readonly Violation[] }) {
  const blocked = violations.filter(({ action }) => action === 'blocked').length
  const open = violations.length - blocked
  const isBad = open > 0
  const answer =
    violations.length === 0
      ? 'In the last day no connection was against the policy.'
      : `In the last day ${blocked} kinds of connections were blocked, ${open} only reported.`
  return (
    <Card question="Does anything go against the policy?" answer={answer} isBad={isBad}>
      <ul className="plain">
        {violations.slice(0, named).map(({ recordId, reason, server, action, workload }) => (
          <li key={recordId}>
            {action}: {workload === undefined ? null : <WorkloadName id={workload} />} to{' '}
            {server.names?.[0] ?? server.address}, {reason}
          </li>
        ))}
      </ul>
      <Link href={`/events${queryText({ kind: 'violations' })}`}>All of them</Link>
    </Card>
  )
}

function FlowList({ flows }: { flows: readonly DataFlow[] }) {
  if (flows.length === 0) return null
  return (
    <ul className="plain">
      {flows.map((flow) => (
        <li key={flow.key}>
          <Link href={`/flows${queryText({ selected: flow.key })}`}>{nameOf(flow)}</Link>
          <Categories flow={flow} />
          <Workloads flow={flow} />
        </li>
      ))}
    </ul>
  )
}

/** To all about its ends, where they are workloads. */
function Workloads({ flow: { client, server } }: { flow: DataFlow }) {
  const ends = [client, ...(server.id === client.id ? [] : [server])].filter(
    ({ kind }) => kind === 'workload',
  )
  if (ends.length === 0) return null
  return (
    <small>
      all about{' '}
      {ends.map((party, i) => (
        <span key={party.id}>
          {i > 0 ? ', ' : ''}
          <PartyName party={party} />
        </span>
      ))}
    </small>
  )
}

function Categories({ flow }: { flow: DataFlow }) {
  const all = byCategory(flow.carried)
  const more = all.length - namedCategories
  return (
    <>
      {all.slice(0, namedCategories).map(({ category, count }) => (
        <CategoryChip key={category} category={category} count={count} />
      ))}
      {more > 0 ? <span className="faint"> and {more} more</span> : null}
    </>
  )
}

function NotSeen({ status: { workloads, enforcers } }: { status: Status }) {
  const { notSeen, running, seen } = workloads
  const gone = enforcers.filter(({ connected }) => !connected)
  const sum = (of: 'dropped' | 'lost') =>
    enforcers.reduce((total, { status }) => total + (status?.[of] ?? 0), 0)
  const [dropped, lost] = [sum('dropped'), sum('lost')]
  const isBad = notSeen.length > 0 || gone.length > 0 || dropped > 0 || lost > 0 || enforcers.length === 0
  return (
    <Card question="What is not seen?" answer={`${seen} of ${running} workloads are seen.`} isBad={isBad}>
      <ul className="plain">
        {enforcers.length === 0 ? <li>No enforcer has connected: nothing is seen.</li> : null}
        {gone.map(({ enforcer, since }) => (
          <li key={enforcer}>
            {enforcer} is not connected since {timeText(since)}: nothing is seen there.
          </li>
        ))}
        {notSeen.map(({ id, name, coverage, detail }) => (
          <li key={id}>
            <WorkloadName id={id} name={name} />: {detail ?? coverage}
          </li>
        ))}
        {dropped > 0 ? <li>{fullNumber(dropped)} packets came faster than they could be read.</li> : null}
        {lost > 0 ? <li>{fullNumber(lost)} records were lost on the way.</li> : null}
      </ul>
      <Link href={`/events${queryText({ kind: 'coverage' })}`}>All gaps there were</Link>
    </Card>
  )
}

function Pavise({ status: { version, startedAt, store, limitsReached } }: { status: Status }) {
  const reached = Object.entries(limitsReached).filter(([, count]) => count > 0)
  const share = store.maxBytes === 0 ? 0 : Math.round((100 * store.usedBytes) / store.maxBytes)
  const answer = reached.length === 0 ? 'It runs, and no limit was reached.' : 'It runs; limits were reached.'
  return (
    <Card question="How is Pavise?" answer={answer} isBad={reached.length > 0}>
      <Facts
        facts={[
          ['Version', version],
          ['Watching since', timeText(startedAt)],
          ['Store', `${bytesText(store.usedBytes)} of ${bytesText(store.maxBytes)} (${share} %)`],
          ['Findings since', store.oldestFinding === null ? 'none yet' : timeText(store.oldestFinding)],
          ...reached.map(([limit, count]) => [limit, fullNumber(count)] as const),
        ]}
      />
    </Card>
  )
}
