import type { CaptureFileItem } from '../../../../src/api/contract/types.ts'
import { bytesText } from '../../text.ts'
import { Ago, WorkloadName } from '../../ui/parts.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { causeText, packetsText, stateTexts } from './capture-model.ts'

const columns: Column[] = [
  ...['Recorded', 'Workload', 'Why'],
  { name: 'Packets', isNumber: true },
  { name: 'Size', isNumber: true },
  'State',
]

/** Files of packets; the first cell opens one. */
export function CaptureFiles({
  files,
  open,
}: {
  files: readonly CaptureFileItem[]
  open: (file: string) => void
}) {
  const rows = files.map((item) => {
    const { file, since, workload, headersOnly, masked, bytes, state } = item
    return {
      key: file,
      cells: [
        <button
          key="open"
          type="button"
          className="link"
          onClick={() => open(file)}
          aria-label={`Packets ${file}`}
        >
          <Ago time={since} />
        </button>,
        <WorkloadName key="workload" id={workload} />,
        <>
          {causeText(item)}
          {headersOnly ? <small>headers only</small> : null}
          {masked ? <small>personal data masked</small> : null}
        </>,
        packetsText(item),
        bytesText(bytes),
        stateTexts[state],
      ],
    }
  })
  return <Table caption="Files of packets, newest first" columns={columns} rows={rows} />
}
