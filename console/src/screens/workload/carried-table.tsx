import { Link } from 'wouter'
import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'
import { Ago, CategoryChip, Empty } from '../../ui/parts.tsx'
import { queryText } from '../../url-state.ts'
import { carriedBy } from './carried-model.ts'

/** Which personal data it sends and gets, of all its connections together. */
export function CarriedTable({ flows, workload }: { flows: readonly DataFlow[]; workload: string }) {
  const rows = carriedBy(flows, workload)
  if (rows.length === 0)
    return <Empty>None was found in its connections. What is encrypted is not readable here.</Empty>
  return (
    <table className="list">
      <caption className="quiet">Personal data by kind and direction</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Direction</th>
          <th scope="col">In clear text</th>
          <th scope="col" className="number">
            Values
          </th>
          <th scope="col">Latest</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ identifier, category, direction, values, clear, last }) => (
          <tr key={`${identifier} ${direction}`}>
            <th scope="row" data-label="Kind">
              <Link href={`/events${queryText({ identifier, workload })}`}>{identifier}</Link>{' '}
              <CategoryChip category={category} />
            </th>
            <td data-label="Direction">{direction}</td>
            <td data-label="In clear text">
              {clear > 0 ? <span className="transport clear">✕ {fullNumber(clear)}</span> : '✓ none'}
            </td>
            <td data-label="Values" className="number">
              {fullNumber(values)}
            </td>
            <td data-label="Latest">
              <Ago time={last} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
