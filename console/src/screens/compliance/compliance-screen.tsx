import type { FrameworkSummary, Report } from '../../../../src/api/contract/types.ts'
import { reportPath, useFrameworks, useReport } from '../../api/report-queries.ts'
import { fullNumber, timeText } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { Empty, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type UrlState, useUrlState } from '../../url-state.ts'
import { ControlDrawer } from './control-drawer.tsx'
import {
  type Control,
  controlsFor,
  countOf,
  daysText,
  evidenceOf,
  type State,
  states,
} from './control-model.ts'
import { StateMark } from './state-mark.tsx'

const usualFramework = 'gdpr'
const usualDays = 30
const periods = { '7': 'Last 7 days', '': 'Last 30 days', '90': 'Last 90 days', '365': 'Last year' }

/** How far frameworks are evidenced: the state of each control, what it rests on, and how old that is. */
export function ComplianceScreen() {
  const [state, change] = useUrlState()
  const frameworks = useFrameworks()
  const { error } = frameworks
  const known = frameworks.data?.find(({ id }) => id === (state.framework ?? usualFramework))
  return (
    <>
      {error ? <ProblemNote error={error} again={() => void frameworks.refetch()} /> : null}
      {frameworks.data && known === undefined ? (
        <Empty>There is no report on {state.framework}.</Empty>
      ) : null}
      {frameworks.data && known ? (
        <FrameworkReport {...{ known, frameworks: frameworks.data, state, change }} />
      ) : null}
    </>
  )
}

interface ReportProps {
  known: FrameworkSummary
  frameworks: readonly FrameworkSummary[]
  state: UrlState
  change: (changed: Record<string, string>) => void
}

function FrameworkReport({ known, frameworks, state, change }: ReportProps) {
  const days = Object.hasOwn(periods, state.days ?? '') && state.days ? Number(state.days) : usualDays
  const report = useReport(known.id, days)
  const { data, error, isFetching } = report
  const selected = data?.controls.find(({ id }) => id === state.control)
  return (
    <>
      <ScreenHead title="Compliance" updatedAt={report.dataUpdatedAt}>
        {data ? <Files framework={known.id} report={data} /> : null}
      </ScreenHead>
      <p className="faint">
        What Pavise can show, and what a person has to. Each report that is looked at is itself on record.
      </p>
      <Filters frameworks={frameworks} known={known} state={state} change={change} />
      {error ? <ProblemNote error={error} again={() => void report.refetch()} /> : null}
      {isFetching ? <p role="status">Looking for evidence …</p> : null}
      {data ? (
        <>
          <Counts report={data} state={state.state ?? ''} change={change} />
          <Controls controls={controlsFor(data.controls, state)} open={(id) => change({ control: id })} />
          <button type="button" className="more" onClick={() => void report.refetch()} disabled={isFetching}>
            Look anew
          </button>
        </>
      ) : null}
      {selected ? <ControlDrawer control={selected} close={() => change({ control: '' })} /> : null}
    </>
  )
}

function Filters({ frameworks, known, state, change }: ReportProps) {
  const choices = Object.fromEntries(frameworks.map(({ id, title, version }) => [id, `${title}, ${version}`]))
  return (
    <div className="filters" role="search">
      <Select
        label="Framework"
        value={known.id}
        choices={choices}
        choose={(framework) =>
          change({ framework: framework === usualFramework ? '' : framework, control: '' })
        }
      />
      <Select label="Time" value={state.days ?? ''} choices={periods} choose={(days) => change({ days })} />
      <Search
        label="Find"
        value={state.find ?? ''}
        placeholder="Art. 32, encryption …"
        search={(find) => change({ find })}
      />
    </div>
  )
}

interface CountsProps {
  report: Report
  state: string
  change: (changed: Record<string, string>) => void
}

/** How many controls are in each state; each is a way to see those alone. */
function Counts({ report: { controls, since, until }, state, change }: CountsProps) {
  return (
    <section className="overview" aria-label="How many controls are in which state">
      <p className="buttons">
        {(Object.keys(states) as State[]).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={state === each}
            onClick={() => change({ state: state === each ? '' : each })}
          >
            <StateMark state={each} /> <strong>{countOf(controls, each)}</strong>
          </button>
        ))}
      </p>
      <p className="faint">
        {fullNumber(controls.length)} controls, from {timeText(since)} to {timeText(until)}
      </p>
    </section>
  )
}

const columns: Column[] = [
  ...['Control', 'State', 'Over the time', 'What is missing or shown'],
  { name: 'Evidence', isNumber: true },
  'Newest',
]

function Controls({ controls, open }: { controls: readonly Control[]; open: (id: string) => void }) {
  if (controls.length === 0) return <Empty>No control is as the filters ask.</Empty>
  const rows = controls.map((control) => ({ key: control.id, cells: cellsOf(control, open) }))
  return <Table caption="Controls, the worst first" columns={columns} rows={rows} />
}

function cellsOf(control: Control, open: (id: string) => void) {
  const { id, title, state, history, objectives } = control
  const { count, ageDays } = evidenceOf(control)
  const [worst] = objectives.toSorted((a, b) => rank(a.state) - rank(b.state))
  return [
    <>
      <button type="button" className="link" onClick={() => open(id)} aria-label={`Why: ${id}, ${title}`}>
        {id}
      </button>
      <small>{title}</small>
    </>,
    <StateMark key="state" state={state} />,
    <History key="history" history={history} />,
    worst?.says ?? '',
    fullNumber(count),
    ageDays === null ? '' : daysText(ageDays),
  ]
}

const rank = (state: State) => Object.keys(states).indexOf(state)

/** Marks from the oldest part of the time to the newest; in words for those who hear it. */
function History({ history }: Pick<Control, 'history'>) {
  return (
    <>
      <span aria-hidden="true" className="history">
        {history.map((state) => states[state].mark).join(' ')}
      </span>
      <span className="quiet">{history.map((state) => states[state].name).join(', then ')}</span>
    </>
  )
}

const formats = { html: 'Page', pdf: 'PDF', docx: 'Word', csv: 'CSV', json: 'JSON', oscal: 'OSCAL' }

function Files({ framework, report }: { framework: string; report: Report }) {
  return (
    <span className="exports">
      {Object.entries(formats).map(([format, name]) => (
        <a key={format} href={reportPath(framework, report, format)} download>
          {name}
        </a>
      ))}
    </span>
  )
}
