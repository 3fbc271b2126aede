import { evidenceKinds } from '../../model/evidence-kinds.ts'
import type { LedgerEntry } from '../ledger.ts'
import { evidenceLimits } from '../limits.ts'
import { entrySummary } from './entry-summary.ts'
import { bundleFile, type BundleManifest } from './format.ts'

/**
 * What is in a bundle, as a page that needs nothing but a browser. It is for reading: what proves anything is the bundle, checked
 * with `pavise evidence verify`. Entries are added as they are written; the first of them are listed, all are counted.
 */
export class IndexPage {
  readonly #about: BundleManifest
  readonly #attached: readonly string[]
  readonly #rows: Buffer[] = []
  readonly #counts = new Map<string, number>()
  #listed = 0
  #bytes = 0

  constructor(about: BundleManifest, attached: readonly string[]) {
    this.#about = about
    this.#attached = attached
  }

  add(entries: readonly LedgerEntry[]): void {
    for (const { header } of entries) this.#counts.set(header.kind, (this.#counts.get(header.kind) ?? 0) + 1)
    for (const entry of entries) {
      if (this.#listed >= evidenceLimits.bundlePageEntries || this.#bytes >= evidenceLimits.bundlePageBytes)
        return
      const text = Buffer.from(row(entry))
      this.#rows.push(text)
      this.#bytes += text.length
      this.#listed++
    }
  }

  async *content(): AsyncIterable<Buffer> {
    yield Buffer.from(head(this.#about) + countsTable(this.#counts) + filesList(this.#attached) + tableHead)
    yield* this.#rows
    const more = this.#about.end - this.#about.first - this.#listed
    const rest = more > 0 ? `<p>${more} more entries are in ${bundleFile.entries}.</p>` : ''
    yield Buffer.from(`</tbody></table>${rest}</main></body></html>\n`)
  }
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}
th{position:sticky;top:0;background:#fff}table.counts{width:auto}td:last-child{overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:.3rem 0;font-size:13px}
td:nth-child(-n+4){white-space:nowrap}summary{cursor:pointer}dt{font-weight:600}dd{margin:0 0 .5rem}
@media print{th{position:static}}`

function head({ origin, key, made, first, end, size }: BundleManifest): string {
  const facts: [string, string][] = [
    ['Ledger', origin],
    ['Entries', `${first} to ${end - 1} of ${size}`],
    ['Made', made],
    ['Public key', key],
  ]
  const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence ${first} to ${end - 1}</title><style>${style}</style></head><body><main>
<h1>Evidence</h1>
<p>This page is for reading. Whether nothing was changed, left out or added says <code>pavise evidence verify FILE --key KEY</code>, on any machine and without a network. Take the key from whoever runs Pavise, and not from here.</p>
<dl>${list}</dl>
`
}

function countsTable(counts: ReadonlyMap<string, number>): string {
  const rows = evidenceKinds
    .filter((kind) => counts.has(kind))
    .map((kind) => `<tr><td>${kind}</td><td>${counts.get(kind)}</td></tr>`)
  return `<h2>What it is about</h2><table class="counts"><thead><tr><th scope="col">About</th><th scope="col">Entries</th></tr></thead><tbody>${rows.join('')}</tbody></table>\n`
}

const folders: readonly [prefix: string, what: string][] = [
  ['policy/', 'Policy in force in that time, a file for each version'],
  ['controls/', 'State of the controls of each framework over that time, with what evidences it'],
  [
    'captures/',
    'Recorded packets, encrypted with a key that only the installation has which recorded them; captures.ndjson says what each is about',
  ],
]

function filesList(attached: readonly string[]): string {
  const items = folders.flatMap(([prefix, what]) => {
    const names = attached.filter((name) => name.startsWith(prefix))
    return names.length === 0 ? [] : [`<dt>${what}</dt><dd>${names.map(escape).join('<br>')}</dd>`]
  })
  return items.length === 0 ? '' : `<h2>What goes along</h2><dl>${items.join('')}</dl>\n`
}

const tableHead = `<h2>Entries</h2>
<table><thead><tr><th scope="col">Entry</th><th scope="col">Time (UTC)</th><th scope="col">About</th><th scope="col">By</th><th scope="col">What</th></tr></thead><tbody>
`

function row({ header, body }: LedgerEntry): string {
  const what =
    body === undefined
      ? '<em>Erased: its retention is over. Its hash stays.</em>'
      : `<details><summary>${escape(entrySummary(header.kind, body.text))}</summary><pre>${escape(pretty(body.text))}</pre></details>`
  const time = header.time.replace('T', ' ').replace('Z', '')
  return `<tr><td>${header.index}</td><td>${time}</td><td>${header.kind}</td><td>${escape(header.actor)}</td><td>${what}</td></tr>\n`
}

function pretty(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 1)
}

/** What traffic or a person named is text, and nothing else, in a page. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
