import { toJsonText } from '../../lib/json-text.ts'
import type { Finding } from '../../api/contract/types.ts'
import { LocalApi } from '../local-api.ts'
import { ago, print, type RunningFlags } from '../running.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Of many the newest; the listing of the API has all of them. */
const mostShown = 1000

/** What a transfer was told by: its findings, as far as they are kept. @throws LocalApiError */
export async function listTransferRecords(id: string, { stateDir, json }: RunningFlags): Promise<void> {
  const query = new URLSearchParams({ transfer: id, limit: String(mostShown) })
  const path = `/api/v1/findings?${query.toString()}`
  const { items, next } = await new LocalApi(stateDir).get<{ items: Finding[]; next: string | null }>(path)
  if (json) await print(items.map((item) => toJsonText(item)))
  else if (items.length === 0)
    await print([
      'No finding of that transfer is kept, or those that are were stored before they were marked.',
    ])
  else await printTable(items)
  if (next !== null)
    process.stderr.write(`The newest ${items.length}; all: /api/v1/findings?transfer=${id}\n`)
}

async function printTable(items: readonly Finding[]): Promise<void> {
  const style = styleFor(process.stdout.isTTY, process.env)
  const titles = ['RECORD', 'KIND', 'IN', 'VALUES', 'E.G.', 'SEEN AT', 'FLOW', 'LAST']
  const columns = titles.map((title) => ({
    ...{ title, least: 6 },
    ...(title === 'VALUES' && { align: 'right' as const }),
  }))
  const rows = items.map((item) => cellsOf(item).map((text) => ({ text: printable(text) })))
  const table = layoutTable(columns, rows, process.stdout.columns ?? 240)
  await print(table.map((line, i) => (i === 0 ? style.bold(line) : line)))
}

function cellsOf({ recordId, identifier, field, count, masked, connection, flow, last }: Finding): string[] {
  return [recordId, identifier, field, `${count}`, masked, connection?.side ?? '–', flow ?? '–', ago(last)]
}
