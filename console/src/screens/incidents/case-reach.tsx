import type { Case } from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'
import { Moment } from '../../ui/moment.tsx'
import { CategoryChip, TransportMark, WorkloadName } from '../../ui/parts.tsx'
import { endNames, stepText } from './case-model.ts'
import { List } from './list.tsx'

type Reach = NonNullable<NonNullable<Case['scope']>['reach']>

/** Whom a breach came to from what is suspicious, over which connections, and whom it could have come to. */
export function CaseReach({ scope: { reach } }: { scope: NonNullable<Case['scope']> }) {
  if (reach === undefined) return null
  const { seenFrom, isCut } = reach
  return (
    <>
      <Ends reach={reach} />
      <Edges reach={reach} />
      {seenFrom === null ? null : (
        <p className="note">
          Connections from before <Moment time={seenFrom} /> are not kept: who was reached then is not known.
        </p>
      )}
      {isCut ? <p className="note">There are more ends or connections than stand here.</p> : null}
    </>
  )
}

function Ends({ reach }: { reach: Reach }) {
  const nameOf = endNames(reach)
  return (
    <List
      title="How far it came, and could have come"
      columns={['Who', 'How', 'Steps', 'From', 'Since', 'Country']}
      rows={reach.ends.map((end) => [
        end.kind === 'workload' ? <WorkloadName key="who" id={end.id} /> : end.name,
        stepText(end),
        fullNumber(end.hops),
        end.via === null ? '' : nameOf(end.via),
        end.since === null ? '' : <Moment key="since" time={end.since} />,
        end.country ?? '',
      ])}
    />
  )
}

function Edges({ reach }: { reach: Reach }) {
  if (reach.edges.length === 0) return null
  const nameOf = endNames(reach)
  return (
    <List
      title="Over which connections"
      columns={['From', 'To', 'Spoken', 'How', 'Categories', 'Persons', 'Connections', 'First', 'Last']}
      rows={reach.edges.map((edge) => [
        nameOf(edge.from),
        nameOf(edge.to),
        edge.applications.join(', '),
        <TransportMark key="how" transport={edge.isEncrypted ? 'encrypted' : 'clear'} />,
        edge.categories.map((category) => <CategoryChip key={category} category={category} />),
        edge.persons === 0 ? '' : `about ${fullNumber(edge.persons)}`,
        fullNumber(edge.flows),
        <Moment key="first" time={edge.first} />,
        <Moment key="last" time={edge.last} />,
      ])}
    />
  )
}
