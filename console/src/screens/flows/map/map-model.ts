import type { DataFlow, Party } from '../../../../../src/api/contract/types.ts'
import { transportOf, valuesOf } from '../flow-model.ts'
import type { Transport } from '../../../text.ts'

/** More cannot be read, nor drawn at 60 frames a second. */
export const mapNodes = 150

export interface MapNode {
  id: string
  name: string
  place: string
  /** As of a party; `folded` for many in one. */
  kind: string
}

export interface MapEdge {
  id: string
  from: string
  to: string
  transport: Transport
  carries: boolean
  /** Data flows between these two. */
  flows: DataFlow[]
}

export interface FlowGraph {
  nodes: MapNode[]
  edges: MapEdge[]
  /** Parties that are drawn as one of their kind, because there are too many. */
  folded: number
}

/** Parties and what goes between them; where there are too many, the servers outside and then the namespaces are one each. */
export function graphOf(flows: readonly DataFlow[], most = mapNodes): FlowGraph {
  const all = countParties(flows)
  const foldings: ((party: Party) => MapNode)[] = [single, foldServers, foldNamespaces]
  for (const fold of foldings) {
    const graph = build(flows, fold)
    if (graph.nodes.length <= most) return { ...graph, folded: all - graph.nodes.length }
  }
  const graph = build(flows, foldAll)
  return { ...graph, folded: all - graph.nodes.length }
}

const single = ({ kind, id, name, namespace }: Party): MapNode => ({
  id: `${kind} ${id}`,
  name,
  place: namespace ?? (kind === 'workload' ? 'stopped' : 'outside'),
  kind,
})

const foldServers = (party: Party): MapNode =>
  party.kind === 'server'
    ? { id: 'servers', name: 'servers outside', place: 'outside', kind: 'folded' }
    : single(party)

const foldNamespaces = (party: Party): MapNode => {
  if (party.kind !== 'workload') return foldServers(party)
  const namespace = party.namespace ?? 'stopped'
  return { id: `namespace ${namespace}`, name: namespace, place: 'namespace', kind: 'folded' }
}

const foldAll = (party: Party): MapNode =>
  party.kind === 'workload'
    ? { id: 'workloads', name: 'all workloads', place: '', kind: 'folded' }
    : foldServers(party)

function countParties(flows: readonly DataFlow[]): number {
  return new Set(flows.flatMap(({ client, server }) => [single(client).id, single(server).id])).size
}

function build(flows: readonly DataFlow[], fold: (party: Party) => MapNode): Omit<FlowGraph, 'folded'> {
  const nodes = new Map<string, MapNode>()
  const edges = new Map<string, MapEdge>()
  for (const flow of flows) {
    const [from, to] = [fold(flow.client), fold(flow.server)]
    nodes.set(from.id, from).set(to.id, to)
    const transport = transportOf(flow)
    const id = `${from.id} > ${to.id} ${transport}`
    const edge = edges.get(id) ?? { id, from: from.id, to: to.id, transport, carries: false, flows: [] }
    edge.flows.push(flow)
    edge.carries ||= valuesOf(flow) > 0
    edges.set(id, edge)
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}
