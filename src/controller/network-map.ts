import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Category } from '../model/records.ts'
import type { Mode } from '../policy/definition.ts'
import type { DataFlow, Party } from './data-flow.ts'
import { controllerLimits } from './limits.ts'

/** What a map is drawn of. */
export interface MapSource {
  flows: readonly DataFlow[]
  /** That run. */
  workloads: readonly WorkloadState[]
  /** Whose workloads are told of; others are named as the other end of a flow only. Absent: all. */
  namespaces?: readonly string[] | undefined
  /** The learned group of a workload; undefined where it has none. */
  groupOf: (workload: string) => string | undefined
  /** The mode of a workload's group; undefined where it has none, or where whoever asks may not know it. */
  modeOf: (workload: string) => Mode | undefined
  quarantined: ReadonlySet<string>
}

export type NodeKind = 'namespace' | 'group' | 'stopped' | 'server' | 'outside'

/** A place on the map: a namespace, a group of the one that is opened, a server outside, or what is left of many of a kind. */
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
  /** Keys of the data flows that it is made of, the first few. */
  dataFlows: string[]
}

export interface NetworkMap {
  nodes: MapNode[]
  edges: MapEdge[]
  /** Places that are drawn as one of their kind, because there are too many. */
  folded: number
}

/**
 * What runs and what goes between it: each namespace as one place, but for the one that is opened, whose groups are shown with
 * whomever they speak with.
 *
 * @param most places that it may have; of a kind of which there are too many, those that carry least become one
 */
export function networkMap(
  source: MapSource,
  opened: string | undefined,
  most: number = controllerLimits.mapNodes,
): NetworkMap {
  const drawing = new Drawing(source, opened)
  for (const state of source.workloads)
    if (source.namespaces?.includes(state.workload.namespace) ?? true) drawing.workload(state)
  for (const flow of source.flows) drawing.flow(flow)
  return folded(drawing, most)
}

/** Everything, as many places as there are. */
class Drawing {
  readonly nodes = new Map<string, MapNode>()
  readonly edges = new Map<string, MapEdge>()
  readonly #source: MapSource
  readonly #opened: string | undefined
  readonly #running: ReadonlyMap<string, WorkloadState>

  constructor(source: MapSource, opened: string | undefined) {
    this.#source = source
    this.#opened = opened
    this.#running = new Map(source.workloads.map((state) => [state.workload.id, state]))
  }

  workload(state: WorkloadState): void {
    const { id, namespace } = state.workload
    if (this.#opened !== undefined && namespace !== this.#opened) return
    const node = this.#put(this.#placeOf(state))
    node.workloads++
    if (state.coverage !== 'seen') node.notSeen++
    if (this.#source.quarantined.has(id)) node.quarantined++
    const mode = this.#source.modeOf(id)
    if (mode !== undefined && !node.modes.includes(mode)) node.modes.push(mode)
  }

  flow(flow: DataFlow): void {
    const [from, to] = [this.#endOf(flow.client), this.#endOf(flow.server)]
    if (this.#opened !== undefined && from.kind !== 'group' && to.kind !== 'group') return
    addTo(this.#edge(this.#put(from), this.#put(to), transportOf(flow)), flow)
  }

  #endOf({ kind, id, name }: Party): MapNode {
    if (kind === 'outside') return place('outside', 'outside', 'clients outside')
    if (kind === 'server')
      return this.#opened === undefined
        ? place('server', 'servers', 'servers outside')
        : place('server', `server ${id}`, name)
    const state = this.#running.get(id)
    return state === undefined ? place('stopped', 'stopped', 'workloads that stopped') : this.#placeOf(state)
  }

  #placeOf({ workload: { id, name, namespace } }: WorkloadState): MapNode {
    if (namespace !== this.#opened) return place('namespace', `namespace ${namespace}`, namespace, namespace)
    const group = this.#source.groupOf(id) ?? name
    return place('group', `group ${group}`, group, namespace)
  }

  #put(node: MapNode): MapNode {
    const known = this.nodes.get(node.id)
    if (known !== undefined) return known
    this.nodes.set(node.id, node)
    return node
  }

  #edge(from: MapNode, to: MapNode, transport: MapEdge['transport']): MapEdge {
    const key = edgeKey(from.id, to.id, transport)
    const known = this.edges.get(key)
    if (known !== undefined) return known
    const none = { applications: [], flows: 0, bytes: 0, last: 0, carried: {}, dataFlows: [] }
    const edge = { from: from.id, to: to.id, transport, ...none }
    this.edges.set(key, edge)
    return edge
  }
}

function place(kind: NodeKind, id: string, name: string, namespace: string | null = null): MapNode {
  return { id, kind, name, namespace, workloads: 0, notSeen: 0, quarantined: 0, modes: [], stands: 1 }
}

function edgeKey(from: string, to: string, transport: MapEdge['transport']): string {
  return JSON.stringify([from, to, transport])
}

/** Plain text on the loopback does not leave its workload, as to a sidecar that encrypts it. */
function transportOf({ encrypted, client, server }: DataFlow): MapEdge['transport'] {
  if (encrypted) return 'encrypted'
  return client.id === server.id ? 'loopback' : 'clear'
}

function addTo(edge: MapEdge, flow: DataFlow): void {
  if (!edge.applications.includes(flow.application)) edge.applications.push(flow.application)
  edge.flows += flow.flows
  edge.bytes += flow.bytesToServer + flow.bytesToClient
  edge.last = Math.max(edge.last, flow.last)
  for (const { category, count } of flow.carried)
    edge.carried[category] = (edge.carried[category] ?? 0) + count
  if (edge.dataFlows.length < controllerLimits.dataFlowsOfEdge) edge.dataFlows.push(flow.key)
}

function join(edge: MapEdge, other: MapEdge): void {
  edge.applications = [...new Set([...edge.applications, ...other.applications])]
  edge.flows += other.flows
  edge.bytes += other.bytes
  edge.last = Math.max(edge.last, other.last)
  for (const [category, count] of Object.entries(other.carried) as [Category, number][])
    edge.carried[category] = (edge.carried[category] ?? 0) + count
  edge.dataFlows = [...edge.dataFlows, ...other.dataFlows].slice(0, controllerLimits.dataFlowsOfEdge)
}

/** What is folded first, and what it is called then. */
const foldings: [kind: NodeKind, name: string][] = [
  ['server', 'further servers'],
  ['namespace', 'further namespaces'],
  ['group', 'further groups'],
]

/** So many of a kind stay apart, whatever else there is. */
const keptOfKind = 10

function folded({ nodes, edges }: Drawing, most: number): NetworkMap {
  const into = new Map<string, MapNode>()
  const weights = weightsOf(edges.values())
  let excess = nodes.size - most
  for (const [kind, name] of foldings) {
    if (excess <= 0) break
    const lightest = [...nodes.values()]
      .filter((node) => node.kind === kind)
      .sort((a, b) => (weights.get(a.id) ?? 0) - (weights.get(b.id) ?? 0))
    const going = lightest.slice(0, Math.min(excess + 1, lightest.length - keptOfKind))
    if (going.length < 2) continue
    const rest = { ...place(kind, `further ${kind}`, name), stands: 0 }
    for (const node of going) {
      into.set(node.id, rest)
      takeIn(rest, node)
    }
    excess -= going.length - 1
  }
  const shown = [...nodes.values()].filter(({ id }) => !into.has(id))
  return {
    nodes: [...shown, ...new Set(into.values())],
    edges: [...foldedEdges(edges.values(), into).values()],
    folded: into.size,
  }
}

/** What carries personal data weighs most, then what is spoken with most often. */
function weightsOf(edges: Iterable<MapEdge>): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { from, to, flows, carried } of edges) {
    const weight = flows + (Object.keys(carried).length > 0 ? Number.MAX_SAFE_INTEGER / 2 ** 20 : 0)
    for (const id of [from, to]) weights.set(id, (weights.get(id) ?? 0) + weight)
  }
  return weights
}

function takeIn(rest: MapNode, node: MapNode): void {
  rest.workloads += node.workloads
  rest.notSeen += node.notSeen
  rest.quarantined += node.quarantined
  rest.modes = [...new Set([...rest.modes, ...node.modes])]
  rest.stands += node.stands
}

function foldedEdges(edges: Iterable<MapEdge>, into: ReadonlyMap<string, MapNode>): Map<string, MapEdge> {
  const drawn = new Map<string, MapEdge>()
  for (const edge of edges) {
    const [from, to] = [into.get(edge.from)?.id ?? edge.from, into.get(edge.to)?.id ?? edge.to]
    const key = edgeKey(from, to, edge.transport)
    const known = drawn.get(key)
    if (known === undefined) drawn.set(key, { ...edge, from, to })
    else join(known, edge)
  }
  return drawn
}
