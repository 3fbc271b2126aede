import type { TArray, TObject } from 'typebox'
import type { Operation } from './contract/operation.ts'
import { apiLimits } from './contract/limits.ts'
import type { PagedQuery } from './contract/queries.ts'
import { heldPage } from './held-page.ts'
import { type ExportedPage, type ExportFormat, exportAll } from './export.ts'
import type { Call, Route } from './route.ts'

/** What every listing is asked. */
interface ListingQuery {
  limit: number
  cursor?: string
  format: 'json' | ExportFormat
}

/**
 * A listing of what is held whole.
 *
 * @param list all of it, shown
 * @param more what the answer has besides
 */
export function heldRoute(
  operation: Operation,
  list: (call: Call) => Promise<readonly unknown[]> | readonly unknown[],
  more: () => object = () => ({}),
): Route {
  return listedRoute(operation, async (query: PagedQuery, call) => {
    const all = await list(call)
    const total = { count: all.length, exact: true }
    return {
      ...heldPage(all, query, (item) => item),
      ...(query.cursor === undefined && { total }),
      ...more(),
    }
  })
}

/**
 * A listing: a page of it in JSON, or all of it as NDJSON or CSV.
 *
 * @param list one page of what the query asks: a query of that operation, which the server has checked
 * @param goOn what a query says to go on from the `next` of a page, where that is not its cursor
 */
export function listedRoute<Query extends object>(
  operation: Operation,
  list: (query: Query, call: Call) => Promise<ExportedPage>,
  goOn: (next: never, query: Query) => object = (cursor: string) => ({ cursor }),
): Route {
  const answer = (call: Call) => {
    const { format, ...rest } = call.query as ListingQuery
    const query = rest as unknown as Query
    if (format === 'json') return list(query, call)
    const { items } = (operation.response as TObject).properties
    const all = { ...query, limit: apiLimits.pageItems.most }
    return exportAll(call.reply, { format, name: operation.id, item: (items as TArray).items }, (next) =>
      list({ ...all, ...(next !== undefined && goOn(next as never, query)) }, call),
    )
  }
  return { operation, answer }
}
