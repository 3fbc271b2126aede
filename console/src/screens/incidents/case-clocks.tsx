import { type ReactNode, useState } from 'react'
import type { Case } from '../../../../src/api/contract/types.ts'
import { changeCase } from '../../api/case-queries.ts'
import { ActionForm, TextField, textIn, TimeField } from '../../ui/forms.tsx'
import { fromLocalInput, Moment, toLocalInput, useNow } from '../../ui/moment.tsx'
import { Drawer, Empty } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { type Clock, clockState, type TimeName, timeNames } from './case-model.ts'
import type { PartProps } from './case-screen.tsx'

/** The duties with their times, and the times that they count from. */
export function CaseClocks({ breach, mayChange }: PartProps) {
  const now = useNow(1_000)
  return (
    <>
      <section className="stack">
        <h2>Clocks</h2>
        {breach.clocks.length === 0 ? <Empty>No law that is chosen has a clock for this role.</Empty> : null}
        <ul className="clocks">
          {breach.clocks.map((clock) => (
            <ClockCard key={clock.id} breach={breach} clock={clock} now={now} mayChange={mayChange} />
          ))}
        </ul>
      </section>
      <TimesTable breach={breach} mayChange={mayChange} />
    </>
  )
}

interface CardProps extends PartProps {
  clock: Clock
  now: number
}

function ClockCard({ breach, clock, now, mayChange }: CardProps) {
  const { id, law, what, due, latest, doneAt } = clock
  const { concern, mark, text } = clockState(clock, now)
  return (
    <li className={`card clock ${concern}`}>
      <h3>{law}</h3>
      <p>{what}</p>
      <p className={`answer concern ${concern}`}>
        <span aria-hidden="true">{mark}</span> {text}
      </p>
      {due === null ? null : (
        <p>
          Due <Moment time={due} />
        </p>
      )}
      {latest === null || latest === due ? null : (
        <p className="faint">
          At the very latest, by Regulation 1182/71 without holidays: <Moment time={latest} />
        </p>
      )}
      {doneAt === null ? null : (
        <p>
          Done <Moment time={doneAt} />
        </p>
      )}
      <Phases breach={breach} duty={id} />
      {mayChange && clock.from !== null ? <SayWasSent breach={breach} clock={clock} /> : null}
    </li>
  )
}

/** What was sent so far (Art. 33(4)). */
function Phases({ breach: { sent = [] }, duty }: { breach: Case; duty: string }) {
  const phases = sent.filter((each) => each.duty === duty)
  if (phases.length === 0) return null
  return (
    <ol className="plain">
      {phases.map(({ at, by, missing }, i) => (
        <li key={`${i} ${at}`}>
          Sent <Moment time={at} />, says {by}
          {missing.length === 0 ? '' : `; missing then: ${missing.join(', ')}`}
        </li>
      ))}
    </ol>
  )
}

function SayWasSent({ breach, clock: { id, law } }: { breach: Case; clock: Clock }) {
  const [isAsked, ask] = useState(false)
  const send = async (data: FormData) => {
    await changeCase(breach.id, {
      sent: { duty: id, at: fromLocalInput(textIn(data, 'at')) },
      reason: textIn(data, 'reason'),
    })
    ask(false)
  }
  return (
    <>
      <button
        type="button"
        className="link"
        onClick={() => ask(true)}
        aria-label={`Say that it was sent: ${law}`}
      >
        Say that it was sent
      </button>
      {isAsked ? (
        <Drawer title={`Sent: ${law}`} close={() => ask(false)}>
          <p className="faint">
            In one phase of maybe several: the first ends the clock, and what is missing is kept with it.
          </p>
          <ActionForm action="It was sent" send={send}>
            <TimeField label="When" name="at" value={toLocalInput(new Date().toISOString())} isRequired />
            <TextField label="How, for the record" name="reason" most={500} />
          </ActionForm>
        </Drawer>
      ) : null}
    </>
  )
}

const columns = ['Time', 'When', 'Set by', 'Why', 'Before']

function TimesTable({ breach, mayChange }: PartProps) {
  const [asked, ask] = useState<TimeName | null>(null)
  const rows = (Object.keys(timeNames) as TimeName[]).map((time) => ({
    key: time,
    cells: [
      ...timeCells(time, breach),
      ...(mayChange ? [<SetButton key="set" time={time} of={breach} ask={ask} />] : []),
    ],
  }))
  return (
    <section className="stack">
      <h2>Times</h2>
      <Table
        caption="Times of the breach, and who set them"
        columns={mayChange ? [...columns, 'Change'] : columns}
        rows={rows}
      />
      {asked === null ? null : <SetTime breach={breach} time={asked} close={() => ask(null)} />}
    </section>
  )
}

function timeCells(time: TimeName, breach: Case): ReactNode[] {
  const { name, hint } = timeNames[time]
  const set = breach.times[time] ?? []
  const last = set.at(-1)
  return [
    <>
      {name}
      <small>{hint}</small>
    </>,
    last === undefined ? 'not set' : <Moment key="at" time={last.at} />,
    last?.by ?? '',
    last?.reason ?? '',
    <Moved key="before" set={set.slice(0, -1)} />,
  ]
}

function SetButton({ time, of, ask }: { time: TimeName; of: Case; ask: (time: TimeName) => void }) {
  const verb = of.times[time] === undefined ? 'Set' : 'Move'
  return (
    <button
      type="button"
      className="link"
      onClick={() => ask(time)}
      aria-label={`${verb}: ${timeNames[time].name}`}
    >
      {verb}
    </button>
  )
}

/** What a time was before, and who had said so. */
function Moved({ set }: { set: Case['times'][string] }) {
  if (set.length === 0) return null
  return (
    <ul className="plain">
      {set.map(({ at, by, reason }, i) => (
        <li key={`${i} ${at}`}>
          <Moment time={at} /> by {by}
          {reason === '' ? '' : `: ${reason}`}
        </li>
      ))}
    </ul>
  )
}

function SetTime({ breach, time, close }: { breach: Case; time: TimeName; close: () => void }) {
  const { name, hint } = timeNames[time]
  const known = breach.times[time]?.at(-1)
  const send = async (data: FormData) => {
    await changeCase(breach.id, {
      times: { [time]: fromLocalInput(textIn(data, 'at')) },
      reason: textIn(data, 'reason'),
    })
    close()
  }
  const start = known?.at ?? new Date().toISOString()
  return (
    <Drawer title={known ? `Move: ${name}` : `Set: ${name}`} close={close}>
      <p className="faint">{hint}</p>
      <ActionForm action={known ? 'Move' : 'Set'} send={send}>
        <TimeField label={name} name="at" value={toLocalInput(start)} isRequired />
        <TextField label="Why, for the record" name="reason" most={500} isRequired={known !== undefined} />
      </ActionForm>
      {known ? <p className="faint">What it was before stays in the history.</p> : null}
    </Drawer>
  )
}
