import type { CaptureFileItem, CaptureItem, CaptureList } from '../../../../src/api/contract/types.ts'
import { stopCapture, useCaptures } from '../../api/capture-queries.ts'
import { useWorkloadNames } from '../../api/queries.ts'
import { bytesText, timeText } from '../../text.ts'
import { ActionForm } from '../../ui/forms.tsx'
import { Drawer, Empty, Facts, ProblemNote, ScreenHead, WorkloadName } from '../../ui/parts.tsx'
import { Table } from '../../ui/table.tsx'
import { useUrlState } from '../../url-state.ts'
import { CaptureFiles } from './capture-files.tsx'
import { causeText, packetsText, stateTexts } from './capture-model.ts'
import { PacketsPanel } from './packets-panel.tsx'
import { RecordForm } from './record-form.tsx'

const automaticTexts: Readonly<Record<CaptureList['automatic'], string>> = {
  payload:
    'Where a threat of medium severity or a connection that is not allowed is seen, packets around it are recorded.',
  masked:
    'Where a threat of medium severity or a connection that is not allowed is seen, packets around it are recorded; personal data in them is masked.',
  headers:
    'Where a threat of medium severity or a connection that is not allowed is seen, headers of packets around it are recorded.',
  off: 'By itself nothing is recorded: Pavise was started with --captures off.',
}

/** Packets: what is being recorded, to record more, and the files. */
export function CapturesView() {
  const [{ workload = '', file = '' }, change] = useUrlState()
  const { data, error, dataUpdatedAt, refetch } = useCaptures()
  const files = data?.files ?? []
  const shown = workload === '' ? files : files.filter((each) => each.workload === workload)
  const opened = files.find((each) => each.file === file)
  return (
    <>
      <ScreenHead title="Captures" updatedAt={dataUpdatedAt} />
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data ? <p>{automaticTexts[data.automatic]}</p> : null}
      {data && data.orders.length > 0 ? <Orders orders={data.orders} /> : null}
      <RecordForm workload={workload} choose={(id) => change({ workload: id })} />
      <h2>Files</h2>
      {data && shown.length === 0 ? (
        <Empty>
          {files.length === 0
            ? 'No packets are kept: nothing was recorded in the last seven days.'
            : 'None of the files is of this workload.'}
        </Empty>
      ) : null}
      {shown.length > 0 ? <CaptureFiles files={shown} open={(name) => change({ file: name })} /> : null}
      {opened ? <FileDrawer item={opened} close={() => change({ file: '' })} /> : null}
    </>
  )
}

function Orders({ orders }: { orders: readonly CaptureItem[] }) {
  const names = useWorkloadNames()
  const rows = orders.map(({ id, workloads, filter, until, by, reason }) => ({
    key: id,
    cells: [
      workloads.map((each) => names.get(each) ?? each).join(', '),
      filter || 'all packets',
      timeText(until),
      by,
      reason,
      <ActionForm key="stop" action="Stop" send={() => stopCapture(id)} />,
    ],
  }))
  const stop = { name: 'Stop', isQuiet: true }
  return (
    <section aria-label="Being recorded">
      <h2>Being recorded</h2>
      <Table
        caption="What is being recorded"
        columns={['Workloads', 'Which packets', 'Until', 'Asked by', 'Why', stop]}
        rows={rows}
      />
    </section>
  )
}

function partsText(headersOnly: boolean, masked: boolean): string {
  if (headersOnly) return 'headers only'
  return masked ? 'headers and payload, personal data masked' : 'headers and payload'
}

function FileDrawer({ item, close }: { item: CaptureFileItem; close: () => void }) {
  const { file, workload, enforcer, since, until, bytes, headersOnly, masked, state } = item
  return (
    <Drawer title={`Packets ${file}`} close={close}>
      <Facts
        facts={[
          ['Workload', <WorkloadName key="workload" id={workload} />],
          ['Why', causeText(item)],
          ['From', timeText(since)],
          ['To', timeText(until)],
          ['Packets', packetsText(item)],
          ['Size', bytesText(bytes)],
          ['What of them', partsText(headersOnly, masked)],
          ['State', stateTexts[state]],
          ['Node', enforcer],
        ]}
      />
      <PacketsPanel file={file} />
    </Drawer>
  )
}
