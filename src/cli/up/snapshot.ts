import type { Controller } from '../../controller/controller.ts'
import type { CarriedData, DataFlow, Party } from '../../controller/data-flow.ts'
import type { EnforcerView } from '../../controller/enforcer-registry.ts'
import type { RecentIncident } from '../../controller/recent-incidents.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'

/** What there is to show at one moment. Times in ms since 1970. */
export interface Snapshot {
  now: number
  startedAt: number
  url: string
  workloads: WorkloadState[]
  enforcers: EnforcerView[]
  dataFlows: DataFlow[]
  /** Latest last. */
  incidents: RecentIncident[]
}

export function takeSnapshot(controller: Controller, url: string): Snapshot {
  return {
    now: Date.now(),
    startedAt: controller.startedAt,
    url,
    workloads: controller.workloads(),
    enforcers: controller.enforcers(),
    dataFlows: controller.dataFlows(),
    incidents: controller.incidents(),
  }
}

/** How data goes: `loopback` is plain text that does not leave the workload, as to a sidecar that encrypts it. */
export type Transport = 'clear' | 'loopback' | 'encrypted'

/** Who sends what to whom: a data flow by the direction of the data, which need not be that of the connection. */
export interface Transfer {
  /** The same for the same transfer in every snapshot. */
  key: string
  sender: Party
  receiver: Party
  application: string
  transport: Transport
  /** Most first; empty where no personal data was found. */
  carried: CarriedData[]
  last: number
}

/** One transfer for each direction in which there is personal data, or one from the client where there is none. */
export function transfersOf(flow: DataFlow): Transfer[] {
  const toServer = flow.carried.filter((data) => data.direction === 'to-server')
  const toClient = flow.carried.filter((data) => data.direction === 'to-client')
  const { application, client, server } = flow
  const transport = transportOf(flow)
  const transfers: Transfer[] = []
  if (toServer.length > 0 || toClient.length === 0) {
    const ends = { key: `${flow.key} to-server`, sender: client, receiver: server }
    transfers.push({ ...ends, application, transport, carried: toServer, last: latest(toServer, flow.last) })
  }
  if (toClient.length > 0) {
    const ends = { key: `${flow.key} to-client`, sender: server, receiver: client }
    transfers.push({ ...ends, application, transport, carried: toClient, last: latest(toClient, flow.last) })
  }
  return transfers
}

function transportOf({ encrypted, client, server }: DataFlow): Transport {
  if (encrypted) return 'encrypted'
  return client.kind === 'workload' && client.id === server.id ? 'loopback' : 'clear'
}

const byConcern: readonly Transport[] = ['clear', 'loopback', 'encrypted']

/** Personal data in clear text first, then on the loopback, then what is encrypted, then what carries none; by name among equals. */
export function rank(transfers: Transfer[]): Transfer[] {
  const concern = ({ carried, transport }: Transfer) =>
    (carried.length > 0 ? 0 : byConcern.length) + byConcern.indexOf(transport)
  return transfers.sort(
    (a, b) =>
      concern(a) - concern(b) ||
      a.sender.name.localeCompare(b.sender.name) ||
      a.receiver.name.localeCompare(b.receiver.name) ||
      a.key.localeCompare(b.key),
  )
}

export interface Totals {
  flows: number
  /** Values of personal data, and those of them that left a workload in clear text. */
  values: number
  valuesInClear: number
  packets: number
  dropped: number
  lost: number
}

export function totalsOf(snapshot: Snapshot): Totals {
  const totals: Totals = { flows: 0, values: 0, valuesInClear: 0, packets: 0, dropped: 0, lost: 0 }
  for (const flow of snapshot.dataFlows) {
    const values = flow.carried.reduce((sum, data) => sum + data.count, 0)
    totals.flows += flow.flows
    totals.values += values
    if (transportOf(flow) === 'clear') totals.valuesInClear += values
  }
  for (const { status } of snapshot.enforcers) {
    totals.packets += status?.packets ?? 0
    totals.dropped += status?.dropped ?? 0
    totals.lost += status?.lost ?? 0
  }
  return totals
}

function latest(carried: CarriedData[], otherwise: number): number {
  return carried.length === 0 ? otherwise : Math.max(...carried.map((data) => data.last))
}
