import type { Quarantined } from '../../../../../src/api/contract/types.ts'
import { useMay, useQuarantine } from '../../../api/policy-queries.ts'
import { useWorkloadNames } from '../../../api/queries.ts'
import { Select } from '../../../ui/fields.tsx'
import { Ago, Drawer, Empty, ProblemNote, ScreenHead, WorkloadName } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import { useUrlState } from '../../../url-state.ts'
import { QuarantineForm, ReleaseForm } from './quarantine-forms.tsx'

/** Workloads that are cut off, and since when; and who lets them go again. */
export function QuarantineView() {
  const [{ release = '', workload = '' }, changeUrl] = useUrlState()
  const { data, error, dataUpdatedAt, refetch } = useQuarantine()
  const mayWrite = useMay('policy:write')
  const names = useWorkloadNames()
  const others = [...names].filter(([id]) => !data?.some((each) => each.workload === id))
  return (
    <>
      <ScreenHead title="Quarantine" updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data && data.length === 0 ? <Empty>No workload is cut off.</Empty> : null}
      {data && data.length > 0 ? (
        <QuarantineTable items={data} release={(id) => changeUrl({ release: id })} mayWrite={mayWrite} />
      ) : null}
      {mayWrite ? (
        <section aria-label="Cut a workload off">
          <h2>Cut a workload off</h2>
          <div className="filters">
            <Select
              label="Workload"
              value={workload}
              choices={{ '': 'choose one', ...Object.fromEntries(others) }}
              choose={(id) => changeUrl({ workload: id })}
            />
          </div>
          {workload === '' ? null : <QuarantineForm key={workload} workload={workload} />}
        </section>
      ) : null}
      {release === '' ? null : (
        <Drawer title={`Let ${names.get(release) ?? release} go`} close={() => changeUrl({ release: '' })}>
          <ReleaseForm workload={release} />
        </Drawer>
      )}
    </>
  )
}

interface QuarantineTableProps {
  items: readonly Quarantined[]
  release: (id: string) => void
  mayWrite: boolean
}

function QuarantineTable({ items, release, mayWrite }: QuarantineTableProps) {
  const letGo = { name: 'Let go', isQuiet: true }
  const rows = items.map(({ workload, since, reason, enforcedBy }) => ({
    key: workload,
    cells: [
      <WorkloadName key="workload" id={workload} />,
      <Ago key="since" time={since} />,
      reason,
      enforcedText(enforcedBy),
      ...(mayWrite
        ? [
            <button key="go" type="button" onClick={() => release(workload)}>
              Let go …
            </button>,
          ]
        : []),
    ],
  }))
  const columns = ['Workload', 'Since', 'Reason', 'Done by', ...(mayWrite ? [letGo] : [])]
  return <Table caption="Workloads that are cut off" columns={columns} rows={rows} />
}

/** What counts is when nothing passes any more: an enforcer has to say so. */
export function enforcedText(enforcedBy: readonly string[]): string {
  return enforcedBy.length === 0
    ? '▲ no enforcer has said yet that nothing passes'
    : `✓ ${enforcedBy.join(', ')}`
}
