import type { LedgerEntry } from '../ledger.ts'
import { evidenceLimits } from '../limits.ts'
import { bundleFile, type BundleManifest } from './format.ts'

/**
 * What is in a bundle, as a page that needs nothing but a browser. It is for reading: what proves anything is the bundle, checked
 * with `pavise evidence verify`.
 */
export async function* indexPage(
  about: BundleManifest,
  batches: AsyncIterable<readonly LedgerEntry[]>,
): AsyncIterable<Buffer> {
  yield Buffer.from(head(about))
  for await (const batch of batches) yield Buffer.from(batch.map(row).join(''))
  const more = about.end - about.first - evidenceLimits.bundlePageEntries
  const rest = more > 0 ? `<p>${more} more entries are in ${bundleFile.entries}.</p>` : ''
  yield Buffer.from(`</tbody></table>${rest}</body></html>\n`)
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}
th{position:sticky;top:0;background:#fff}td:last-child{overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:0;font-size:13px}
dt{font-weight:600}dd{margin:0 0 .5rem}@media print{th{position:static}}`

function head({ origin, key, made, first, end, size }: BundleManifest): string {
  const facts: [string, string][] = [
    ['Ledger', origin],
    ['Entries', `${first} to ${end - 1} of ${size}`],
    ['Made', made],
    ['Public key', key],
  ]
  const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence ${first} to ${end - 1}</title><style>${style}</style></head><body>
<h1>Evidence</h1>
<p>This page is for reading. Whether nothing was changed, left out or added says <code>pavise evidence verify</code>, on any machine and without a network.</p>
<dl>${list}</dl>
<table><thead><tr><th scope="col">Entry</th><th scope="col">Time (UTC)</th><th scope="col">About</th><th scope="col">By</th><th scope="col">What</th></tr></thead><tbody>
`
}

function row({ header, body }: LedgerEntry): string {
  const what =
    body === undefined
      ? '<em>Erased: its retention is over. Its hash stays.</em>'
      : `<pre>${escape(pretty(body.text))}</pre>`
  return `<tr><td>${header.index}</td><td>${header.time}</td><td>${header.kind}</td><td>${escape(header.actor)}</td><td>${what}</td></tr>\n`
}

function pretty(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 1)
}

/** What traffic or a person named is text, and nothing else, in a page. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
