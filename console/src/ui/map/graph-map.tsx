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
import { transports } from '../../text.ts'
import type { GraphEdge, GraphNode } from './graph.ts'
import { layOut } from './layout.ts'

interface GraphProps {
  nodes: readonly GraphNode[]
  edges: readonly GraphEdge[]
  /** What it is, and where the same is as a table. */
  label: string
  openEdge: (id: string) => void
  openNode?: (id: string) => void
}

type PlaceNode = Node<GraphNode & Record<string, unknown>, 'place'>

/** Places and what goes between them. Whoever shows it has a table of the same beside it. */
export function GraphMap({ nodes, edges, label, openEdge, openNode }: GraphProps) {
  const drawn = useMemo(() => drawing(nodes, edges), [nodes, edges])
  return (
    <>
      <div className="map">
        <ReactFlow
          nodes={drawn.nodes}
          edges={drawn.edges}
          nodeTypes={nodeTypes}
          // Chosen by click or by key; the map keeps no selection of its own: what is chosen stands in the address.
          onEdgesChange={(changes) => open(changes, openEdge)}
          onNodesChange={(changes) => open(changes, openNode)}
          nodesDraggable={false}
          nodesConnectable={false}
          deleteKeyCode={null}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
          minZoom={0.1}
          aria-label={label}
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

interface Change {
  type: string
  id?: string
  selected?: boolean
}

function open(changes: readonly Change[], show: ((id: string) => void) | undefined): void {
  const chosen = changes.find(({ type, selected }) => type === 'select' && selected === true)
  if (chosen?.id !== undefined) show?.(chosen.id)
}

const nodeTypes = { place: PlaceBox }

function PlaceBox({ data: { name, place, kind, detail, action } }: NodeProps<PlaceNode>) {
  return (
    <div className={`party ${kind}`}>
      <Handles type="target" position={Position.Left} />
      <strong title={name}>{name}</strong>
      <small>{detail ?? place}</small>
      {action ? (
        <button
          type="button"
          className="link nodrag nopan"
          onClick={action.open}
          aria-label={`${action.label}: ${action.description}`}
        >
          {action.label}
        </button>
      ) : null}
      <Handles type="source" position={Position.Right} />
    </div>
  )
}

/** A place for each way to go: lines between the same two do not lie on each other. */
function Handles({ type, position }: { type: 'source' | 'target'; position: Position }) {
  return Object.keys(transports).map((transport) => (
    <Handle key={transport} id={transport} type={type} position={position} className={transport} />
  ))
}

function drawing(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): { nodes: PlaceNode[]; edges: Edge[] } {
  const places = layOut({ nodes, edges })
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      type: 'place',
      data: { ...node },
      position: places.get(node.id) ?? { x: 0, y: 0 },
      ariaLabel: [node.name, node.place, node.detail].filter(Boolean).join(', '),
    })),
    edges: edges.map(drawnEdge),
  }
}

const colours = { clear: 'var(--bad)', encrypted: 'var(--good)', loopback: 'var(--faint)' }

function drawnEdge({ id, from, to, label, transport, carries, description }: GraphEdge): Edge {
  return {
    id,
    source: from,
    target: to,
    sourceHandle: transport,
    targetHandle: transport,
    className: `${transport} ${carries ? 'carries' : ''}`,
    label,
    markerEnd: { type: MarkerType.ArrowClosed, color: colours[transport] },
    ariaLabel: description,
  }
}
