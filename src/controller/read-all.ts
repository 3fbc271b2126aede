import type { Page, PageQuery, Position } from '../store/paging.ts'
import { storeLimits } from '../store/limits.ts'

/**
 * Takes what a listing has, page by page, so that others have their turn between.
 *
 * @param most after so many it goes no further
 * @returns whether there was more
 */
export async function readAll<Item>(
  list: (query: PageQuery) => Promise<Page<Item>>,
  most: number,
  take: (item: Item) => void,
): Promise<boolean> {
  let after: Position | undefined
  for (let taken = 0; taken < most;) {
    const page = await list({ limit: storeLimits.pageItems, after })
    for (const item of page.items) take(item)
    taken += page.items.length
    if (page.next === null) return false
    after = page.next
  }
  return true
}
