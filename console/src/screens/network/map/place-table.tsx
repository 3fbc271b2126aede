import type { MapPlace } from '../../../../../src/api/contract/types.ts'
import { fullNumber } from '../../../text.ts'
import { kindText } from './network-model.ts'

export function PlaceTable({ places, open }: { places: readonly MapPlace[]; open: (id: string) => void }) {
  const ordered = places.toSorted((a, b) => b.workloads - a.workloads || a.name.localeCompare(b.name))
  return (
    <table className="list">
      <caption className="quiet">Places of the map</caption>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">What it is</th>
          <th scope="col">Mode</th>
          <th scope="col" className="number">
            Workloads
          </th>
          <th scope="col">Not seen</th>
          <th scope="col">Cut off</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((place) => (
          <PlaceRow key={place.id} place={place} open={open} />
        ))}
      </tbody>
    </table>
  )
}

function PlaceRow({ place, open }: { place: MapPlace; open: (id: string) => void }) {
  const { id, name, kind, stands, workloads, notSeen, quarantined, modes } = place
  const opens = stands === 1 && (kind === 'namespace' || kind === 'group')
  return (
    <tr>
      <th scope="row" data-label="Place">
        {opens ? (
          <button type="button" className="link" onClick={() => open(id)} aria-label={`Open ${kind} ${name}`}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td data-label="What it is">{kindText(place)}</td>
      <td data-label="Mode">{modes.toSorted().join(', ')}</td>
      <td data-label="Workloads" className="number">
        {workloads > 0 ? fullNumber(workloads) : ''}
      </td>
      <td data-label="Not seen">{notSeen > 0 ? `▲ ${notSeen}` : ''}</td>
      <td data-label="Cut off">{quarantined > 0 ? `■ ${quarantined}` : ''}</td>
    </tr>
  )
}
