import type { Database, SqlValue } from '../sql/database.ts'
import { column } from '../sql/values.ts'
import { type Facet, facetId, type FacetKind } from './facet.ts'

/** How many records have each facet: what one transaction changes of that, written at its end. */
export class FacetCounts {
  readonly #changes = new Map<string, { by: number; facet: Facet | null }>()
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
    for (const [id, { by, facet }] of this.#changes) {
      if (by === 0) continue
      const known = await database.execute('UPDATE facets SET records = records + ? WHERE id = ?', [by, id])
      if (known === 0 && facet !== null) await insert(database, id, facet, by)
      if (by < 0) await removeUnused(database, id)
    }
    this.#changes.clear()
    for (const [kind, by] of this.#kinds) if (by !== 0) await saveKind(database, kind, by)
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

async function saveKind(database: Database, kind: FacetKind, by: number): Promise<void> {
  await database.execute(
    `INSERT INTO facet_kinds (kind, records) VALUES (?, ?)
     ON CONFLICT (kind) DO UPDATE SET records = facet_kinds.records + excluded.records`,
    [kind, by],
  )
}

async function insert(database: Database, id: string, facet: Facet, records: number): Promise<void> {
  const { kind, workload, type, application, side, encrypted, identifier, reason, action, actor } = facet
  const texts = [workload, type, application, side, identifier, reason, action, actor].map(textOrNull)
  await database.execute(
    `INSERT INTO facets
       (id, kind, workload, type, application, side, identifier, reason, action, actor, encrypted, records)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, kind, ...texts, encrypted === undefined ? null : Number(encrypted), records],
  )
  for (const word of facet.words) {
    await database.execute(
      'INSERT INTO facet_words (word, facet) VALUES (?, ?) ON CONFLICT (word, facet) DO NOTHING',
      [column(word), id],
    )
  }
}

async function removeUnused(database: Database, id: string): Promise<void> {
  const removed = await database.execute('DELETE FROM facets WHERE id = ? AND records <= 0', [id])
  if (removed > 0) await database.execute('DELETE FROM facet_words WHERE facet = ?', [id])
}

function textOrNull(text: string | undefined): SqlValue {
  return text === undefined ? null : column(text)
}
