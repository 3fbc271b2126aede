import { Link } from 'wouter'
import { useDueCases } from '../../api/case-queries.ts'
import { useNow } from '../../ui/moment.tsx'
import { ProblemNote } from '../../ui/parts.tsx'
import { clockState, nextClock } from '../incidents/case-model.ts'
import { Card } from './card.tsx'

/** Cases that a card names; the link leads to all. */
const named = 5

/** Which deadlines of breach cases have passed, and which come next. */
export function Overdue() {
  const due = useDueCases()
  const now = useNow(30_000)
  if (due.error) return <ProblemNote error={due.error} again={() => void due.refetch()} />
  if (due.data === undefined) return null
  const { items, next } = due.data
  const running = items.flatMap((breach) => {
    const clock = nextClock(breach)
    return clock === undefined ? [] : [{ breach, clock, state: clockState(clock, now) }]
  })
  const overdue = running.filter(({ state }) => state.concern === 'overdue').length
  const more = next === null ? '' : ' or more'
  const answer =
    overdue > 0
      ? `${overdue}${more} of the open cases ${overdue === 1 ? 'has' : 'have'} passed a deadline.`
      : `No deadline has passed; ${items.length}${more} ${items.length === 1 && more === '' ? 'case is' : 'cases are'} open.`
  return (
    <Card question="What is overdue?" answer={answer} isBad={overdue > 0}>
      <ul className="plain">
        {running.slice(0, named).map(({ breach, clock, state }) => (
          <li key={breach.id}>
            <Link href={`/incidents/${breach.id}`}>{breach.title}</Link>
            <span className={`concern ${state.concern}`}>
              {' '}
              {state.mark} {clock.law}: {state.text}
            </span>
          </li>
        ))}
      </ul>
      <Link href="/incidents">All cases</Link>
    </Card>
  )
}
