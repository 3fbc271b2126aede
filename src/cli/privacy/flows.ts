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
  countries: { name: string; builtAt: string | null; rulesDate: string }
}

type Party = Transfer['sender']

/** @throws LocalApiError */
export async function listFlows({ stateDir, json, flagged, external }: FlowFlags): Promise<void> {
  const { items, countries } = await new LocalApi(stateDir).all<Answer>('/api/v1/privacy/flows')
  const shown = items.filter((each) => (!flagged || each.flags.length > 0) && (!external || isExternal(each)))
  if (json) return print(shown.map((item) => toJsonText(item)))
  if (shown.length === 0) return print([emptyText(items.length)])
  const style = styleFor(process.stdout.isTTY, process.env)
  const titles = ['ID', 'FROM', 'TO', 'CATEGORIES', 'PERSONS', 'PROTOCOL', 'HOW OFTEN', 'LAST', 'STANDS OUT']
  const columns = titles.map((title) => ({
    title,
    least: title === 'ID' ? 16 : 6,
    ...(title === 'PERSONS' && { align: 'right' as const }),
  }))
  const rows = shown.map((item) =>
    cellsOf(item).map((text, i) => ({
      text,
      ...(i === titles.length - 1 && text !== '' && { style: style.alarm }),
    })),
  )
  const table = layoutTable(columns, rows, process.stdout.columns ?? 200)
  await print(table.map((line, i) => (i === 0 ? style.bold(line) : line)))
  process.stderr.write(`${countriesText(countries)}\n`)
}

function countriesText({ name, builtAt, rulesDate }: Answer['countries']): string {
  if (builtAt === null) return 'No country is known: the database of countries could not be loaded.'
  return `Countries by ${name} of ${builtAt.slice(0, 10)}; adequate ones as of ${rulesDate}.`
}

function emptyText(all: number): string {
  if (all > 0) return 'There is no such flow.'
  return 'No personal data was seen to go anywhere yet.'
}

function isExternal({ recipient: { kind } }: Transfer): boolean {
  return kind === 'external' || kind === 'processor'
}

function cellsOf(transfer: Transfer): string[] {
  const { id, sender, recipient, categories, persons, last, flags, contents } = transfer
  const names = categories.map(({ category }) => category).join(', ')
  return [
    id,
    partyText(sender),
    partyText(recipient),
    contents === 'seen' ? names : '(not readable)',
    persons === 0 ? '–' : `${persons}`,
    protocolText(transfer),
    frequencyText(transfer),
    ago(last),
    flags.join(', '),
  ].map(printable)
}

/** `clinic/api`, `ACME Laboratories (US)`. */
export function partyText({ kind, name, namespace, processor, countries }: Party): string {
  const said = processor?.displayName ?? (namespace === null ? name : `${namespace}/${name}`)
  const where = countries.map(({ country, confidence }) => `${country}${sureness(confidence)}`).join(', ')
  const place = where === '' ? said : `${said} (${where})`
  return kind === 'store' ? `${place} [store]` : place
}

/** What is declared, or told by the whole network around, needs no word. */
function sureness(confidence: Party['countries'][number]['confidence']): string {
  return confidence === null || confidence === 'high' ? '' : `, ${confidence} confidence`
}

const dayMs = 86_400_000

/** `320 a day since 2026-11-01`; `2 since 2026-11-21` of less than a day. */
function frequencyText({ flows, first, last }: Transfer): string {
  const days = (Date.parse(last) - Date.parse(first)) / dayMs
  const often = days < 1 ? `${flows}` : `${Math.max(1, Math.round(flows / days))} a day`
  return `${often} since ${first.slice(0, 10)}`
}

function protocolText({ application, encrypted, tlsVersions }: Transfer): string {
  if (!encrypted) return `${application}, in the clear`
  return tlsVersions.length === 0 ? `${application}, encrypted` : `${application}, ${tlsVersions.join(', ')}`
}
