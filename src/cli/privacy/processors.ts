import type { Processor } from '../../api/contract/types.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { ago, print, type RunningFlags } from '../running.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** @throws LocalApiError */
export async function listProcessors({ stateDir, json }: RunningFlags): Promise<void> {
  const { items } = await new LocalApi(stateDir).all<{ items: Processor[] }>('/api/v1/privacy/processors')
  if (json) return print(items.map((item) => toJsonText(item)))
  if (items.length === 0)
    return print(['No partner is declared. Write a Processor in YAML and apply it: pavise policy apply FILE'])
  const style = styleFor(process.stdout.isTTY, process.env)
  const titles = ['NAME', 'PARTNER', 'ROLE', 'COUNTRY', 'CONTRACT', 'TRANSFER', 'DECLARED', 'SEEN', 'LAST']
  const columns = titles.map((title) => ({ title, least: 6 }))
  const rows = items.map((item) => cellsOf(item).map((text) => ({ text: printable(text) })))
  const table = layoutTable(columns, rows, process.stdout.columns ?? 200)
  await print(table.map((line, i) => (i === 0 ? style.bold(line) : line)))
}

function cellsOf({ observed, ...declared }: Processor): string[] {
  const { name, displayName, role, country, contract, contractDate, transferMechanism, categories } = declared
  return [
    ...[name, displayName, role, country],
    [contract, contractDate].filter((each) => each !== undefined).join(', ') || '–',
    transferMechanism ?? '–',
    categories.join(', ') || '–',
    observed.categories.join(', ') || (observed.transfers.length > 0 ? '(not readable)' : 'nothing'),
    observed.last === null ? '–' : ago(observed.last),
  ]
}
