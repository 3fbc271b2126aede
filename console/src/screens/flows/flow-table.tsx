import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { byCategory, fullNumber, partyPlace } from '../../text.ts'
import { Ago, CategoryChip, PartyName, TransportMark } from '../../ui/parts.tsx'
import { nameOf, personsText, transportOf } from './flow-model.ts'

export function FlowTable({ flows, open }: { flows: readonly DataFlow[]; open: (key: string) => void }) {
  return (
    <table className="list">
      <caption className="quiet">Data flows, the worst first</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Protocol</th>
          <th scope="col">Transport</th>
          <th scope="col">Personal data</th>
          <th scope="col" className="number">
            Persons
          </th>
          <th scope="col" className="number">
            Connections
          </th>
          <th scope="col">Latest</th>
        </tr>
      </thead>
      <tbody>
        {flows.map((flow) => (
          <FlowRow key={flow.key} flow={flow} open={open} />
        ))}
      </tbody>
    </table>
  )
}

function FlowRow({ flow, open }: { flow: DataFlow; open: (key: string) => void }) {
  const { key, client, server, application, carried, flows, last } = flow
  return (
    <tr>
      <th scope="row" data-label="From">
        <button type="button" className="link" onClick={() => open(key)} aria-label={`Why: ${nameOf(flow)}`}>
          {client.name}
        </button>
        <small>{partyPlace(client)}</small>
      </th>
      <td data-label="To">
        <PartyName party={server} />
        <small>{partyPlace(server)}</small>
      </td>
      <td data-label="Protocol">{application}</td>
      <td data-label="Transport">
        <TransportMark transport={transportOf(flow)} />
      </td>
      <td data-label="Personal data">
        {carried.length === 0 ? (
          <span className="faint">{flow.encrypted ? 'not readable' : 'none found'}</span>
        ) : (
          byCategory(carried).map(({ category, count }) => (
            <CategoryChip key={category} category={category} count={count} />
          ))
        )}
      </td>
      <td data-label="Persons" className="number">
        {personsText(flow)}
      </td>
      <td data-label="Connections" className="number">
        {fullNumber(flows)}
      </td>
      <td data-label="Latest">
        <Ago time={last} />
      </td>
    </tr>
  )
}
