import { useId, useState } from 'react'
import type { AttackExceptionList, ExceptionSuggestionItem } from '../../../../src/api/contract/types.ts'
import { useMay } from '../../api/policy-queries.ts'
import { addException, useAttackExceptions } from '../../api/settings-queries.ts'
import { timeText } from '../../text.ts'
import { Age, Drawer, Empty, Facts, ProblemNote } from '../../ui/parts.tsx'
import { ReasonForm } from '../../ui/reason-form.tsx'
import { Table } from '../../ui/table.tsx'
import { useUrlState } from '../../url-state.ts'

type Place = Pick<ExceptionSuggestionItem['exception'], 'path' | 'parameter'> & { place?: string }

/** What is told of as an attack elsewhere and is none here: what was written down, and what looks like it. */
export function ExceptionsPart() {
  const { data, error, isPending, refetch, dataUpdatedAt } = useAttackExceptions()
  const [{ suggestion = '' }, change] = useUrlState()
  const mayWrite = useMay('policy:write')
  const opened = data?.suggestions.find(({ exception }) => exception.name === suggestion)
  return (
    <section className="stack">
      <div className="head">
        <h2>What is no attack here</h2>
        <Age of={dataUpdatedAt} />
      </div>
      {isPending ? <p role="status">Looking through the attacks of the last week …</p> : null}
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <Exceptions exceptions={data.exceptions} /> : null}
      {data ? (
        <Suggestions list={data} open={mayWrite ? (name) => change({ suggestion: name }) : null} />
      ) : null}
      {opened ? (
        <SuggestionDrawer
          key={opened.exception.name}
          suggestion={opened}
          close={() => change({ suggestion: '' })}
        />
      ) : null}
    </section>
  )
}

function Exceptions({ exceptions }: Pick<AttackExceptionList, 'exceptions'>) {
  if (exceptions.length === 0) return <Empty>No exception was made of any rule.</Empty>
  return (
    <Table
      caption="Exceptions"
      columns={['Exception', 'Rules', 'Where', 'Of', 'Owner', 'Last day']}
      rows={exceptions.map(({ name, rules, groups = [], owner, until, isOver, ...place }) => ({
        key: name,
        cells: [
          name,
          rules.join(', '),
          placeText(place),
          groups.join(', ') || 'all',
          owner,
          isOver ? `✕ over since ${until}` : until,
        ],
      }))}
    />
  )
}

function Suggestions({
  list: { suggestions, records, incomplete },
  open,
}: {
  list: AttackExceptionList
  open: ((name: string) => void) | null
}) {
  return (
    <>
      <h3>Suggested by what was seen</h3>
      <p>
        Of {records} attacks that were reported in the last week{incomplete ? ' (the newest of them)' : ''},
        these come from several clients at the same place, none of which tried others. Look at what was sent
        before you silence it.
      </p>
      {suggestions.length === 0 ? <Empty>None looks like what an application’s own users send.</Empty> : null}
      {suggestions.length > 0 ? (
        <Table
          caption="Suggested exceptions"
          columns={[
            'Where',
            'Of',
            'Rules it would silence',
            { name: 'Requests', isNumber: true },
            { name: 'Clients', isNumber: true },
          ]}
          rows={suggestions.map(({ exception, requests, clients }) => ({
            key: exception.name,
            cells: [
              open === null ? (
                placeText(exception)
              ) : (
                <button key="open" type="button" className="link" onClick={() => open(exception.name)}>
                  {placeText(exception)}
                </button>
              ),
              (exception.groups ?? []).join(', '),
              exception.rules.join(', '),
              requests,
              clients,
            ],
          }))}
        />
      ) : null}
    </>
  )
}

function SuggestionDrawer({
  suggestion: { exception, requests, clients, classes, first, last, samples },
  close,
}: {
  suggestion: ExceptionSuggestionItem
  close: () => void
}) {
  const ids = { owner: useId(), until: useId() }
  const [owner, setOwner] = useState('')
  const [until, setUntil] = useState('')
  const send = async (reason: string) => {
    await addException({ ...exception, owner, until, ...(reason !== '' && { reason }) }, reason)
    return 'It is none any more.'
  }
  return (
    <Drawer title={placeText(exception)} close={close}>
      <Facts
        facts={[
          ['Group', (exception.groups ?? []).join(', ')],
          ['It would silence', exception.rules.join(', ')],
          ['Told of as', classes.join(', ')],
          ['Seen', `${requests} requests of ${clients} clients`],
          ['First', timeText(first)],
          ['Last', timeText(last)],
          ['What was found, masked', samples.join(' · ')],
        ]}
      />
      <ReasonForm action="Make the exception" send={send} needsReason>
        <label htmlFor={ids.owner}>Who answers for it</label>
        <input
          id={ids.owner}
          value={owner}
          onChange={(event) => setOwner(event.target.value)}
          required
          maxLength={100}
          autoComplete="off"
        />
        <label htmlFor={ids.until}>Its last day</label>
        <input
          id={ids.until}
          type="date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          required
        />
      </ReasonForm>
    </Drawer>
  )
}

function placeText({ path = '', place = 'anywhere', parameter = '' }: Place): string {
  return [path, place, parameter].filter((part) => part !== '').join(' ')
}
