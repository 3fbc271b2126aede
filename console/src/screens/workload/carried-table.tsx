import { Link } from 'wouter'
import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'
import { Ago, CategoryChip, Empty } from '../../ui/parts.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { queryText } from '../../url-state.ts'
import { carriedBy } from './carried-model.ts'

const columns: Column[] = [
  ...['Kind', 'Direction', 'In clear text'],
  { name: 'Values', isNumber: true },
  'Latest',
]

/** Which personal data it sends and gets, of all its connections together. */
export function CarriedTable({ flows, workload }: { flows: readonly DataFlow[]; workload: string }) {
  const rows = carriedBy(flows, workload)
  if (rows.length === 0)
    return <Empty>None was found in its connections. What is encrypted is not readable here.</Empty>
  const shown = rows.map(({ identifier, category, direction, values, clear, last }) => ({
    key: `${identifier} ${direction}`,
    cells: [
      <>
        <Link href={`/events${queryText({ identifier, workload })}`}>{identifier}</Link>{' '}
        <CategoryChip category={category} />
      </>,
      direction,
      clear > 0 ? <span className="transport clear">✕ {fullNumber(clear)}</span> : '✓ none',
      fullNumber(values),
      <Ago key="last" time={last} />,
    ],
  }))
  return <Table caption="Personal data by kind and direction" columns={columns} rows={shown} />
}
