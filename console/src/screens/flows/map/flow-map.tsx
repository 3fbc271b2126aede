import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { useDataFlowMap } from '../../../api/queries.ts'
import { fullNumber } from '../../../text.ts'
import { GraphMap } from '../../../ui/map/graph-map.tsx'
import { ProblemNote, workloadPath } from '../../../ui/parts.tsx'
import { LineDrawer } from '../../network/map/line-drawer.tsx'
import { LineTable } from '../../network/map/line-table.tsx'
import { linesOf, placesOf } from '../../network/map/network-model.ts'

interface Props {
  filters: Record<string, string>
  /** Of the line that is opened; empty for none. */
  line: string
  change: (changed: Record<string, string>) => void
}

/** Workloads, servers and what goes between them, folded by the server where there are too many; and a table of the lines. */
export default function FlowMap({ filters, line, change }: Props) {
  const { data, error, refetch } = useDataFlowMap(filters)
  const [, navigate] = useLocation()
  const lines = useMemo(() => (data ? linesOf(data) : []), [data])
  const open = (id: string) => {
    const parts = lines.find((each) => each.id === id)?.line.parts ?? []
    change(parts.length === 1 ? { selected: parts[0].key } : { line: id })
  }
  const openPlace = (id: string) => {
    const place = data?.nodes.find((node) => node.id === id)
    if (place?.stands === 1 && id.startsWith(workloadPrefix))
      navigate(workloadPath(id.slice(workloadPrefix.length)))
  }
  if (error) return <ProblemNote error={error} again={() => void refetch()} />
  if (data === undefined) return <p role="status">Drawing the map …</p>
  const selected = lines.find(({ id }) => id === line)
  return (
    <>
      {data.folded > 0 ? (
        <p>
          {fullNumber(data.folded)} of its places are drawn as one of their kind, those that carry least: more
          than 150 cannot be read. Filters show them apart.
        </p>
      ) : null}
      <GraphMap
        nodes={placesOf(data, open)}
        edges={lines.filter(({ from, to }) => from !== to)}
        label="Map of data flows; the table below shows the same"
        openEdge={open}
        openNode={openPlace}
      />
      <h2>What goes between them</h2>
      <LineTable lines={lines} open={open} />
      {selected ? <LineDrawer line={selected} close={() => change({ line: '' })} /> : null}
    </>
  )
}

/** What ids of workloads' places begin with. */
const workloadPrefix = 'workload '
