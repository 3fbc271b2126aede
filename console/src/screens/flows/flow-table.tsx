import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { fullNumber, partyPlace } from '../../text.ts'
import { Ago, CategoryChips, PartyName, TransportMark } from '../../ui/parts.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { nameOf, personsText, transportOf } from './flow-model.ts'

const columns: Column[] = [
  ...['From', 'To', 'Protocol', 'Transport', 'Personal data'],
  { name: 'Persons', isNumber: true },
  { name: 'Connections', isNumber: true },
  'Latest',
]

export function FlowTable({ flows, open }: { flows: readonly DataFlow[]; open: (key: string) => void }) {
  const rows = flows.map((flow) => ({ key: flow.key, cells: cellsOf(flow, open) }))
  return <Table caption="Data flows, the worst first" columns={columns} rows={rows} />
}

function cellsOf(flow: DataFlow, open: (key: string) => void) {
  const { key, client, server, application, carried, encrypted, flows, last } = flow
  return [
    <>
      <button type="button" className="link" onClick={() => open(key)} aria-label={`Why: ${nameOf(flow)}`}>
        {client.name}
      </button>
      <small>{partyPlace(client)}</small>
    </>,
    <>
      <PartyName party={server} />
      <small>{partyPlace(server)}</small>
    </>,
    application,
    <TransportMark key="transport" transport={transportOf(flow)} />,
    <CategoryChips key="carried" carried={carried} none={encrypted ? 'not readable' : 'none found'} />,
    personsText(flow),
    fullNumber(flows),
    <Ago key="last" time={last} />,
  ]
}
