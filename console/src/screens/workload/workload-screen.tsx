import { Link } from 'wouter'
import type { Session, WorkloadItem } from '../../../../src/api/contract/types.ts'
import { useFlowsOf, useWorkload } from '../../api/policy-queries.ts'
import { Empty, ProblemNote, ScreenHead } from '../../ui/parts.tsx'
import { useUrlState } from '../../url-state.ts'
import { openCaseLink } from '../incidents/case-model.ts'
import { FlowTable } from '../flows/flow-table.tsx'
import { CarriedTable } from './carried-table.tsx'
import { GroupsSection } from './groups-section.tsx'
import { HappenedSection } from './happened-section.tsx'
import { QuarantineSection } from './quarantine-section.tsx'
import { WorkloadFacts } from './workload-facts.tsx'
import { FlowDrawer } from '../flows/flow-drawer.tsx'

/** All about one workload. */
export function WorkloadScreen({ session }: { session: Session }) {
  const [{ id = '' }] = useUrlState()
  const { data, error, isPending, dataUpdatedAt, refetch } = useWorkload(id)
  return (
    <>
      <ScreenHead title={data?.workload.name ?? 'Workload'} updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {isPending || data || error ? null : (
        <Empty>
          No workload {id} is known: it has stopped so long ago that nothing of it is kept, or it is in a
          namespace that your role does not show.
        </Empty>
      )}
      {data ? <WorkloadFacts item={data} /> : null}
      {data && session.permissions.includes('cases:write') ? <CaseLink item={data} /> : null}
      {data ? <About item={data} /> : null}
    </>
  )
}

/** Where what was seen of it is a breach, or may turn out to be one. */
function CaseLink({ item: { workload } }: { item: WorkloadItem }) {
  const seed = { title: workload.name, workload: workload.id, detected: new Date().toISOString() }
  return (
    <p>
      <Link href={openCaseLink(seed)}>Open a case about it</Link>
    </p>
  )
}

function About({ item }: { item: WorkloadItem }) {
  const { id } = item.workload
  return (
    <>
      <GroupsSection workload={id} />
      <QuarantineSection workload={id} isRunning={item.stoppedAt === undefined} />
      <Connections workload={id} />
      <HappenedSection workload={id} />
    </>
  )
}

function Connections({ workload }: { workload: string }) {
  const { data, error, refetch } = useFlowsOf(workload)
  const [{ selected }, change] = useUrlState()
  const open = data?.find(({ key }) => key === selected)
  const flows = data ?? []
  return (
    <>
      <section aria-label="Connections">
        <h2>Connections</h2>
        {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
        {data && flows.length === 0 ? <Empty>None has been seen since Pavise was started.</Empty> : null}
        {flows.length > 0 ? <FlowTable flows={flows} open={(key) => change({ selected: key })} /> : null}
      </section>
      <section aria-label="Personal data">
        <h2>Personal data through it</h2>
        {data ? <CarriedTable flows={data} workload={workload} /> : null}
      </section>
      {open ? <FlowDrawer flow={open} close={() => change({ selected: '' })} /> : null}
    </>
  )
}
