import {
  type DrawnMap,
  type Drawing,
  edgeKey,
  join,
  type MapEdge,
  type MapNode,
  type NodeKind,
  place,
} from './drawn-map.ts'

/** So many of a kind stay apart, whatever else there is. */
const keptOfKind = 10

/** Kinds of which places are folded, the first first, and what their rest is called. */
export type Foldings = readonly (readonly [kind: NodeKind, name: string])[]

/**
 * At most so many places: of a kind of which there are too many, those that carry least become one.
 *
 * @param most places that the map may have
 */
export function folded({ nodes, edges }: Drawing, foldings: Foldings, most: number): DrawnMap {
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
