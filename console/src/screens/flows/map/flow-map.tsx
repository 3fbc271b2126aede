import { useMemo } from 'react'
import type { DataFlow } from '../../../../../src/api/contract/types.ts'
import { carriedLabel } from '../../../text.ts'
import type { GraphAction, GraphEdge, GraphNode } from '../../../ui/map/graph.ts'
import { GraphMap } from '../../../ui/map/graph-map.tsx'
import { byConcern, describe } from '../flow-model.ts'
import { graphOf, type MapEdge } from './map-model.ts'

interface Drawn {
  nodes: GraphNode[]
  edges: GraphEdge[]
  /** Keys of the data flows that lines open. */
  worst: ReadonlyMap<string, string>
  folded: number
}

/** Parties and what goes between them. Its twin is the table: everything here is there as well. */
export default function FlowMap({
  flows,
  open,
}: {
  flows: readonly DataFlow[]
  open: (key: string) => void
}) {
  const { nodes, edges, worst, folded } = useMemo(() => drawing(flows, open), [flows, open])
  return (
    <>
      {folded > 0 ? (
        <p>{folded} parties are drawn as one of their kind, because there are too many to read.</p>
      ) : null}
      <GraphMap
        nodes={nodes}
        edges={edges}
        label="Map of data flows; the table shows the same"
        openEdge={(id) => open(worst.get(id) ?? '')}
      />
    </>
  )
}

function drawing(flows: readonly DataFlow[], open: (key: string) => void): Drawn {
  const { nodes, edges, folded } = graphOf(flows)
  const loops = new Map(
    edges.filter(({ from, to }) => from === to).map((edge) => [edge.from, loopOf(edge, open)]),
  )
  const between = edges.filter(({ from, to }) => from !== to)
  return {
    nodes: nodes.map((node) => ({ ...node, action: loops.get(node.id) })),
    edges: between.map(edgeOf),
    worst: new Map(between.map(({ id, flows: all }) => [id, worstOf(all)])),
    folded,
  }
}

function worstOf(flows: readonly DataFlow[]): string {
  return byConcern(flows)[0].key
}

function loopOf({ transport, flows }: MapEdge, open: (key: string) => void): GraphAction {
  return {
    label: carriedLabel(
      transport,
      flows.flatMap(({ carried }) => carried),
    ),
    description: flows.map(describe).join('; '),
    open: () => open(worstOf(flows)),
  }
}

function edgeOf({ id, from, to, transport, carries, flows }: MapEdge): GraphEdge {
  const label = carriedLabel(
    transport,
    flows.flatMap(({ carried }) => carried),
  )
  return { id, from, to, transport, carries, label, description: flows.map(describe).join('; ') }
}
