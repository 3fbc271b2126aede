import { lazy, Suspense } from 'react'
import { useDataFlow, useDataFlows } from '../../api/queries.ts'
import { categories, fullNumber } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { Empty, MoreButton, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { useUrlState } from '../../url-state.ts'
import { FlowDrawer } from './flow-drawer.tsx'
import { FlowTable } from './flow-table.tsx'
import type { ViewProps } from './view-props.ts'

/** Loaded when it is looked at: it is most of the console's script. */
const FlowMap = lazy(() => import('./map/flow-map.tsx'))
const DeclaredView = lazy(() => import('./declared/declared-view.tsx'))
const DifferencesView = lazy(() => import('./differences/differences-view.tsx'))
const PartnersView = lazy(() => import('./partners/partners-view.tsx'))

/** Views of what is declared; the others are of what was seen. */
const declaredViews: Readonly<Record<string, typeof DeclaredView>> = {
  declared: DeclaredView,
  partners: PartnersView,
  differences: DifferencesView,
}

/** Who sends which personal data where, since Pavise was started. */
export function FlowsScreen() {
  const [state, change] = useUrlState()
  const choose = (
    <div className="filters">
      <Select
        label="View"
        value={state.view ?? ''}
        choices={views}
        choose={(view) => change({ view, find: '', line: '' })}
      />
    </div>
  )
  const name = state.view ?? ''
  const View = Object.hasOwn(declaredViews, name) ? declaredViews[name] : undefined
  if (View === undefined) return <Observed {...{ state, change, choose }} />
  return (
    <Suspense fallback={<p role="status">Opening …</p>}>
      <View {...{ state, change, choose }} />
    </Suspense>
  )
}

const views = {
  '': 'Table',
  map: 'Map',
  declared: 'Who gets it, and whether that is declared',
  partners: 'Declared partners',
  differences: 'What is otherwise than declared, and drafts',
}

const filterNames = ['data', 'transport', 'where', 'find'] as const

/** What was seen, whatever is declared. */
function Observed({ state, change, choose }: ViewProps) {
  const given = filterNames.map((name) => [name, state[name] ?? '']).filter(([, value]) => value !== '')
  const filters = Object.fromEntries(given) as Record<string, string>
  const listing = useDataFlows(filters)
  const { data, error, refetch, dataUpdatedAt } = listing
  const flows = data?.pages.flatMap(({ items }) => items) ?? []
  const { data: selected } = useDataFlow(state.selected ?? '')
  const open = (key: string) => change({ selected: key })
  return (
    <>
      <ScreenHead title="Data flows" updatedAt={dataUpdatedAt} />
      {choose}
      <Filters state={state} change={change} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <p role="status">{countText(data.pages[0])}</p> : null}
      {data && flows.length === 0 ? <NoFlows known={data.pages[0].known} /> : null}
      {flows.length > 0 && state.view === 'map' ? (
        <Suspense fallback={<p role="status">Drawing the map …</p>}>
          <FlowMap filters={filters} line={state.line ?? ''} change={change} />
        </Suspense>
      ) : null}
      {flows.length > 0 && state.view !== 'map' ? (
        <>
          <FlowTable flows={flows} open={open} />
          <MoreButton listing={listing} label="More data flows" />
        </>
      ) : null}
      {selected ? <FlowDrawer flow={selected} close={() => change({ selected: '' })} /> : null}
    </>
  )
}

const transports = { '': 'Any', clear: 'Clear text', encrypted: 'Encrypted', loopback: 'Loopback' }
const places = { '': 'Anywhere', outside: 'To or from outside' }
const data = {
  '': 'Any or none',
  any: 'Some',
  none: 'None',
  ...Object.fromEntries(categories.map((each) => [each, each])),
}

function Filters({ state, change }: Pick<ViewProps, 'state' | 'change'>) {
  const choose = (name: string) => (value: string) => change({ [name]: value })
  const { transport = '', where = '', find = '' } = state
  return (
    <div className="filters" role="search">
      <Select label="Personal data" value={state.data ?? ''} choices={data} choose={choose('data')} />
      <Select label="Transport" value={transport} choices={transports} choose={choose('transport')} />
      <Select label="Where" value={where} choices={places} choose={choose('where')} />
      <Search label="Find" value={find} placeholder="name, protocol, iban …" search={choose('find')} />
    </div>
  )
}

interface Counted {
  total?: { count: number }
  known: number
  carrying: number
}

function countText({ total, known, carrying }: Counted): string {
  const asked = fullNumber(total?.count ?? known)
  return `${asked} of ${fullNumber(known)} data flows, ${fullNumber(carrying)} with personal data`
}

function NoFlows({ known }: { known: number }) {
  if (known > 0) return <Empty>None of the {fullNumber(known)} data flows is as the filters ask.</Empty>
  return (
    <Empty>
      No traffic has been seen since Pavise was started. What runs and whether it is seen is in the overview.
    </Empty>
  )
}
