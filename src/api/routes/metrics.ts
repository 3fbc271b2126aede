import type { Controller } from '../../controller/controller.ts'
import type { CarriedData, DataFlow } from '../../controller/data-flow.ts'
import type { EnforcerStatus, WorkloadState } from '../../model/enforcer-messages.ts'
import type { NamespaceScope } from '../../store/store.ts'
import { exposition, type Metric } from '../exposition.ts'
import { flowsWithin, workloadsWithin } from './flows-within.ts'

/**
 * What Prometheus scrapes: Pavise itself, its enforcers, and how much personal data goes how.
 *
 * @param scope whose workloads and data are counted
 */
export async function readMetrics(
  controller: Controller,
  version: string,
  scope: NamespaceScope,
): Promise<string> {
  const { usedBytes } = await controller.store.statistics()
  return exposition([
    single('pavise_info', 'Version, as a label.', 1, { version }),
    single('pavise_start_time_seconds', 'When it started, since 1970.', controller.startedAt / 1000),
    single('process_resident_memory_bytes', 'Memory of the controller.', process.memoryUsage.rss()),
    single('pavise_store_used_bytes', 'What the store holds.', usedBytes),
    single('pavise_store_max_bytes', 'Above it the oldest goes first.', controller.retention.maxBytes),
    single('pavise_event_readers', 'Readers of the event stream.', controller.events.subscribers),
    ...enforcerMetrics(controller),
    workloadMetric(workloadsWithin(controller, scope)),
    personalDataMetric(flowsWithin(controller, scope)),
    {
      name: 'pavise_limit_reached_total',
      help: 'How often something went past a bound since the start.',
      type: 'counter',
      samples: Object.entries(controller.counters()).map(([limit, value]) => ({ labels: { limit }, value })),
    },
  ])
}

function single(name: string, help: string, value: number, labels: Record<string, string> = {}): Metric {
  return { name, help, type: 'gauge', samples: [{ labels, value }] }
}

const enforcerValues: [
  name: string,
  help: string,
  type: Metric['type'],
  of: (status: EnforcerStatus) => number,
][] = [
  ['pavise_packets_total', 'Packets read.', 'counter', ({ packets }) => packets],
  ['pavise_packet_bytes_total', 'Bytes of packets read.', 'counter', ({ bytes }) => bytes],
  ['pavise_packets_dropped_total', 'Packets not seen: a ring was full.', 'counter', ({ dropped }) => dropped],
  ['pavise_records_lost_total', 'Records given up on the way.', 'counter', ({ lost }) => lost],
  ['pavise_records_waiting', 'Records on the way.', 'gauge', ({ waiting }) => waiting],
  ['pavise_enforcer_resident_bytes', 'Memory of an enforcer.', 'gauge', ({ residentBytes }) => residentBytes],
]

function enforcerMetrics(controller: Controller): Metric[] {
  const enforcers = controller.enforcers()
  const connected = enforcers.map(({ enforcer, connected }) => ({
    labels: { enforcer },
    value: Number(connected),
  }))
  const samples = (of: (status: EnforcerStatus) => number) =>
    enforcers.flatMap(({ enforcer, status }) => (status ? [{ labels: { enforcer }, value: of(status) }] : []))
  return [
    {
      name: 'pavise_enforcer_connected',
      help: 'Whether an enforcer is connected.',
      type: 'gauge',
      samples: connected,
    },
    ...enforcerValues.map(([name, help, type, of]) => ({ name, help, type, samples: samples(of) })),
  ]
}

function workloadMetric(workloads: readonly WorkloadState[]): Metric {
  const counts = new Map<string, number>()
  for (const { coverage } of workloads) counts.set(coverage, (counts.get(coverage) ?? 0) + 1)
  return {
    name: 'pavise_workloads',
    help: 'Workloads that run, by whether their traffic is seen and why not.',
    type: 'gauge',
    samples: Array.from(counts, ([coverage, value]) => ({ labels: { coverage }, value })),
  }
}

/** A gauge, because data flows that give way to newer ones take their counts along. */
function personalDataMetric(flows: readonly DataFlow[]): Metric {
  const counts = new Map<string, { category: string; encrypted: boolean; value: number }>()
  for (const { encrypted, carried } of flows) {
    for (const { category, count } of carried) addTo(counts, { category, count }, encrypted)
  }
  return {
    name: 'pavise_personal_data_values',
    help: 'Values of personal data in the data flows that are kept, by category and whether they are encrypted.',
    type: 'gauge',
    samples: Array.from(counts.values(), ({ category, encrypted, value }) => ({
      labels: { category, encrypted: `${encrypted}` },
      value,
    })),
  }
}

function addTo(
  counts: Map<string, { category: string; encrypted: boolean; value: number }>,
  { category, count }: Pick<CarriedData, 'category' | 'count'>,
  encrypted: boolean,
): void {
  const key = `${category} ${encrypted}`
  const known = counts.get(key)
  if (known) known.value += count
  else counts.set(key, { category, encrypted, value: count })
}
