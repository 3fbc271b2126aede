import type { TArray, TObject } from 'typebox'
import type { Operation } from './contract/operation.ts'
import { apiLimits } from './contract/limits.ts'
import { type ExportedPage, type ExportFormat, exportAll } from './export.ts'
import type { Call, Route } from './route.ts'

/** What every listing is asked. */
interface ListingQuery {
  limit: number
  cursor?: string
  format: 'json' | ExportFormat
}

/**
 * A listing: a page of it in JSON, or all of it as NDJSON or CSV.
 *
 * @param list one page of what the query asks: a query of that operation, which the server has checked
 */
export function listedRoute(
  operation: Operation,
  list: (query: never, call: Call) => Promise<ExportedPage>,
): Route {
  const answer = (call: Call) => {
    const { format, ...query } = call.query as ListingQuery
    if (format === 'json') return list(query as never, call)
    const { items } = (operation.response as TObject).properties
    const all = { ...query, limit: apiLimits.pageItems.most }
    return exportAll(call.reply, { format, name: operation.id, item: (items as TArray).items }, (cursor) =>
      list({ ...all, ...(cursor !== undefined && { cursor }) } as never, call),
    )
  }
  return { operation, answer }
}
