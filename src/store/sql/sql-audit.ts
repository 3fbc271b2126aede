import { createHash } from 'node:crypto'
import type { AuditEntry, AuditEvent, AuditQuery, AuditStore, AuditVerification } from '../audit-store.ts'
import type { Page } from '../paging.ts'
import { auditFacet } from '../search/facet.ts'
import { FacetCounts } from '../search/facet-rows.ts'
import type { Database, Row } from './database.ts'
import { facetQuery } from './facet-conditions.ts'
import { type Listing, readPage } from './listing.ts'
import { column } from './values.ts'

/** The audit log in portable SQL: a chain of hashes over the entries in order. */
export class SqlAudit implements AuditStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  append(event: AuditEvent): Promise<AuditEntry> {
    return this.#database.transaction(async (transaction) => {
      const [previous] = await transaction.query('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1')
      const sequence = previous === undefined ? 1 : sequenceOf(previous.id as string) + 1
      const record = JSON.stringify(event)
      const hash = chained((previous?.hash as string | undefined) ?? '', sequence, record)
      const counts = new FacetCounts()
      await transaction.execute(
        'INSERT INTO audit (id, at_ms, actor, action, facet, record, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
          ...[auditId(sequence), event.at, column(event.actor.name), column(event.action)],
          ...[counts.add(auditFacet(event)), record, hash],
        ],
      )
      await counts.save(transaction)
      return { ...event, sequence, hash }
    })
  }

  list(query: AuditQuery): Promise<Page<AuditEntry>> {
    return readPage(this.#database, auditListing(query), query)
  }

  async after(sequence: number, limit: number): Promise<AuditEntry[]> {
    const rows = await this.#database.query(
      'SELECT id, record, hash FROM audit WHERE id > ? ORDER BY id LIMIT ?',
      [auditId(sequence), limit],
    )
    return rows.map(entryOf)
  }

  async verify(after: number, limit: number): Promise<AuditVerification> {
    const rows = await this.#database.query(
      'SELECT id, record, hash FROM audit WHERE id >= ? ORDER BY id LIMIT ?',
      [auditId(after), limit + 1],
    )
    let checked = 0
    let last = after
    for (const [index, row] of rows.entries()) {
      const sequence = sequenceOf(row.id as string)
      if (sequence <= after) continue
      if (checked === limit) break
      last = sequence
      if (!follows(row, rows[index - 1])) return { checked, last, broken: sequence }
      checked++
    }
    return { checked, last, broken: null }
  }
}

/** Whether an entry follows from the one before. What retention took away cannot be asked: the first is believed. */
function follows(row: Row, previous: Row | undefined): boolean {
  const sequence = sequenceOf(row.id as string)
  if (previous === undefined && sequence !== 1) return true
  if (previous !== undefined && sequenceOf(previous.id as string) !== sequence - 1) return false
  return row.hash === chained((previous?.hash as string | undefined) ?? '', sequence, row.record as string)
}

function chained(previous: string, sequence: number, record: string): string {
  return createHash('sha256').update(`${previous}\n${sequence}\n${record}`).digest('hex')
}

/** Sequences as text of one length, so that they are in order as text. */
export function auditId(sequence: number): string {
  return sequence.toString().padStart(16, '0')
}

function sequenceOf(id: string): number {
  return Number.parseInt(id, 10)
}

function auditListing(query: AuditQuery): Listing<AuditEntry> {
  return {
    table: 'audit',
    time: 'at_ms',
    select: 'r.id AS id, r.record AS record, r.hash AS hash',
    facets: facetQuery('audit', { actor: query.actor, action: query.action }, query),
    item: entryOf,
  }
}

function entryOf(row: Row): AuditEntry {
  return {
    ...(JSON.parse(row.record as string) as AuditEvent),
    sequence: sequenceOf(row.id as string),
    hash: row.hash as string,
  }
}
