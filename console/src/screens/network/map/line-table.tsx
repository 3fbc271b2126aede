import { fullNumber } from '../../../text.ts'
import { Ago, CategoryChips, TransportMark } from '../../../ui/parts.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import type { NamedLine } from './network-model.ts'

const columns: Column[] = [
  ...['From', 'To', 'Protocols', 'Transport', 'Personal data'],
  { name: 'Connections', isNumber: true },
  'Latest',
]

export function LineTable({ lines, open }: { lines: readonly NamedLine[]; open: (id: string) => void }) {
  const rows = lines.map((line) => ({ key: line.id, cells: cellsOf(line, open) }))
  return <Table caption="What goes between places, the worst first" columns={columns} rows={rows} />
}

function cellsOf(named: NamedLine, open: (id: string) => void) {
  const { id, fromName, toName, transport, description } = named
  const { applications, carried, flows, last } = named.line
  return [
    <button
      key="from"
      type="button"
      className="link"
      onClick={() => open(id)}
      aria-label={`Why: ${description}`}
    >
      {fromName}
    </button>,
    toName,
    applications.join(', '),
    <TransportMark key="transport" transport={transport} />,
    <CategoryChips
      key="carried"
      carried={carried}
      none={transport === 'encrypted' ? 'not readable' : 'none found'}
    />,
    fullNumber(flows),
    <Ago key="last" time={last} />,
  ]
}
