import { Link } from 'wouter'
import type { PolicyGroup } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, useGroup, useMay } from '../../../api/policy-queries.ts'
import { fullNumber, timeText } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Drawer, Empty, Facts, ProblemNote, WorkloadName } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import { queryText } from '../../../url-state.ts'
import { ModeMark } from './groups-view.tsx'
import { ModeForm } from './mode-form.tsx'

/** A group: who is in it, its modes and how to change them, what it may run. */
export function GroupDrawer({ name, close }: { name: string; close: () => void }) {
  const { data, error, refetch } = useGroup(name)
  const [group] = data ?? []
  const mayWrite = useMay('policy:write')
  return (
    <Drawer title={name} close={close}>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data && group === undefined ? <Empty>There is no group of this name.</Empty> : null}
      {group ? (
        <>
          <GroupFacts group={group} />
          {mayWrite && group.mode !== null ? <ModeForm group={group} /> : null}
          <Members group={group} />
          <Programs group={group} mayWrite={mayWrite} />
        </>
      ) : null}
    </Drawer>
  )
}

function GroupFacts({ group }: { group: PolicyGroup }) {
  const { name, kind, comment, criteria, mode, profileMode, modeSince, rules } = group
  return (
    <>
      <Facts
        facts={[
          ['Kind', kind],
          ['What it is', comment],
          ['Members are', criteria.map(({ key, op, value }) => `${key} ${op} ${value}`).join(', ')],
          ['Network', <ModeMark key="network" mode={mode} />],
          ['Processes, files', <ModeMark key="processes" mode={profileMode} />],
          ['Since', modeSince === null ? null : timeText(modeSince)],
        ]}
      />
      <p>
        <Link href={`/network${queryText({ view: 'rules', group: name })}`}>
          {fullNumber(rules)} {rules === 1 ? 'rule' : 'rules'} from it or to it
        </Link>
      </p>
    </>
  )
}

/** Of a large group: the rest is in the API. */
const shownMembers = 50

function Members({ group: { members } }: { group: PolicyGroup }) {
  return (
    <>
      <h3>Workloads</h3>
      {members.length === 0 ? <p className="faint">None of it runs now.</p> : null}
      <ul className="plain">
        {members.slice(0, shownMembers).map(({ id, name }) => (
          <li key={id}>
            <WorkloadName id={id} name={name} />
          </li>
        ))}
        {members.length > shownMembers ? <li>and {fullNumber(members.length - shownMembers)} more</li> : null}
      </ul>
    </>
  )
}

function Programs({ group: { processes }, mayWrite }: { group: PolicyGroup; mayWrite: boolean }) {
  const learned = processes.flatMap((rule) => rule.learned?.id ?? [])
  const forget = async (reason: string) => {
    await change('POST', '/api/v1/policy/learned/forget', { rules: learned, reason })
    await renewPolicy()
    return 'They are forgotten.'
  }
  return (
    <>
      <h3>Programs</h3>
      {processes.length === 0 ? (
        <p className="faint">None is listed: none was seen to start in Discover, and no file names any.</p>
      ) : (
        <ProgramTable processes={processes} />
      )}
      {mayWrite && learned.length > 0 ? (
        <ReasonForm action={`Forget the ${fullNumber(learned.length)} learned`} send={forget}>
          <p>In Discover they are learned again when they run again.</p>
        </ReasonForm>
      ) : null}
    </>
  )
}

function ProgramTable({ processes }: Pick<PolicyGroup, 'processes'>) {
  const rows = processes.map(({ action, name, path, user, tier, learned }) => ({
    key: `${action} ${name} ${path} ${user}`,
    cells: [
      <>
        {name || 'any'}
        <small>{path || 'any path'}</small>
      </>,
      <span key="action" className={action}>
        {action === 'allow' ? '✓ may run' : '✕ may not'}
      </span>,
      learned ? `learned: ${fullNumber(learned.flows)} times` : tier,
    ],
  }))
  const caption = 'Rules about programs, in the order in which they are asked'
  return <Table caption={caption} columns={['Program', 'It is', 'Where from']} rows={rows} />
}
