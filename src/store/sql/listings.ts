import type { Incident } from '../../model/enforcer-messages.ts'
import type { CoverageRecord, FlowRecord } from '../../model/records.ts'
import type {
  CoverageQuery,
  FindingItem,
  FindingQuery,
  FlowQuery,
  IncidentQuery,
  Summarised,
  WorkloadItem,
  WorkloadQuery,
} from '../store.ts'
import { Conditions } from './conditions.ts'
import { carrying, facetQuery, inNamespaces, partOf } from './facet-conditions.ts'
import type { PageQuery } from '../paging.ts'
import type { Listing } from './listing.ts'
import type { Listed } from './selection.ts'
import { workloadState } from './workload-rows.ts'

/** Where a page begins and ends is of no matter to what is listed. */
type Unpaged<Query> = Omit<Query, keyof PageQuery>

/** What a summary is of. */
export function summarised(asked: Summarised): Listed {
  if (asked.of === 'findings') return findingListing(asked.filter)
  return asked.of === 'coverage' ? coverageListing(asked.filter) : incidentListing(asked.filter)
}

export function flowListing(query: Unpaged<FlowQuery>): Listing<FlowRecord> {
  const { workload, application, encrypted, side, identifier, transfer } = query
  const facets = facetQuery('flow', { workload, application, encrypted, side }, query)
  return {
    table: 'flows',
    time: 'end_ms',
    select: 'r.record AS record',
    facets: partOf(carrying(facets, identifier), transfer),
    item: (row) => JSON.parse(row.record as string) as FlowRecord,
  }
}

export function findingListing(query: Unpaged<FindingQuery>): Listing<FindingItem> {
  const { workload, application, encrypted, side, identifier, flow, transfer } = query
  const facets = facetQuery('finding', { workload, application, encrypted, side, identifier }, query)
  return {
    table: 'findings',
    time: 'last_ms',
    select: 'r.record AS record, f.record AS flow_record',
    joins: 'LEFT JOIN flows AS f ON f.id = r.flow',
    facets: partOf(facets, transfer),
    ...(flow !== undefined && { narrow: new Conditions().with('flow = ?', flow) }),
    item: (row) => ({
      finding: JSON.parse(row.record as string) as FindingItem['finding'],
      flow: row.flow_record === null ? null : (JSON.parse(row.flow_record as string) as FlowRecord),
    }),
  }
}

export function coverageListing(
  query: Unpaged<CoverageQuery>,
): Listing<CoverageRecord & { recordId: string }> {
  const { workload, reason } = query
  return {
    table: 'coverage',
    time: 'at_ms',
    select: 'r.record AS record',
    facets: facetQuery('coverage', { workload, reason }, query),
    item: (row) => JSON.parse(row.record as string) as CoverageRecord & { recordId: string },
  }
}

export function incidentListing(query: Unpaged<IncidentQuery>): Listing<Incident> {
  const { type, workload, action } = query
  return {
    table: 'incidents',
    time: 'last_ms',
    select: 'r.record AS record',
    facets: facetQuery('incident', { type, workload, action }, query),
    item: (row) => JSON.parse(row.record as string) as Incident,
  }
}

/** Workloads are few, and have no facets: they are gathered. */
export function workloadListing(query: Unpaged<WorkloadQuery>): Listing<WorkloadItem> {
  const narrow = new Conditions().with('coverage = ?', query.coverage).with('workload = ?', query.workload)
  if (query.running === true) narrow.and('stopped_ms IS NULL')
  if (query.running === false) narrow.and('stopped_ms IS NOT NULL')
  return {
    table: 'workloads',
    time: 'started_ms',
    select: 'r.enforcer AS enforcer, r.record AS record, r.stopped_ms AS stopped_ms',
    facets: null,
    narrow: inNamespaces(narrow, query.namespaces),
    item: (row) => ({
      enforcer: row.enforcer as string,
      state: workloadState(row.record as string, row.stopped_ms),
    }),
  }
}
