/** What a map is laid out by. */
export interface Graph {
  nodes: readonly { id: string; name: string; place: string }[]
  edges: readonly { from: string; to: string }[]
}

export interface Placed {
  x: number
  y: number
}

const columnWidth = 400
const rowHeight = 110
/** A column of more than so many goes on beside itself: a map that is ten times higher than wide cannot be read. */
const rowsOfColumn = 16

/**
 * From left to right in the direction of the connections: a place stands one column right of those that connect to it,
 * as far as there is no circle. In a column they are by namespace and name, so that the same flows give the same map.
 */
export function layOut({ nodes, edges }: Graph): Map<string, Placed> {
  const columns = columnsOf({ nodes, edges })
  const placed = new Map<string, Placed>()
  let x = 0
  for (const column of columns) {
    const ordered = column.toSorted((a, b) => a.place.localeCompare(b.place) || a.name.localeCompare(b.name))
    for (const [i, { id }] of ordered.entries()) {
      const beside = Math.floor(i / rowsOfColumn)
      placed.set(id, { x: x + (beside * columnWidth) / 1.6, y: (i % rowsOfColumn) * rowHeight })
    }
    x += columnWidth + (Math.ceil(ordered.length / rowsOfColumn) - 1) * (columnWidth / 1.6)
  }
  return placed
}

function columnsOf({ nodes, edges }: Graph): Graph['nodes'][number][][] {
  const depth = new Map(nodes.map(({ id }) => [id, 0]))
  const forward = edges.filter(({ from, to }) => from !== to)
  // As many rounds as there may be columns: a circle ends there instead of going on for ever.
  const most = Math.min(nodes.length, 8)
  for (let round = 0; round < most; round++) {
    for (const { from, to } of forward) {
      const next = (depth.get(from) ?? 0) + 1
      if (next > (depth.get(to) ?? 0) && next < most) depth.set(to, next)
    }
  }
  const columns: Graph['nodes'][number][][] = Array.from({ length: most }, () => [])
  for (const node of nodes) columns[depth.get(node.id) ?? 0].push(node)
  return columns.filter((column) => column.length > 0)
}
