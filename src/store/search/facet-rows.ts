import type { Database, SqlValue } from '../sql/database.ts'
import { executeMany, executeRows, queryMany, queryRows } from '../sql/many-rows.ts'
import { column } from '../sql/values.ts'
import { type Facet, facetId, type FacetKind } from './facet.ts'

interface Change {
  by: number
  /** Null where it was only removed, so that it is stored already. */
  facet: Facet | null
}

/** How many records have each facet: what one transaction changes of that, written at its end. */
export class FacetCounts {
  readonly #changes = new Map<string, Change>()
  readonly #kinds = new Map<FacetKind, number>()

  /** One more record has it; gives its id. */
  add(facet: Facet): string {
    const id = facetId(facet)
    this.#change(id, 1, facet)
    this.#changeKind(facet.kind, 1)
    return id
  }

  /** One record less has it. */
  remove(kind: FacetKind, id: string | null): void {
    if (id === null) return
    this.#change(id, -1, null)
    this.#changeKind(kind, -1)
  }

  /** Within the transaction. A facet that no record has any more goes, with its words. */
  async save(database: Database): Promise<void> {
    const changes = new Map([...this.#changes].filter(([, { by }]) => by !== 0))
    await addRecords(database, changes)
    await removeUnused(
      database,
      [...changes].flatMap(([id, { by }]) => (by < 0 ? [id] : [])),
    )
    for (const [kind, by] of this.#kinds) if (by !== 0) await saveKind(database, kind, by)
    this.#changes.clear()
    this.#kinds.clear()
  }

  #changeKind(kind: FacetKind, by: number): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + by)
  }

  #change(id: string, by: number, facet: Facet | null): void {
    const change = this.#changes.get(id)
    if (change === undefined) this.#changes.set(id, { by, facet })
    else {
      change.by += by
      change.facet ??= facet
    }
  }
}

/** The columns of `VALUES` have these names in both databases; PostgreSQL takes what comes in them for text. */
async function addRecords(database: Database, changes: ReadonlyMap<string, Change>): Promise<void> {
  const known = await queryRows(
    database,
    (values) =>
      `UPDATE facets SET records = records + CAST(given.column2 AS bigint) FROM (VALUES ${values}) AS given
       WHERE facets.id = given.column1 RETURNING id`,
    [...changes].map(([id, { by }]) => [id, by]),
  )
  const missing = new Map(changes)
  for (const { id } of known) missing.delete(id as string)
  await insert(database, missing)
}

async function insert(database: Database, changes: ReadonlyMap<string, Change>): Promise<void> {
  const rows: SqlValue[][] = []
  const words: SqlValue[][] = []
  for (const [id, { by, facet }] of changes) {
    if (facet === null) continue
    rows.push(rowOf(id, facet, by))
    words.push(...[...new Set(facet.words.map(column))].map((word) => [word, id]))
  }
  await executeRows(
    database,
    (values) =>
      `INSERT INTO facets
         (id, kind, workload, type, application, side, identifier, reason, action, actor, encrypted, records)
       VALUES ${values}`,
    rows,
  )
  await executeRows(database, (values) => `INSERT INTO facet_words (word, facet) VALUES ${values}`, words)
}

function rowOf(id: string, facet: Facet, records: number): SqlValue[] {
  const { kind, workload, type, application, side, encrypted, identifier, reason, action, actor } = facet
  const texts = [workload, type, application, side, identifier, reason, action, actor].map(textOrNull)
  return [id, kind, ...texts, encrypted === undefined ? null : Number(encrypted), records]
}

async function removeUnused(database: Database, ids: readonly string[]): Promise<void> {
  const removed = await queryMany(
    database,
    (marks) => `DELETE FROM facets WHERE records <= 0 AND id IN (${marks}) RETURNING id`,
    ids,
  )
  await executeMany(
    database,
    (marks) => `DELETE FROM facet_words WHERE facet IN (${marks})`,
    removed.map((row) => row.id),
  )
}

async function saveKind(database: Database, kind: FacetKind, by: number): Promise<void> {
  await database.execute(
    `INSERT INTO facet_kinds (kind, records) VALUES (?, ?)
     ON CONFLICT (kind) DO UPDATE SET records = facet_kinds.records + excluded.records`,
    [kind, by],
  )
}

function textOrNull(text: string | undefined): SqlValue {
  return text === undefined ? null : column(text)
}
