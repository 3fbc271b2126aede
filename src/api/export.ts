import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { TSchema } from 'typebox'
import { toJsonText } from '../lib/json-text.ts'
import { csvLine } from '../lib/csv-line.ts'
import { columnsOf, valuesOf } from './csv.ts'

export type ExportFormat = 'ndjson' | 'csv'

export interface ExportedPage {
  items: readonly unknown[]
  /** Where to go on; null at the end. */
  next: string | number | null
}

type Next = NonNullable<ExportedPage['next']>

const contentTypes: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/**
 * All of a listing, however much it is, page by page as fast as it is read. An error in the middle breaks the
 * connection off: what is cut short must not look complete.
 *
 * @param item what an item is, for the columns of CSV
 */
export function exportAll(
  reply: FastifyReply,
  { format, name, item }: { format: ExportFormat; name: string; item: TSchema },
  read: (next: Next | undefined) => Promise<ExportedPage>,
): Readable {
  void reply.type(contentTypes[format])
  void reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
  return Readable.from(format === 'csv' ? csv(item, read) : ndjson(read))
}

async function* pages(read: (next: Next | undefined) => Promise<ExportedPage>): AsyncGenerator<ExportedPage> {
  let next: Next | undefined
  do {
    const page = await read(next)
    yield page
    next = page.next ?? undefined
  } while (next !== undefined)
}

async function* ndjson(read: Parameters<typeof pages>[0]): AsyncGenerator<string> {
  for await (const { items } of pages(read)) {
    if (items.length > 0) yield items.map((item) => `${toJsonText(item)}\n`).join('')
  }
}

async function* csv(item: TSchema, read: Parameters<typeof pages>[0]): AsyncGenerator<string> {
  const columns = columnsOf(item)
  yield csvLine(columns.map((path) => path.join('.')))
  for await (const { items } of pages(read)) {
    if (items.length > 0) yield items.map((each) => csvLine(valuesOf(each, columns))).join('')
  }
}
