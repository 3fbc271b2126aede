import { Link } from 'wouter'
import type { Attack, Threat } from '../../../../src/api/contract/types.ts'
import { useLatestOfDay } from '../../api/queries.ts'
import { fullNumber } from '../../text.ts'
import { ProblemNote, WorkloadName } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { Card } from './card.tsx'

/** Events that a card names of each kind; the links lead to all. */
const named = 3

/** What was hostile in the last day: in content, and in packets and protocols. */
export function Attacked() {
  const attacks = useLatestOfDay<Attack>('attacks', named)
  const threats = useLatestOfDay<Threat>('threats', named)
  const error = attacks.error ?? threats.error
  if (error)
    return (
      <ProblemNote error={error} again={() => void Promise.all([attacks.refetch(), threats.refetch()])} />
    )
  if (attacks.data === undefined || threats.data === undefined) return null
  const isBad = attacks.data.items.length + threats.data.items.length > 0
  const told = `In the last day ${countText(attacks.data, 'attack')} and ${countText(threats.data, 'threat')}.`
  return (
    <Card
      question="Is anything attacked?"
      answer={isBad ? told : 'In the last day no attack and no threat was seen.'}
      isBad={isBad}
    >
      <ul className="plain">
        {attacks.data.items.map((attack) => (
          <li key={attack.recordId}>
            <Link href={eventPath('attacks', attack.recordId)}>
              {attack.class} against {attack.server.address}
            </Link>
            , {attack.action} <Whose id={attack.workload} />
          </li>
        ))}
        {threats.data.items.map((threat) => (
          <li key={threat.recordId}>
            <Link href={eventPath('threats', threat.recordId)}>{threat.name}</Link>, {threat.severity}{' '}
            <Whose id={threat.workload} />
          </li>
        ))}
      </ul>
      <Link href={`/events${queryText({ kind: 'attacks' })}`}>All attacks</Link>{' '}
      <Link href={`/events${queryText({ kind: 'threats' })}`}>All threats</Link>
    </Card>
  )
}

function Whose({ id }: { id: string | undefined }) {
  return id === undefined ? null : <WorkloadName id={id} />
}

function eventPath(kind: string, selected: string): string {
  return `/events${queryText({ kind, selected })}`
}

interface Counted {
  items: readonly unknown[]
  total?: { count: number; exact: boolean }
}

/** `no attack`, `1 attack`, `at least 10,000 attacks`. */
function countText({ items, total }: Counted, name: string): string {
  const { count, exact } = total ?? { count: items.length, exact: false }
  if (count === 0) return `no ${name}`
  return `${exact ? '' : 'at least '}${fullNumber(count)} ${name}${count === 1 ? '' : 's'}`
}
