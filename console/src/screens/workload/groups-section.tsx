import type { PolicyGroup } from '../../../../src/api/contract/types.ts'
import { useGroupsOf, useMay } from '../../api/policy-queries.ts'
import { fullNumber } from '../../text.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { ModeMark } from '../network/groups/groups-view.tsx'
import { GroupLink } from '../network/rules/rule-drawer.tsx'

const columns: Column[] = ['Group', 'Network', 'Processes, files', { name: 'Rules', isNumber: true }]

/** Groups that it is in, with their modes. */
export function GroupsSection({ workload }: { workload: string }) {
  const { data } = useGroupsOf(workload)
  if (!useMay('policy:read')) return null
  return (
    <section aria-label="Groups">
      <h2>Groups and modes</h2>
      {data && data.length === 0 ? <p className="faint">It is in none: it does not run now.</p> : null}
      {data && data.length > 0 ? (
        <Table caption="Groups that it is in" columns={columns} rows={data.map(rowOf)} />
      ) : null}
    </section>
  )
}

function rowOf({ name, mode, profileMode, rules }: PolicyGroup) {
  return {
    key: name,
    cells: [
      <GroupLink key="name" name={name} />,
      <ModeMark key="network" mode={mode} />,
      <ModeMark key="profile" mode={profileMode} />,
      fullNumber(rules),
    ],
  }
}
