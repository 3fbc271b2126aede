import type { Category } from '../../model/records.ts'
import type { Mode } from '../../policy/definition.ts'
import type { DataFlow } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'

export type NodeKind = 'namespace' | 'group' | 'workload' | 'stopped' | 'server' | 'outside'

/** A place on a map: a namespace, a group of the one that is opened, a workload, a server outside, or what is left of many of a kind. */
export interface MapNode {
  id: string
  kind: NodeKind
  name: string
  namespace: string | null
  /** Workloads that run in it, of them those that are not seen, and those that are cut off. */
  workloads: number
  notSeen: number
  quarantined: number
  /** Modes of its workloads' groups, each once. */
  modes: Mode[]
  /** How many of its kind are drawn as this one; 1 for itself. */
  stands: number
}

/** What goes from one place to another in one way. Times in ms since 1970. */
export interface MapEdge {
  from: string
  to: string
  transport: 'clear' | 'encrypted' | 'loopback'
  applications: string[]
  flows: number
  bytes: number
  last: number
  /** Values of personal data, by category. */
  carried: Partial<Record<Category, number>>
  /** The data flows that it is made of, the first few. */
  parts: EdgePart[]
}

/** A data flow, as people name it. */
export interface EdgePart {
  key: string
  client: string
  server: string
  application: string
}

/** Places and what goes between them. */
export interface DrawnMap {
  nodes: MapNode[]
  edges: MapEdge[]
  /** Places that are drawn as one of their kind, because there are too many. */
  folded: number
}

export function place(kind: NodeKind, id: string, name: string, namespace: string | null = null): MapNode {
  return { id, kind, name, namespace, workloads: 0, notSeen: 0, quarantined: 0, modes: [], stands: 1 }
}

export function edgeKey(from: string, to: string, transport: MapEdge['transport']): string {
  return JSON.stringify([from, to, transport])
}

/** Plain text on the loopback does not leave its workload, as to a sidecar that encrypts it. */
export function transportOf({ encrypted, client, server }: DataFlow): MapEdge['transport'] {
  if (encrypted) return 'encrypted'
  return client.id === server.id ? 'loopback' : 'clear'
}

export function addTo(edge: MapEdge, flow: DataFlow): void {
  if (!edge.applications.includes(flow.application)) edge.applications.push(flow.application)
  edge.flows += flow.flows
  edge.bytes += flow.bytesToServer + flow.bytesToClient
  edge.last = Math.max(edge.last, flow.last)
  for (const { category, count } of flow.carried)
    edge.carried[category] = (edge.carried[category] ?? 0) + count
  if (edge.parts.length >= controllerLimits.dataFlowsOfEdge) return
  const { key, client, server, application } = flow
  edge.parts.push({ key, client: client.name, server: server.name, application })
}

export function join(edge: MapEdge, other: MapEdge): void {
  edge.applications = [...new Set([...edge.applications, ...other.applications])]
  edge.flows += other.flows
  edge.bytes += other.bytes
  edge.last = Math.max(edge.last, other.last)
  for (const [category, count] of Object.entries(other.carried) as [Category, number][])
    edge.carried[category] = (edge.carried[category] ?? 0) + count
  edge.parts = [...edge.parts, ...other.parts].slice(0, controllerLimits.dataFlowsOfEdge)
}

/** Places and lines as they come, as many as there are. */
export class Drawing {
  readonly nodes = new Map<string, MapNode>()
  readonly edges = new Map<string, MapEdge>()

  put(node: MapNode): MapNode {
    const known = this.nodes.get(node.id)
    if (known !== undefined) return known
    this.nodes.set(node.id, node)
    return node
  }

  line(from: MapNode, to: MapNode, flow: DataFlow): void {
    addTo(this.#edge(this.put(from), this.put(to), transportOf(flow)), flow)
  }

  #edge(from: MapNode, to: MapNode, transport: MapEdge['transport']): MapEdge {
    const key = edgeKey(from.id, to.id, transport)
    const known = this.edges.get(key)
    if (known !== undefined) return known
    const none = { applications: [], flows: 0, bytes: 0, last: 0, carried: {}, parts: [] }
    const edge = { from: from.id, to: to.id, transport, ...none }
    this.edges.set(key, edge)
    return edge
  }
}
