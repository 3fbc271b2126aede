import { byCategory, fullNumber } from '../../../text.ts'
import { Ago, CategoryChip, TransportMark } from '../../../ui/parts.tsx'
import type { NamedLine } from './network-model.ts'

export function LineTable({ lines, open }: { lines: readonly NamedLine[]; open: (id: string) => void }) {
  return (
    <table className="list">
      <caption className="quiet">What goes between places, the worst first</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Protocols</th>
          <th scope="col">Transport</th>
          <th scope="col">Personal data</th>
          <th scope="col" className="number">
            Connections
          </th>
          <th scope="col">Latest</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <LineRow key={line.id} named={line} open={open} />
        ))}
      </tbody>
    </table>
  )
}

function LineRow({ named, open }: { named: NamedLine; open: (id: string) => void }) {
  const { id, fromName, toName, line, transport, description } = named
  return (
    <tr>
      <th scope="row" data-label="From">
        <button type="button" className="link" onClick={() => open(id)} aria-label={`Why: ${description}`}>
          {fromName}
        </button>
      </th>
      <td data-label="To">{toName}</td>
      <td data-label="Protocols">{line.applications.join(', ')}</td>
      <td data-label="Transport">
        <TransportMark transport={transport} />
      </td>
      <td data-label="Personal data">
        {line.carried.length === 0 ? (
          <span className="faint">{transport === 'encrypted' ? 'not readable' : 'none found'}</span>
        ) : (
          byCategory(line.carried).map(({ category, count }) => (
            <CategoryChip key={category} category={category} count={count} />
          ))
        )}
      </td>
      <td data-label="Connections" className="number">
        {fullNumber(line.flows)}
      </td>
      <td data-label="Latest">
        <Ago time={line.last} />
      </td>
    </tr>
  )
}
