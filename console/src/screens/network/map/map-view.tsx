import { useMemo } from 'react'
import type { NetworkMap } from '../../../../../src/api/contract/types.ts'
import { useNetwork } from '../../../api/policy-queries.ts'
import { Select } from '../../../ui/fields.tsx'
import { GraphMap } from '../../../ui/map/graph-map.tsx'
import { Empty, ProblemNote, ScreenHead } from '../../../ui/parts.tsx'
import { useUrlState } from '../../../url-state.ts'
import { LineDrawer } from './line-drawer.tsx'
import { LineTable } from './line-table.tsx'
import { linesOf, type NamedLine, placesOf } from './network-model.ts'
import { PlaceTable } from './place-table.tsx'

/** Namespaces, one of them opened; who speaks with whom, and how. */
export default function MapView() {
  const [{ namespace = '', line = '' }, change] = useUrlState()
  const { data, error, dataUpdatedAt, refetch } = useNetwork(namespace)
  const lines = useMemo(() => (data ? linesOf(data) : []), [data])
  const selected = lines.find(({ id }) => id === line)
  return (
    <>
      <ScreenHead title="Network" updatedAt={dataUpdatedAt} />
      <div className="filters">
        <Select
          label="Namespace"
          value={namespace}
          choices={choicesOf(data, namespace)}
          choose={(chosen) => change({ namespace: chosen, line: '' })}
        />
      </div>
      {error ? <ProblemNote error={error} again={() => void refetch()} /> : null}
      {data && data.nodes.length === 0 ? (
        <Empty>
          Nothing runs {namespace === '' ? 'that is watched' : `in ${namespace}`}, and no traffic has been
          seen since Pavise was started. What runs and whether it is seen is in the overview.
        </Empty>
      ) : null}
      {data && data.nodes.length > 0 ? <Drawn map={data} lines={lines} change={change} /> : null}
      {selected ? <LineDrawer line={selected} close={() => change({ line: '' })} /> : null}
    </>
  )
}

function choicesOf(map: NetworkMap | undefined, namespace: string): Record<string, string> {
  const names = new Set([...(map?.namespaces ?? []), ...(namespace === '' ? [] : [namespace])])
  return { '': 'All, one place each', ...Object.fromEntries([...names].map((name) => [name, name])) }
}

interface DrawnProps {
  map: NetworkMap
  lines: readonly NamedLine[]
  change: (changed: Record<string, string>) => void
}

function Drawn({ map, lines, change }: DrawnProps) {
  const openLine = (id: string) => change({ line: id })
  const openPlace = (id: string) => {
    const place = map.nodes.find((node) => node.id === id)
    if (place?.kind === 'namespace' && place.stands === 1) change({ namespace: place.name, line: '' })
    if (place?.kind === 'group' && place.stands === 1) change({ view: 'groups', group: place.name, line: '' })
  }
  const nodes = useMemo(() => placesOf(map, openLine), [map, change])
  const edges = useMemo(() => lines.filter(({ from, to }) => from !== to), [lines])
  return (
    <>
      {map.folded > 0 ? (
        <p>
          {map.folded} places are drawn as one of their kind, those that carry least: more than 150 cannot be
          read.
        </p>
      ) : null}
      <GraphMap
        nodes={nodes}
        edges={edges}
        label="Map of the network; the tables below show the same"
        openEdge={openLine}
        openNode={openPlace}
      />
      <h2>Places</h2>
      <PlaceTable places={map.nodes} open={openPlace} />
      <h2>What goes between them</h2>
      {lines.length === 0 ? (
        <Empty>Nothing has gone between them since Pavise was started.</Empty>
      ) : (
        <LineTable lines={lines} open={openLine} />
      )}
    </>
  )
}
