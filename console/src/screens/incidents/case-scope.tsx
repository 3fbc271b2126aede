import type { Case } from '../../../../src/api/contract/types.ts'
import { rescopeCase } from '../../api/case-queries.ts'
import { fullNumber } from '../../text.ts'
import { ActionForm } from '../../ui/forms.tsx'
import { Moment } from '../../ui/moment.tsx'
import { CategoryChip, Empty, Facts, TransportMark, WorkloadName } from '../../ui/parts.tsx'
import { personsText } from './case-model.ts'
import { CaseReach } from './case-reach.tsx'
import { List } from './list.tsx'
import type { PartProps } from './case-screen.tsx'

type Scope = NonNullable<Case['scope']>

/** What was seen to leave the workloads of a case in its time, and what was not seen. */
export function CaseScopePart({ breach, mayChange }: PartProps) {
  const { scope } = breach
  return (
    <section className="stack">
      <h2>What was seen</h2>
      {scope === null ? <Empty>It has not been looked at yet.</Empty> : <Seen scope={scope} />}
      {mayChange ? (
        <ActionForm
          action="Compute it anew"
          send={() => rescopeCase(breach.id)}
          done="It is computed of what is stored now."
        />
      ) : null}
    </section>
  )
}

/** Counting is all but exact up to here, and then within about 0.8 % (one standard error). */
const exactPersons = 2_000
const errorPercent = 0.8

function countedText(scope: Scope): string {
  const error = scope.persons > exactPersons ? `, give or take ${errorPercent} % (one standard error)` : ''
  return `${personsText(scope)}${error}. Each is counted once; who is known by several identifiers that no record holds together counts more than once.`
}

function Seen({ scope }: { scope: Scope }) {
  const { since, until, computedAt, workloads, addresses = [], credentials = [], values, isCut } = scope
  const others = [...addresses, ...credentials]
  return (
    <>
      <Facts
        facts={[
          ['From', <Moment key="since" time={since} />],
          ['To', <Moment key="until" time={until} />],
          [
            'Suspicious',
            workloads.length + others.length === 0 ? (
              'nothing in particular: all that are watched'
            ) : (
              <Suspects key="suspects" workloads={workloads} others={others} />
            ),
          ],
          ['Persons', countedText(scope)],
          ['Values', `${isCut ? 'at least ' : ''}${fullNumber(values)}: an upper bound for records`],
          ['Computed', <Moment key="computed" time={computedAt} />],
        ]}
      />
      {isCut ? (
        <p className="note problem">
          <strong>▲ There was more than is looked at at once.</strong> All numbers are lower bounds.
        </p>
      ) : null}
      <Categories scope={scope} />
      <Recipients scope={scope} />
      <CaseReach scope={scope} />
      <Controls scope={scope} />
      <Unknown scope={scope} />
    </>
  )
}

function Suspects({ workloads, others }: { workloads: readonly string[]; others: readonly string[] }) {
  return (
    <ul className="plain">
      {workloads.map((id) => (
        <li key={id}>
          <WorkloadName id={id} />
        </li>
      ))}
      {others.map((other) => (
        <li key={other}>{other}</li>
      ))}
    </ul>
  )
}

const stateNames = { held: '✓ held', failed: '▲ failed', off: '○ off' }

/** What stood against it in that time, and how it did. */
function Controls({ scope: { controls = [] } }: { scope: Scope }) {
  if (controls.length === 0) return null
  return (
    <List
      title="What stood against it then"
      columns={['Control', 'How it did', 'What', 'Times', 'From', 'To']}
      rows={controls.map(({ control, state, subject, count, since, until }) => [
        control,
        stateNames[state],
        subject,
        count === 0 ? '' : fullNumber(count),
        since === undefined ? '' : <Moment key="since" time={since} />,
        until === undefined ? '' : <Moment key="until" time={until} />,
      ])}
    />
  )
}

function Categories({ scope: { categories } }: { scope: Scope }) {
  if (categories.length === 0) return <Empty>No personal data was seen to leave in that time.</Empty>
  return (
    <List
      title="Categories of personal data"
      columns={['Category', 'Kinds', 'Values']}
      rows={categories.map(({ category, identifiers, values }) => [
        <CategoryChip key="category" category={category} />,
        identifiers.join(', '),
        fullNumber(values),
      ])}
    />
  )
}

function Recipients({ scope: { recipients } }: { scope: Scope }) {
  if (recipients.length === 0) return null
  return (
    <List
      title="Who received it"
      columns={['Recipient', 'How', 'Categories', 'Persons', 'Connections', 'First', 'Last']}
      rows={recipients.map(({ name, isExternal, isEncrypted, categories, persons, flows, first, last }) => [
        <>
          {name}
          <small>{isExternal ? '↗ outside of what is watched' : 'watched here'}</small>
        </>,
        <TransportMark key="how" transport={isEncrypted ? 'encrypted' : 'clear'} />,
        categories.map((category) => <CategoryChip key={category} category={category} />),
        persons === 0 ? 'not counted' : `about ${fullNumber(persons)}`,
        fullNumber(flows),
        <Moment key="first" time={first} />,
        <Moment key="last" time={last} />,
      ])}
    />
  )
}

/** What is not known is said as well: a draft says so, too. */
function Unknown({ scope: { gaps, violations } }: { scope: Scope }) {
  return (
    <>
      <h3>What is not known</h3>
      {gaps.length === 0 ? (
        <p>Nothing was missed in that time, as far as Pavise can tell.</p>
      ) : (
        <List
          title="What was not seen in that time"
          columns={['Reason', 'Times', 'What happened first']}
          rows={gaps.map(({ reason, count, detail }) => [reason, fullNumber(count), detail])}
        />
      )}
      {violations.length === 0 ? null : (
        <List
          title="What policy did not allow in that time"
          columns={['Decided', 'Why', 'Times']}
          rows={violations.map(({ action, criterion, count }) => [action, criterion, fullNumber(count)])}
        />
      )}
    </>
  )
}
