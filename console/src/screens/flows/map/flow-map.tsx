import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import type { DataFlow } from '../../../../../src/api/contract/types.ts'
import { byCategory, transports } from '../../../text.ts'
import { byConcern, describe } from '../flow-model.ts'
import { graphOf, layOut, type MapEdge, type MapNode } from './map-model.ts'

/** What a party sends to itself: to a sidecar, mostly. */
interface Loop {
  label: string
  description: string
  open: () => void
}

type PartyNode = Node<MapNode & { loop: Loop | null } & Record<string, unknown>, 'party'>
type FlowEdge = Edge<{ worst: string }>

/** Parties and what goes between them. Its twin is the table: everything here is there as well. */
export default function FlowMap({
  flows,
  open,
}: {
  flows: readonly DataFlow[]
  open: (key: string) => void
}) {
  const { nodes, edges, folded } = useMemo(() => drawing(flows, open), [flows, open])
  return (
    <>
      {folded > 0 ? (
        <p>{folded} parties are drawn as one of their kind, because there are too many to read.</p>
      ) : null}
      <div className="map">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          onEdgesChange={(changes) => {
            // Chosen by click or by key; the map keeps no selection of its own: what is chosen stands in the address.
            const chosen = changes.find((change) => change.type === 'select' && change.selected)
            const edge = chosen && edges.find(({ id }) => 'id' in chosen && id === chosen.id)
            if (edge) open(edge.data?.worst ?? '')
          }}
          nodesDraggable={false}
          nodesConnectable={false}
          deleteKeyCode={null}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
          minZoom={0.2}
          aria-label="Map of data flows; the table shows the same"
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
      <ul className="legend">
        <li className="clear">✕ clear text</li>
        <li className="encrypted">✓ encrypted</li>
        <li className="loopback">↻ loopback</li>
        <li>thick: with personal data</li>
      </ul>
    </>
  )
}

const nodeTypes = { party: PartyBox }

function PartyBox({ data }: NodeProps<PartyNode>) {
  return (
    <div className={`party ${data.kind}`}>
      <Handle type="target" position={Position.Left} />
      <strong title={data.name}>{data.name}</strong>
      <small>{data.place}</small>
      {data.loop ? (
        <button
          type="button"
          className="link nodrag nopan"
          onClick={data.loop.open}
          aria-label={data.loop.description}
        >
          {data.loop.label}
        </button>
      ) : null}
      <Handle type="source" position={Position.Right} />
    </div>
  )
}

function drawing(
  flows: readonly DataFlow[],
  open: (key: string) => void,
): { nodes: PartyNode[]; edges: FlowEdge[]; folded: number } {
  const graph = graphOf(flows)
  const places = layOut(graph)
  const loops = new Map(
    graph.edges.filter(({ from, to }) => from === to).map((edge) => [edge.from, loopOf(edge, open)]),
  )
  const nodes = graph.nodes.map((node): PartyNode => ({
    id: node.id,
    type: 'party',
    data: { ...node, loop: loops.get(node.id) ?? null },
    position: places.get(node.id) ?? { x: 0, y: 0 },
    ariaLabel: `${node.name}, ${node.place}`,
  }))
  const between = graph.edges.filter(({ from, to }) => from !== to)
  return { nodes, edges: between.map(edgeOf), folded: graph.folded }
}

const colours = { clear: 'var(--bad)', encrypted: 'var(--good)', loopback: 'var(--faint)' }

function loopOf({ transport, flows }: MapEdge, open: (key: string) => void): Loop {
  const [worst] = byConcern(flows)
  return {
    label: labelOf(transport, flows),
    description: flows.map(describe).join('; '),
    open: () => open(worst.key),
  }
}

/** How it goes, and the most delicate of what it carries. */
function labelOf(transport: MapEdge['transport'], flows: readonly DataFlow[]): string {
  const data = byCategory(flows.flatMap(({ carried }) => carried)).map(({ category }) => category)
  const more = data.length > 2 ? ` +${data.length - 2}` : ''
  return `${transports[transport].mark} ${data.slice(0, 2).join(', ')}${more}`
}

function edgeOf({ id, from, to, transport, carries, flows }: MapEdge): FlowEdge {
  const [worst] = byConcern(flows)
  return {
    id,
    source: from,
    target: to,
    className: `${transport} ${carries ? 'carries' : ''}`,
    label: labelOf(transport, flows),
    markerEnd: { type: MarkerType.ArrowClosed, color: colours[transport] },
    data: { worst: worst.key },
    ariaLabel: flows.map(describe).join('; '),
  }
}
