import type { Incident, ObservedRecord } from '../../model/enforcer-messages.ts'
import type { AuditEvent } from '../audit-store.ts'
import {
  auditFacet,
  coverageFacet,
  type Facet,
  findingFacet,
  flowFacet,
  incidentFacet,
} from '../search/facet.ts'
import { FacetCounts } from '../search/facet-rows.ts'
import { relateFlows } from '../search/relate.ts'
import type { Database } from '../sql/database.ts'

type Observed<Type extends ObservedRecord['type']> = Extract<ObservedRecord, { type: Type }>

/**
 * What records are filtered and searched by, once for all that share it, in place of an index for each filter. The index by
 * time holds the facet, so that going through records by time reads nothing else.
 */
export const facets = [
  `CREATE TABLE facets (
    id text NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    workload text,
    type text,
    application text,
    side text,
    encrypted smallint CHECK (encrypted IN (0, 1)),
    identifier text,
    reason text,
    action text,
    actor text,
    records bigint NOT NULL
  )`,
  ...['workload', 'application', 'identifier', 'reason', 'action', 'actor'].map(
    (name) => `CREATE INDEX facets_by_${name} ON facets (kind, ${name})`,
  ),
  `CREATE TABLE facet_words (
    word text NOT NULL,
    facet text NOT NULL,
    PRIMARY KEY (word, facet)
  )`,
  'CREATE INDEX facet_words_by_facet ON facet_words (facet, word)',
  `CREATE TABLE facet_kinds (
    kind text NOT NULL PRIMARY KEY,
    records bigint NOT NULL
  )`,
  ...(['flows', 'findings', 'coverage', 'incidents', 'audit'] as const).map(
    (table) => `ALTER TABLE ${table} ADD COLUMN facet text`,
  ),
  ...['flows_by_end', 'flows_by_workload', 'findings_by_last', 'findings_by_workload'].map(dropIndex),
  ...['findings_by_identifier', 'coverage_by_at', 'incidents_by_last', 'incidents_by_type'].map(dropIndex),
  ...['incidents_by_workload', 'audit_by_at'].map(dropIndex),
  'CREATE INDEX flows_by_end ON flows (end_ms, id, facet)',
  'CREATE INDEX flows_by_facet ON flows (facet, end_ms, id)',
  'CREATE INDEX findings_by_last ON findings (last_ms, id, facet)',
  'CREATE INDEX findings_by_facet ON findings (facet, last_ms, id)',
  'CREATE INDEX coverage_by_at ON coverage (at_ms, id, facet)',
  'CREATE INDEX coverage_by_facet ON coverage (facet, at_ms, id)',
  'CREATE INDEX incidents_by_last ON incidents (last_ms, id, facet)',
  'CREATE INDEX incidents_by_facet ON incidents (facet, last_ms, id)',
  'CREATE INDEX audit_by_at ON audit (at_ms, id, facet)',
  'CREATE INDEX audit_by_facet ON audit (facet, at_ms, id)',
]

/** Gives what was stored before its facets. */
export async function fillFacets(database: Database): Promise<void> {
  const counts = new FacetCounts()
  await fill(database, counts, 'coverage', (record) => coverageFacet(record as Observed<'coverage'>))
  await fill(database, counts, 'incidents', (record) => incidentFacet(record as Incident))
  await fill(database, counts, 'audit', (record) => auditFacet(record as AuditEvent))
  await fill(database, counts, 'flows', (record) => flowFacet(record as Observed<'flow'>, []))
  await fill(database, counts, 'findings', (record) =>
    findingFacet(record as Observed<'personal-data'>, null),
  )
  for await (const rows of pages(database, 'SELECT id FROM flows WHERE carries = 1 AND id > ?')) {
    await relateFlows(
      database,
      counts,
      rows.map((row) => row.id as string),
    )
  }
  await counts.save(database)
}

async function fill(
  database: Database,
  counts: FacetCounts,
  table: string,
  facetOf: (record: unknown) => Facet,
): Promise<void> {
  for await (const rows of pages(database, `SELECT id, record FROM ${table} WHERE id > ?`)) {
    for (const { id, record } of rows) {
      const facet = counts.add(facetOf(JSON.parse(record as string)))
      await database.execute(`UPDATE ${table} SET facet = ? WHERE id = ?`, [facet, id])
    }
  }
}

const pageRows = 1_000

async function* pages(database: Database, select: string) {
  for (let after = ''; ;) {
    const rows = await database.query(`${select} ORDER BY id LIMIT ?`, [after, pageRows])
    yield rows
    if (rows.length < pageRows) return
    after = rows[rows.length - 1].id as string
  }
}

function dropIndex(name: string): string {
  return `DROP INDEX ${name}`
}
