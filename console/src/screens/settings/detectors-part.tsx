import { useMay } from '../../api/policy-queries.ts'
import { useDetection, useDetectors } from '../../api/settings-queries.ts'
import { categories } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { Age, CategoryChip, Empty, ProblemNote } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { type UrlState, useUrlState } from '../../url-state.ts'
import { DetectionDrawer } from './detection-drawer.tsx'
import { detectorsFor, kindNames, stateText, type Switched, switchedOf } from './detector-model.ts'

const categoryNames = { '': 'Any', ...Object.fromEntries(categories.map((each) => [each, each])) }
const stateNames = { '': 'On or off', on: 'On', off: 'Off' }

/** What is looked for, where it comes from, and whether it counts. */
export function DetectorsPart() {
  const detectors = useDetectors()
  const detection = useDetection()
  const [state, change] = useUrlState()
  const mayWrite = useMay('policy:write')
  const kind = Object.hasOwn(kindNames, state.of ?? '') ? (state.of as Switched['kind']) : 'personal-data'
  const all = detectors.data && detection.data ? switchedOf(detectors.data, detection.data) : []
  const { category = '', on = '', find = '' } = state
  const shown = detectorsFor(all, { kind, category, state: on, find })
  const opened = all.find((each) => each.kind === kind && each.name === state.detector)
  const error = detectors.error ?? detection.error
  return (
    <section className="stack">
      <div className="head">
        <h2>What is looked for</h2>
        <Age of={detection.dataUpdatedAt} />
      </div>
      <p>
        Your own are YAML files: <code>pavise sensors add FILE</code> takes one in, and{' '}
        <code>pavise sensors remove</code> takes it out, at the next start.
      </p>
      <Filters kind={kind} state={state} change={change} />
      {detectors.isPending ? <p role="status">Asking the recognisers …</p> : null}
      {error ? (
        <ProblemNote
          error={error}
          again={() => void Promise.all([detectors.refetch(), detection.refetch()])}
        />
      ) : null}
      {all.length > 0 ? (
        <p role="status">
          {shown.length} of {all.filter((each) => each.kind === kind).length} detectors,{' '}
          {all.filter(({ isOn }) => !isOn).length} of all are off
        </p>
      ) : null}
      {all.length > 0 && shown.length === 0 ? <Empty>None is as the filters ask.</Empty> : null}
      {shown.length > 0 ? (
        <Table
          caption="Detectors"
          columns={columnsOf(kind)}
          rows={shown.map((each) => rowOf(each, mayWrite ? (name) => change({ detector: name }) : null))}
        />
      ) : null}
      {opened ? (
        <DetectionDrawer key={opened.name} item={opened} close={() => change({ detector: '' })} />
      ) : null}
    </section>
  )
}

interface FiltersProps {
  kind: Switched['kind']
  state: UrlState
  change: (changed: Record<string, string>) => void
}

function Filters({ kind, state, change }: FiltersProps) {
  const { category = '', on = '', find = '' } = state
  return (
    <div className="filters" role="search">
      <Select
        label="Of"
        value={kind}
        choices={kindNames}
        choose={(chosen) => change({ of: chosen === 'personal-data' ? '' : chosen, category: '' })}
      />
      {kind === 'personal-data' ? (
        <Select
          label="Category"
          value={category}
          choices={categoryNames}
          choose={(chosen) => change({ category: chosen })}
        />
      ) : null}
      <Select label="State" value={on} choices={stateNames} choose={(chosen) => change({ on: chosen })} />
      <Search
        label="Find"
        value={find}
        placeholder="iban, tax, flood …"
        search={(value) => change({ find: value })}
      />
    </div>
  )
}

function columnsOf(kind: Switched['kind']): string[] {
  return kind === 'personal-data'
    ? ['Detector', 'State', 'Category', 'Country', 'Whose', 'Where it comes from']
    : ['Detector', 'State', 'What it tells']
}

function rowOf(each: Switched, open: ((name: string) => void) | null) {
  const { kind, name, title, category, country, isOwn, about } = each
  const state =
    open === null ? (
      stateText(each)
    ) : (
      <button
        key="state"
        type="button"
        className="link"
        onClick={() => open(name)}
        aria-label={`Switch ${title}: ${stateText(each)}`}
      >
        {stateText(each)}
      </button>
    )
  const called = (
    <>
      {title}
      {name === title ? null : <small>{name}</small>}
    </>
  )
  if (kind !== 'personal-data') return { key: name, cells: [called, state, about] }
  const ofData = [<CategoryChip key="category" category={category ?? ''} />, country?.toUpperCase() ?? '']
  return {
    key: `${isOwn} ${name}`,
    cells: [called, state, ...ofData, isOwn ? 'your own' : 'built in', about],
  }
}
