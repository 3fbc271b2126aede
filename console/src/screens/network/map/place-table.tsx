import type { MapPlace } from '../../../../../src/api/contract/types.ts'
import { fullNumber } from '../../../text.ts'
import { type Column, Table } from '../../../ui/table.tsx'
import { kindText } from './network-model.ts'

const columns: Column[] = [
  ...['Place', 'What it is', 'Mode'],
  { name: 'Workloads', isNumber: true },
  ...['Not seen', 'Cut off'],
]

export function PlaceTable({ places, open }: { places: readonly MapPlace[]; open: (id: string) => void }) {
  const ordered = places.toSorted((a, b) => b.workloads - a.workloads || a.name.localeCompare(b.name))
  const rows = ordered.map((place) => ({ key: place.id, cells: cellsOf(place, open) }))
  return <Table caption="Places of the map" columns={columns} rows={rows} />
}

function cellsOf(place: MapPlace, open: (id: string) => void) {
  const { id, name, kind, stands, workloads, notSeen, quarantined, modes } = place
  const opens = stands === 1 && (kind === 'namespace' || kind === 'group')
  return [
    opens ? (
      <button
        key="name"
        type="button"
        className="link"
        onClick={() => open(id)}
        aria-label={`Open ${kind} ${name}`}
      >
        {name}
      </button>
    ) : (
      name
    ),
    kindText(place),
    modes.toSorted().join(', '),
    workloads > 0 ? fullNumber(workloads) : '',
    notSeen > 0 ? `▲ ${notSeen}` : '',
    quarantined > 0 ? `■ ${quarantined}` : '',
  ]
}
