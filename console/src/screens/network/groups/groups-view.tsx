import type { PolicyGroup } from '../../../../../src/api/contract/types.ts'
import { usePolicy } from '../../../api/policy-queries.ts'
import { useListing } from '../../../api/queries.ts'
import { fullNumber } from '../../../text.ts'
import { Search, Select } from '../../../ui/fields.tsx'
import { Ago, Empty, MoreButton, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { useUrlState } from '../../../url-state.ts'
import { GroupDrawer } from './group-drawer.tsx'
import { betweenText, modeMarks } from './mode-model.ts'

const modeChoices = { '': 'Any', Discover: '○ Discover', Monitor: '◐ Monitor', Protect: '● Protect' }

/** Groups with their modes. */
export function GroupsView() {
  const [{ find = '', mode = '', group = '' }, change] = useUrlState()
  const filters = { ...(find !== '' && { find }), ...(mode !== '' && { mode }) }
  const listing = useListing<PolicyGroup>('policy/groups', filters)
  const groups = listing.data?.pages.flatMap((page) => page.items) ?? []
  const { data: policy } = usePolicy()
  return (
    <>
      <ScreenHead title="Groups" updatedAt={listing.dataUpdatedAt} />
      {policy ? (
        <p>
          New services are in {policy.settings.newServiceMode}. {betweenText(policy.settings)}
        </p>
      ) : null}
      <div className="filters" role="search">
        <Select
          label="Mode"
          value={mode}
          choices={modeChoices}
          choose={(chosen) => change({ mode: chosen })}
        />
        <Search
          label="Find"
          value={find}
          placeholder="part of the name"
          search={(text) => change({ find: text })}
        />
      </div>
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && groups.length === 0 ? <Empty>No group is as the filters ask.</Empty> : null}
      {groups.length > 0 ? <GroupTable groups={groups} open={(name) => change({ group: name })} /> : null}
      <MoreButton listing={listing} label="More groups" />
      {group === '' ? null : <GroupDrawer name={group} close={() => change({ group: '', to: '' })} />}
    </>
  )
}

const columns: Column[] = [
  ...['Group', 'Network', 'Processes, files', 'Since'],
  { name: 'Workloads', isNumber: true },
  { name: 'Rules', isNumber: true },
]

function GroupTable({ groups, open }: { groups: readonly PolicyGroup[]; open: (name: string) => void }) {
  const rows = groups.map((group) => ({ key: group.name, cells: cellsOf(group, open) }))
  return <Table caption="Groups, by name" columns={columns} rows={rows} />
}

function cellsOf(group: PolicyGroup, open: (name: string) => void) {
  const { name, kind, mode, profileMode, modeFrom, modeSince, members, rules } = group
  return [
    <>
      <button type="button" className="link" onClick={() => open(name)} aria-label={`Group ${name}`}>
        {name}
      </button>
      <small>{kind}</small>
    </>,
    <ModeMark key="network" mode={mode} />,
    <ModeMark key="profile" mode={profileMode} />,
    <>
      {modeSince === null ? '' : <Ago time={modeSince} />}
      {mode === null ? null : <small>{modeOrigin[modeFrom]}</small>}
    </>,
    fullNumber(members.length),
    fullNumber(rules),
  ]
}

const modeOrigin: Record<PolicyGroup['modeFrom'], string> = {
  'new-services': 'as new services are',
  file: 'a file says so',
  given: 'given by somebody, or by time',
}

export function ModeMark({ mode }: { mode: PolicyGroup['mode'] }) {
  if (mode === null) return <span className="faint">has none</span>
  return (
    <span className={`mode ${mode.toLowerCase()}`}>
      <span aria-hidden="true">{modeMarks[mode]}</span> {mode}
    </span>
  )
}
