import { lazy, Suspense, useCallback } from 'react'
import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { useDataFlows } from '../../api/queries.ts'
import { categories } from '../../text.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { Empty, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { type UrlState, useUrlState } from '../../url-state.ts'
import { FlowDrawer } from './flow-drawer.tsx'
import { byConcern, filterFlows } from './flow-model.ts'
import { FlowTable } from './flow-table.tsx'

/** Loaded when it is looked at: it is most of the console's script. */
const FlowMap = lazy(() => import('./map/flow-map.tsx'))
const DeclaredView = lazy(() => import('./declared/declared-view.tsx'))

/** Who sends which personal data where, since Pavise was started. */
export function FlowsScreen() {
  const { dataUpdatedAt } = useDataFlows()
  const [state, change] = useUrlState()
  const isDeclared = state.view === 'declared'
  return (
    <>
      <ScreenHead title="Data flows" updatedAt={dataUpdatedAt} />
      <div className="filters">
        <Select
          label="View"
          value={state.view ?? ''}
          choices={views}
          choose={(view) => change({ view, find: '' })}
        />
      </div>
      {isDeclared ? (
        <Suspense fallback={<p role="status">Opening …</p>}>
          <DeclaredView state={state} change={change} />
        </Suspense>
      ) : (
        <Observed state={state} change={change} />
      )}
    </>
  )
}

const views = { '': 'Table', map: 'Map', declared: 'Who gets it, and whether that is declared' }

interface ViewProps {
  state: UrlState
  change: (changed: Record<string, string>) => void
}

/** What was seen, whatever is declared. */
function Observed({ state, change }: ViewProps) {
  const { data, error, isPending, refetch } = useDataFlows()
  const shown = byConcern(filterFlows(data ?? [], state))
  const selected = data?.find(({ key }) => key === state.selected)
  const open = useCallback((key: string) => change({ selected: key }), [change])
  return (
    <>
      <Filters state={state} change={change} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <p role="status">{countText(shown, data)}</p> : null}
      {isPending || shown.length > 0 ? null : <NoFlows all={data ?? []} />}
      {shown.length > 0 && state.view === 'map' ? (
        <Suspense fallback={<p>Drawing the map …</p>}>
          <FlowMap flows={shown} open={open} />
        </Suspense>
      ) : null}
      {shown.length > 0 && state.view !== 'map' ? <FlowTable flows={shown} open={open} /> : null}
      {selected ? <FlowDrawer flow={selected} close={() => change({ selected: '' })} /> : null}
    </>
  )
}

const transports = { '': 'Any', clear: 'Clear text', encrypted: 'Encrypted', loopback: 'Loopback' }
const places = { '': 'Anywhere', outside: 'To or from outside' }
const data = { '': 'Any or none', any: 'Some', ...Object.fromEntries(categories.map((each) => [each, each])) }

function Filters({ state, change }: ViewProps) {
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

function countText(shown: readonly DataFlow[], all: readonly DataFlow[]): string {
  const carrying = shown.filter(({ carried }) => carried.length > 0).length
  return `${shown.length} of ${all.length} data flows, ${carrying} with personal data`
}

function NoFlows({ all }: { all: readonly DataFlow[] }) {
  if (all.length > 0) return <Empty>None of the {all.length} data flows is as the filters ask.</Empty>
  return (
    <Empty>
      No traffic has been seen since Pavise was started. What runs and whether it is seen is in the overview.
    </Empty>
  )
}
