import type { LocalApi } from '../local-api.ts'

/** All items of a listing, page by page. @throws LocalApiError */
export async function allPages<Item>(api: LocalApi, path: string): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    type Page = { items: Item[]; next: string | null }
    const page: Page = await api.get<Page>(cursor === '' ? path : `${path}&cursor=${cursor}`)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}
