import type { NodeItem } from '../../../../src/api/contract/types.ts'
import { removeNode, useNodes } from '../../api/node-queries.ts'
import { useMay } from '../../api/policy-queries.ts'
import { Age, Ago, Drawer, Empty, Facts, ProblemNote } from '../../ui/parts.tsx'
import { ReasonForm } from '../../ui/reason-form.tsx'
import { Table } from '../../ui/table.tsx'
import { timeText } from '../../text.ts'
import { useUrlState } from '../../url-state.ts'
import { JoinTokens } from './join-tokens.tsx'

/** The machines that report here: which there are, whether they are connected, and how another one joins. */
export function MachinesPart() {
  const { data, error, refetch, dataUpdatedAt } = useNodes()
  const [{ machine = '' }, change] = useUrlState()
  const mayManage = useMay('nodes:manage')
  const opened = data?.items.find(({ name }) => name === machine)
  return (
    <section className="stack">
      <div className="head">
        <h2>Machines</h2>
        <Age of={dataUpdatedAt} />
      </div>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data?.listening === false ? (
        <Empty>
          This Pavise watches its own machine only. Where others are to report, run{' '}
          <code>pavise controller</code> in place of <code>pavise up</code>.
        </Empty>
      ) : null}
      {data?.listening === true && data.items.length === 0 ? <Empty>No machine has joined yet.</Empty> : null}
      {data !== undefined && data.items.length > 0 ? (
        <Table
          caption="Machines, by name"
          columns={['Machine', 'State', 'Policy', 'Joined', 'Can connect until', 'Version']}
          rows={data.items.map((node) => rowOf(node, () => change({ machine: node.name })))}
        />
      ) : null}
      {data?.listening === true && mayManage ? <JoinTokens /> : null}
      {opened ? (
        <MachineDrawer node={opened} mayManage={mayManage} close={() => change({ machine: '' })} />
      ) : null}
    </section>
  )
}

function rowOf(node: NodeItem, open: () => void) {
  const { id, name, joinedAt, certificateUntil, version } = node
  return {
    key: id,
    cells: [
      <button key="open" type="button" className="link" onClick={open}>
        {name}
      </button>,
      stateText(node),
      policyText(node),
      <Ago key="joined" time={joinedAt} />,
      timeText(certificateUntil),
      version ?? '',
    ],
  }
}

function stateText({ connected }: NodeItem): string {
  return connected ? '✓ connected' : '▲ not connected'
}

function policyText({ policyIsCurrent }: NodeItem): string {
  if (policyIsCurrent === undefined) return ''
  return policyIsCurrent ? '✓ the one that holds' : '▲ an older one'
}

function MachineDrawer({
  node,
  mayManage,
  close,
}: {
  node: NodeItem
  mayManage: boolean
  close: () => void
}) {
  const { name, since, joinedAt, certificateUntil, version } = node
  const send = async (reason: string) => {
    await removeNode(name, reason)
    close()
    return `${name} is removed.`
  }
  return (
    <Drawer title={`Machine ${name}`} close={close}>
      <Facts
        facts={[
          ['State', `${stateText(node)}${since === null ? '' : ` since ${timeText(since)}`}`],
          ['Policy', policyText(node)],
          ['Joined', timeText(joinedAt)],
          ['Can connect until', `${timeText(certificateUntil)}; it renews its certificate by itself`],
          ['Version', version ?? 'not known since the controller began'],
        ]}
      />
      {mayManage ? (
        <ReasonForm action={`Remove ${name}`} send={send} needsReason>
          <p className="faint">
            Its connection ends at once and it is let in no more; what it told stays. It goes on enforcing the
            last policy that it has until it is stopped there.
          </p>
        </ReasonForm>
      ) : null}
    </Drawer>
  )
}
