import type { ChangeResult, PolicyVersion } from '../../../../../src/api/contract/types.ts'
import { change } from '../../../api/client.ts'
import { renewPolicy, useMay, usePolicy, useVersion } from '../../../api/policy-queries.ts'
import { useListing } from '../../../api/queries.ts'
import { timeText } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Ago, Drawer, Empty, Facts, MoreButton, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { Table } from '../../../ui/table.tsx'
import { useUrlState } from '../../../url-state.ts'
import { ChangeList } from './change-list.tsx'

const actions: Record<PolicyVersion['action'], string> = {
  apply: 'files applied',
  rules: 'rules changed',
  mode: 'mode set',
  settings: 'settings changed',
  promotion: 'promoted by time',
  undo: 'taken back',
}

/** Who changed the policy, when and why; and back again. */
export function HistoryView() {
  const [{ version = '' }, changeUrl] = useUrlState()
  const listing = useListing<PolicyVersion>('policy/versions', {})
  const versions = listing.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <ScreenHead title="History of the policy" updatedAt={listing.dataUpdatedAt} />
      {listing.error ? <ProblemNote error={listing.error} again={() => void listing.refetch()} /> : null}
      {listing.data && versions.length === 0 ? (
        <Empty>Nobody has changed the policy yet. What is learned is no version: it is beside them.</Empty>
      ) : null}
      {versions.length > 0 ? (
        <VersionTable versions={versions} open={(number) => changeUrl({ version: number })} />
      ) : null}
      <MoreButton listing={listing} label="Older ones" />
      {version === '' ? null : <VersionDrawer number={version} close={() => changeUrl({ version: '' })} />}
    </>
  )
}

function VersionTable({
  versions,
  open,
}: {
  versions: readonly PolicyVersion[]
  open: (number: string) => void
}) {
  const rows = versions.map(({ number, at, author, action, reason, counts }) => ({
    key: `${number}`,
    cells: [
      <button
        key="number"
        type="button"
        className="link"
        onClick={() => open(`${number}`)}
        aria-label={`Version ${number}: what it changed`}
      >
        {number}
      </button>,
      <Ago key="at" time={at} />,
      author,
      actions[action],
      `+${counts.added} ~${counts.changed} −${counts.removed}`,
      reason,
    ],
  }))
  const columns = ['Version', 'When', 'Who', 'What', 'Changes', 'Why']
  return <Table caption="Versions of the policy, newest first" columns={columns} rows={rows} />
}

function VersionDrawer({ number, close }: { number: string; close: () => void }) {
  const { data, error, refetch } = useVersion(number)
  const { data: policy } = usePolicy()
  const mayWrite = useMay('policy:write')
  return (
    <Drawer title={`Version ${number}`} close={close}>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? (
        <>
          <Facts
            facts={[
              ['When', timeText(data.at)],
              ['Who', data.author],
              ['What', actions[data.action]],
              ['Why', data.reason],
            ]}
          />
          <h3>What it changed</h3>
          <ChangeList changes={data.changes} />
          {mayWrite && policy ? <TakeBack number={data.number} current={policy.version} /> : null}
        </>
      ) : null}
    </Drawer>
  )
}

/** Of the version that holds: back before it. Of another: to what it held. */
function TakeBack({ number, current }: { number: number; current: number }) {
  const isCurrent = number === current
  const undo = async (reason: string) => {
    const body = { ...(!isCurrent && { to: number }), reason }
    const { version, changes } = await change<ChangeResult>('POST', '/api/v1/policy/undo', body)
    await renewPolicy()
    return changes.length === 0 ? 'It was so already.' : `Version ${version} holds.`
  }
  return (
    <>
      <h3>{isCurrent ? 'Take it back' : 'Bring it back'}</h3>
      <ReasonForm action={isCurrent ? 'Take it back' : `Bring back version ${number}`} send={undo}>
        <p>
          {isCurrent
            ? 'What held before it holds again, as a new version.'
            : `All that was changed since is taken back, as a new version. What was learned stays.`}
        </p>
      </ReasonForm>
    </>
  )
}
