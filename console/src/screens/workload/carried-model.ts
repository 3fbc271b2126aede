import type { Carried, DataFlow } from '../../../../src/api/contract/types.ts'
import { categories } from '../../text.ts'
import { transportOf } from '../flows/flow-model.ts'

export interface CarriedRow {
  identifier: string
  category: Carried['category']
  direction: 'sent' | 'received' | 'within itself'
  values: number
  /** Of them, in clear text on the network. */
  clear: number
  last: string
}

/** What a workload sends and gets of each kind, the most delicate first. */
export function carriedBy(flows: readonly DataFlow[], workload: string): CarriedRow[] {
  const rows = new Map<string, CarriedRow>()
  for (const flow of flows) {
    for (const { identifier, category, direction: way, count, last } of flow.carried) {
      const direction = directionOf(flow, way, workload)
      const key = `${identifier} ${direction}`
      const row = rows.get(key) ?? { identifier, category, direction, values: 0, clear: 0, last }
      row.values += count
      if (transportOf(flow) === 'clear') row.clear += count
      if (last > row.last) row.last = last
      rows.set(key, row)
    }
  }
  const rank = ({ category }: CarriedRow) => categories.indexOf(category)
  return [...rows.values()].toSorted((a, b) => rank(a) - rank(b) || b.values - a.values)
}

function directionOf(
  { client, server }: DataFlow,
  way: Carried['direction'],
  workload: string,
): CarriedRow['direction'] {
  if (client.id === server.id) return 'within itself'
  const sender = way === 'to-server' ? client : server
  return sender.id === workload ? 'sent' : 'received'
}
