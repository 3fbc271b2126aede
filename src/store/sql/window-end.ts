import type { Position } from '../paging.ts'
import type { Database } from './database.ts'
import { type Bounds, type Listed, rowsByTime } from './selection.ts'

/** The last row of a full window of `size` rows by time; null where it was not full, so that nothing comes after. */
export async function windowEnd(
  database: Database,
  listed: Listed,
  { size, ...bounds }: Bounds & { size: number },
): Promise<Position | null> {
  const { text, parameters } = rowsByTime(listed, bounds)
  const rows = await database.query(`${text} LIMIT 1 OFFSET ?`, [...parameters, size - 1])
  return rows.length === 0 ? null : { at: rows[0].listed_at as number, id: rows[0].id as string }
}
