import type { Incident } from '../../model/enforcer-messages.ts'
import type { CoverageRecord, FlowRecord } from '../../model/records.ts'
import type { TimeWindow } from '../paging.ts'
import type {
  CoverageQuery,
  FindingItem,
  FindingQuery,
  FlowQuery,
  IncidentQuery,
  NamespaceScope,
  WorkloadItem,
  WorkloadQuery,
} from '../store.ts'
import { Conditions } from './conditions.ts'
import type { Listing } from './listing.ts'
import { column } from './values.ts'
import { workloadState } from './workload-rows.ts'

function within(window: TimeWindow, time: string): Conditions {
  return new Conditions().with(`${time} >= ?`, window.since).with(`${time} < ?`, window.until)
}

/** Keeps to the workloads of some namespaces; `workload` is the column that names one. */
function inNamespaces(filter: Conditions, { namespaces }: NamespaceScope, workload: string): Conditions {
  if (namespaces === undefined) return filter
  if (namespaces.length === 0) return filter.and('1 = 0')
  const marks = namespaces.map(() => '?').join(', ')
  const known = `SELECT workload FROM workloads WHERE namespace IN (${marks})`
  return filter.and(`${workload} IN (${known})`, ...namespaces.map(column))
}

export function flowListing(query: FlowQuery): Listing<FlowRecord> {
  const filter = new Conditions()
    .with('w.application = ?', query.application)
    .with('w.encrypted = ?', query.encrypted)
    .with('w.side = ?', query.side)
    .with(
      'EXISTS (SELECT 1 FROM findings WHERE findings.flow = w.id AND findings.identifier = ?)',
      query.identifier,
    )
  if (query.identifier !== undefined) filter.and('w.carries = 1')
  inNamespaces(filter, query, 'w.workload')
  return {
    table: 'flows',
    time: 'end_ms',
    columns: 'id, end_ms, workload, side, application, encrypted, carries, record',
    select: 'w.record AS record',
    joins: '',
    indexed: () => within(query, 'end_ms').with('workload = ?', query.workload),
    filter,
    item: (row) => JSON.parse(row.record as string) as FlowRecord,
  }
}

export function findingListing(query: FindingQuery): Listing<FindingItem> {
  const filter = new Conditions()
    .with('f.application = ?', query.application)
    .with('f.encrypted = ?', query.encrypted)
    .with('f.side = ?', query.side)
  inNamespaces(filter, query, 'w.workload')
  const indexed = () =>
    within(query, 'last_ms').with('workload = ?', query.workload).with('flow = ?', query.flow)
  // One of the two narrows by index; with both, the workload does and the identifier is looked at.
  const both = query.workload !== undefined && query.identifier !== undefined
  if (both) filter.with('w.identifier = ?', query.identifier)
  return {
    table: 'findings',
    time: 'last_ms',
    columns: 'id, last_ms, flow, workload, identifier, record',
    select: 'w.record AS record, f.record AS flow_record',
    joins: 'LEFT JOIN flows AS f ON f.id = w.flow',
    indexed: both ? indexed : () => indexed().with('identifier = ?', query.identifier),
    filter,
    item: (row) => ({
      finding: JSON.parse(row.record as string) as FindingItem['finding'],
      flow: row.flow_record === null ? null : (JSON.parse(row.flow_record as string) as FlowRecord),
    }),
  }
}

export function coverageListing(query: CoverageQuery): Listing<CoverageRecord & { recordId: string }> {
  const filter = new Conditions().with('w.workload = ?', query.workload).with('w.reason = ?', query.reason)
  return {
    table: 'coverage',
    time: 'at_ms',
    columns: 'id, at_ms, workload, reason, record',
    select: 'w.record AS record',
    joins: '',
    indexed: () => within(query, 'at_ms'),
    filter: inNamespaces(filter, query, 'w.workload'),
    item: (row) => JSON.parse(row.record as string) as CoverageRecord & { recordId: string },
  }
}

export function incidentListing(query: IncidentQuery): Listing<Incident> {
  const filter = new Conditions().with('w.action = ?', query.action)
  // One of the two narrows by index; with both, the workload does and the type is looked at.
  const both = query.workload !== undefined && query.type !== undefined
  if (both) filter.with('w.type = ?', query.type)
  inNamespaces(filter, query, 'w.workload')
  const indexed = () => within(query, 'last_ms').with('workload = ?', query.workload)
  return {
    table: 'incidents',
    time: 'last_ms',
    columns: 'id, type, last_ms, workload, action, record',
    select: 'w.record AS record',
    joins: '',
    indexed: both ? indexed : () => indexed().with('type = ?', query.type),
    filter,
    item: (row) => JSON.parse(row.record as string) as Incident,
  }
}

export function workloadListing(query: WorkloadQuery): Listing<WorkloadItem> {
  const filter = new Conditions()
    .with('w.coverage = ?', query.coverage)
    .with('w.workload = ?', query.workload)
  if (query.running === true) filter.and('w.stopped_ms IS NULL')
  if (query.running === false) filter.and('w.stopped_ms IS NOT NULL')
  inNamespaces(filter, query, 'w.workload')
  return {
    table: 'workloads',
    time: 'started_ms',
    columns: 'id, started_ms, stopped_ms, enforcer, coverage, record, workload',
    select: 'w.enforcer AS enforcer, w.record AS record, w.stopped_ms AS stopped_ms',
    joins: '',
    indexed: () => new Conditions(),
    filter,
    item: (row) => ({
      enforcer: row.enforcer as string,
      state: workloadState(row.record as string, row.stopped_ms),
    }),
  }
}
