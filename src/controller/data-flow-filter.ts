import type { Category } from '../model/records.ts'
import type { DataFlow } from './data-flow.ts'
import { transportOf } from './map/drawn-map.ts'

/** Which data flows are asked for; what is left out is of no matter. */
export interface DataFlowFilter {
  /** Of an end, by its id. */
  workload?: string | undefined
  key?: string | undefined
  transport?: 'clear' | 'encrypted' | 'loopback' | undefined
  /** Personal data of a category, of any, or none. */
  data?: Category | 'any' | 'none' | undefined
  /** An end of them is no workload that is watched here. */
  where?: 'outside' | undefined
  /** Part of a name of its ends, of their namespaces, of its protocol, or of a kind of personal data. */
  find?: string | undefined
}

/** @param namespaceOf where a workload runs; undefined where it has stopped */
export function filterDataFlows(
  flows: readonly DataFlow[],
  { workload, key, transport, data, where, find }: DataFlowFilter,
  namespaceOf: (workload: string) => string | undefined,
): DataFlow[] {
  const text = find?.toLowerCase()
  return flows.filter(
    (flow) =>
      (key === undefined || flow.key === key) &&
      (workload === undefined || hasEnd(flow, workload)) &&
      (transport === undefined || transportOf(flow) === transport) &&
      (data === undefined || carries(flow, data)) &&
      (where === undefined || goesOutside(flow)) &&
      (text === undefined || textOf(flow, namespaceOf).includes(text)),
  )
}

/** Of which Regulation (EU) 2016/679 asks for more than of others: Articles 8, 9 and 10. */
const delicate: ReadonlySet<Category> = new Set(['health', 'genetic', 'special', 'criminal', 'children'])

/** The worst first: delicate data in clear text, then any in clear text, then by how much there is, then the latest. */
export function byConcern(flows: readonly DataFlow[]): DataFlow[] {
  return flows.toSorted((a, b) => concernOf(b) - concernOf(a) || valuesOf(b) - valuesOf(a) || b.last - a.last)
}

function concernOf(flow: DataFlow): number {
  if (flow.carried.length === 0) return 0
  const isDelicate = flow.carried.some(({ category }) => delicate.has(category))
  return (transportOf(flow) === 'clear' ? 4 : 1) + (isDelicate ? 1 : 0)
}

/** Values of personal data that it carried. */
export function valuesOf({ carried }: DataFlow): number {
  return carried.reduce((sum, { count }) => sum + count, 0)
}

function hasEnd({ client, server }: DataFlow, workload: string): boolean {
  return [client, server].some(({ kind, id }) => kind === 'workload' && id === workload)
}

function goesOutside({ client, server }: DataFlow): boolean {
  return client.kind !== 'workload' || server.kind !== 'workload'
}

function carries({ carried }: DataFlow, data: NonNullable<DataFlowFilter['data']>): boolean {
  if (data === 'none') return carried.length === 0
  return data === 'any' ? carried.length > 0 : carried.some(({ category }) => category === data)
}

function textOf(
  { client, server, application, carried }: DataFlow,
  namespaceOf: (workload: string) => string | undefined,
): string {
  const ends = [client, server].flatMap(({ kind, id, name }) => [
    name,
    kind === 'workload' ? (namespaceOf(id) ?? '') : '',
  ])
  return [...ends, application, ...carried.map(({ identifier }) => identifier)].join(' ').toLowerCase()
}
