import { decodeCursor, encodeCursor } from './cursor.ts'

/**
 * A page of what is held in memory: the cursor is how many came before. What changes meanwhile may come twice or not.
 *
 * @throws HttpProblem 400 for a cursor that no page gave
 */
export function heldPage<Item, Shown>(
  all: readonly Item[],
  { limit, cursor }: { limit: number; cursor?: string },
  show: (item: Item) => Shown,
): { items: Shown[]; next: string | null } {
  const start = decodeCursor(cursor)?.at ?? 0
  const items = all.slice(start, start + limit)
  const next = start + limit < all.length ? { at: start + limit, id: '' } : null
  return { items: items.map(show), next: encodeCursor(next) }
}
