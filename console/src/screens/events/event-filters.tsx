import { useSummary, useWorkloadNames } from '../../api/queries.ts'
import { Search, Select } from '../../ui/fields.tsx'
import { TimeRange } from '../../ui/time-range.tsx'
import type { UrlState } from '../../url-state.ts'
import { type EventKind, eventKinds } from './event-kinds.tsx'

const names = Object.fromEntries(Object.entries(eventKinds).map(([id, { name }]) => [id, name]))

/** Filters by ids that nobody types: they are there where a link brought one. */
const leadsHere = new Set(['flow', 'transfer'])

interface Props {
  kind: EventKind<unknown>
  state: UrlState
  change: (changed: Record<string, string>) => void
}

/** What is asked for: of which kind, when, with which words, and by each filter of the kind. */
export function EventFilters({ kind, state, change }: Props) {
  const choose = (name: string) => (value: string) => change({ [name]: value, selected: '' })
  return (
    <div className="filters" role="search">
      <Select
        label="Kind of event"
        value={state.kind ?? 'findings'}
        choices={names}
        choose={(chosen) => choose('kind')(chosen === 'findings' ? '' : chosen)}
      />
      <TimeRange state={state} change={change} />
      <Search
        label="Words"
        placeholder="name, address, field, path …"
        value={state.search ?? ''}
        search={choose('search')}
      />
      {Object.entries(kind.filters).map(([name, label]) =>
        leadsHere.has(name) && !state[name] ? null : name === 'workload' ? (
          <WorkloadSelect key={name} value={state.workload ?? ''} choose={choose('workload')} />
        ) : (
          <ValueSearch
            key={name}
            {...{ kind, name, label, value: state[name] ?? '', search: choose(name) }}
          />
        ),
      )}
    </div>
  )
}

/** By name: ids are for machines. One that is not known any more is there by its id. */
function WorkloadSelect({ value, choose }: { value: string; choose: (id: string) => void }) {
  const known = useWorkloadNames()
  const others = value !== '' && !known.has(value) ? { [value]: value } : {}
  const choices = { '': 'Any', ...Object.fromEntries(known), ...others }
  return <Select label="Workload" value={value} choices={choices} choose={choose} />
}

interface ValueSearchProps {
  kind: EventKind<unknown>
  name: string
  label: string
  value: string
  search: (value: string) => void
}

/** Suggests what there is, whatever else is asked for. */
function ValueSearch({ kind, name, label, value, search }: ValueSearchProps) {
  const { data } = useSummary(kind.listing, {})
  const facet = data?.facets.find(({ filter }) => filter === name)
  const suggestions = facet?.values.map((each) => each.value) ?? []
  return <Search label={label} suggestions={suggestions} value={value} search={search} />
}
