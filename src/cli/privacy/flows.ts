import type { Transfer } from '../../api/contract/types.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { ago, print, type RunningFlags } from '../running.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface FlowFlags extends RunningFlags {
  flagged: boolean
  external: boolean
}

interface Answer {
  items: Transfer[]
  countries: { name: string; builtAt: string | null }
}

type Party = Transfer['sender']

/** @throws LocalApiError */
export async function listFlows({ stateDir, json, flagged, external }: FlowFlags): Promise<void> {
  const { items, countries } = await new LocalApi(stateDir).get<Answer>('/api/v1/privacy/flows')
  const shown = items.filter((each) => (!flagged || each.flags.length > 0) && (!external || isExternal(each)))
  if (json) return print(shown.map((item) => toJsonText(item)))
  if (shown.length === 0) return print([emptyText(items.length)])
  const style = styleFor(process.stdout.isTTY, process.env)
  const titles = ['FROM', 'TO', 'CATEGORIES', 'PERSONS', 'PROTOCOL', 'LAST', 'STANDS OUT']
  const columns = titles.map((title) => ({
    title,
    least: 6,
    ...(title === 'PERSONS' && { align: 'right' as const }),
  }))
  const rows = shown.map((item) =>
    cellsOf(item).map((text, i) => ({ text, ...(i === 6 && text !== '' && { style: style.alarm }) })),
  )
  const table = layoutTable(columns, rows, process.stdout.columns ?? 200)
  await print(table.map((line, i) => (i === 0 ? style.bold(line) : line)))
  if (countries.builtAt === null) {
    process.stderr.write('No country is known: the database of countries could not be loaded.\n')
  }
}

function emptyText(all: number): string {
  if (all > 0) return 'There is no such flow.'
  return 'No personal data was seen to go anywhere yet.'
}

function isExternal({ recipient: { kind } }: Transfer): boolean {
  return kind === 'external' || kind === 'processor'
}

function cellsOf(transfer: Transfer): string[] {
  const { sender, recipient, categories, persons, last, flags, contents } = transfer
  const names = categories.map(({ category }) => category).join(', ')
  return [
    partyText(sender),
    partyText(recipient),
    contents === 'seen' ? names : '(not readable)',
    persons === 0 ? '–' : `${persons}`,
    protocolText(transfer),
    ago(last),
    flags.join(', '),
  ].map(printable)
}

/** `clinic/api`, `ACME Laboratories (US)`. */
export function partyText({ kind, name, namespace, processor, countries }: Party): string {
  const said = processor?.displayName ?? (namespace === null ? name : `${namespace}/${name}`)
  const where = countries.map(({ country }) => country).join(', ')
  const place = where === '' ? said : `${said} (${where})`
  return kind === 'store' ? `${place} [store]` : place
}

function protocolText({ application, encrypted, tlsVersions }: Transfer): string {
  if (!encrypted) return `${application}, in the clear`
  return tlsVersions.length === 0 ? `${application}, encrypted` : `${application}, ${tlsVersions.join(', ')}`
}
