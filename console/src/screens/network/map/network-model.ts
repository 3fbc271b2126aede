import type { MapLine, MapPlace } from '../../../../../src/api/contract/types.ts'
import { byCategory, carriedLabel, fullNumber, isDelicate, transports } from '../../../text.ts'
import type { GraphEdge, GraphNode } from '../../../ui/map/graph.ts'

/** A line with the names of its ends. */
export interface NamedLine extends GraphEdge {
  fromName: string
  toName: string
  line: MapLine
}

/** What a map is drawn of, the network's or that of data flows. */
export interface Drawn {
  nodes: readonly MapPlace[]
  edges: readonly MapLine[]
}

const kinds: Record<MapPlace['kind'], string> = {
  workload: 'workload',
  namespace: 'namespace',
  group: 'group',
  stopped: 'no longer running',
  server: 'not a workload here',
  outside: 'not a workload here',
}

/** What a place is, in words. */
export function kindText({ kind, stands }: MapPlace): string {
  return stands > 1 ? `${fullNumber(stands)} as one` : kinds[kind]
}

/** `2 workloads, Monitor; 1 not seen; 1 cut off`. */
export function stateText({ workloads, notSeen, quarantined, modes }: MapPlace): string {
  if (workloads === 0) return ''
  const parts = [
    `${fullNumber(workloads)} ${workloads === 1 ? 'workload' : 'workloads'}${modes.length > 0 ? `, ${modes.toSorted().join(' and ')}` : ''}`,
    ...(notSeen > 0 ? [`▲ ${notSeen} not seen`] : []),
    ...(quarantined > 0 ? [`■ ${quarantined} cut off`] : []),
  ]
  return parts.join('; ')
}

/** The lines of a map, the worst first: delicate data in clear text, then any, then by connections. */
export function linesOf({ nodes, edges }: Drawn): NamedLine[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  return edges
    .map((line) => namedLine(line, names))
    .toSorted((a, b) => concernOf(b.line) - concernOf(a.line) || b.line.flows - a.line.flows)
}

function namedLine(line: MapLine, names: ReadonlyMap<string, string>): NamedLine {
  const { from, to, transport, carried, applications } = line
  const [fromName, toName] = [names.get(from) ?? from, names.get(to) ?? to]
  const data = byCategory(carried).map(({ category }) => category)
  const told = data.length === 0 ? 'no personal data found' : data.join(', ')
  return {
    id: `${from} > ${to} ${transport}`,
    ...{ from, to, fromName, toName, transport, line },
    carries: data.length > 0,
    label: carriedLabel(transport, carried),
    description: `${fromName} to ${toName}, ${applications.join(', ')}, ${transports[transport].name}: ${told}`,
  }
}

function concernOf({ carried, transport }: MapLine): number {
  if (carried.length === 0) return 0
  const delicate = carried.some(({ category }) => isDelicate(category)) ? 1 : 0
  return (transport === 'clear' ? 4 : 1) + delicate
}

const isOne = ({ kind, stands }: MapPlace) => kind === 'workload' && stands === 1

/** `clinic, Monitor; ▲ not seen`. */
function workloadText({ namespace, modes, notSeen, quarantined }: MapPlace): string {
  const where = [namespace, ...modes].filter((text) => text !== null).join(', ')
  return [where, ...(notSeen > 0 ? ['▲ not seen'] : []), ...(quarantined > 0 ? ['■ cut off'] : [])].join('; ')
}

/** @param openLine what a place sends to itself is opened from within it */
export function placesOf(map: Drawn, openLine: (id: string) => void): GraphNode[] {
  const loops = new Map(
    linesOf(map)
      .filter(({ from, to }) => from === to)
      .toReversed() // The worst is the last to be kept.
      .map(({ from, label, description, id }) => [from, { label, description, open: () => openLine(id) }]),
  )
  return map.nodes.map((place) => ({
    id: place.id,
    name: place.name,
    place: isOne(place) ? (place.namespace ?? '') : kindText(place),
    kind: place.stands > 1 ? 'folded' : place.kind,
    detail: isOne(place) ? workloadText(place) : stateText(place) || kindText(place),
    action: loops.get(place.id),
  }))
}
