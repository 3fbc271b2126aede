import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { byCategory, fullNumber, isDelicate, type Transport } from '../../text.ts'
import type { UrlState } from '../../url-state.ts'

/** How a data flow goes. */
export function transportOf({ encrypted, client, server }: DataFlow): Transport {
  if (encrypted) return 'encrypted'
  return client.id === server.id ? 'loopback' : 'clear'
}

/** Whether an end is no workload that is watched here. */
export function goesOutside({ client, server }: DataFlow): boolean {
  return client.kind !== 'workload' || server.kind !== 'workload'
}

/** What the address asks for. */
export function filterFlows(
  flows: readonly DataFlow[],
  { transport, data, where, find }: UrlState,
): DataFlow[] {
  const text = find?.toLowerCase()
  return flows.filter(
    (flow) =>
      (!transport || transportOf(flow) === transport) &&
      (!data ||
        (data === 'any'
          ? flow.carried.length > 0
          : flow.carried.some(({ category }) => category === data))) &&
      (!where || goesOutside(flow)) &&
      (!text || textOf(flow).includes(text)),
  )
}

function textOf({ client, server, application, carried }: DataFlow): string {
  const names = [client.name, client.namespace, server.name, server.namespace, application]
  return [...names, ...carried.map(({ identifier }) => identifier)].join(' ').toLowerCase()
}

/** The worst first: delicate data in clear text, then any in clear text, then by how much there is. */
export function byConcern(flows: readonly DataFlow[]): DataFlow[] {
  return flows.toSorted(
    (a, b) => concernOf(b) - concernOf(a) || valuesOf(b) - valuesOf(a) || b.last.localeCompare(a.last),
  )
}

function concernOf(flow: DataFlow): number {
  if (flow.carried.length === 0) return 0
  const delicate = flow.carried.some(({ category }) => isDelicate(category)) ? 1 : 0
  return (transportOf(flow) === 'clear' ? 4 : 1) + delicate
}

/** Values of personal data that it carried. */
export function valuesOf({ carried }: DataFlow): number {
  return carried.reduce((sum, { count }) => sum + count, 0)
}

/** About how many persons’ data it carried: `≈ 12`; nothing where none is told from others. */
export function personsText({ dataSubjects }: DataFlow): string {
  return dataSubjects === 0 ? '' : `≈ ${fullNumber(dataSubjects)}`
}

/** `api to db, PostgreSQL`. */
export function nameOf({ client, server, application }: DataFlow): string {
  return `${client.name} to ${server.name}, ${application}`
}

/** In words, for those who do not see a line. */
export function describe(flow: DataFlow): string {
  const data = byCategory(flow.carried).map(({ category }) => category)
  const transport = { clear: 'in clear text', encrypted: 'encrypted', loopback: 'on its loopback' }[
    transportOf(flow)
  ]
  return `${nameOf(flow)}, ${transport}: ${data.length === 0 ? 'no personal data found' : data.join(', ')}`
}
