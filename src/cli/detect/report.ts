import type { DocumentFinding } from '../../inspect/document-detector.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** What a person reads: one line for each finding with its place, then how many of each. */
export function reportLines(
  bytes: Uint8Array,
  format: ContentFormat,
  findings: readonly DocumentFinding[],
  style: Style,
): string[] {
  if (findings.length === 0) return [`No personal data found (read as ${format}).`]
  const places = lineNumbers(bytes, findings)
  const cells = findings.map((finding, i) => [
    { text: finding.identifier },
    { text: printable(finding.masked) },
    { text: `${places[i].line}:${places[i].column}`, style: style.dim },
    { text: printable(finding.field) },
    { text: finding.confidence.toFixed(2) },
  ])
  const columns = [
    { title: 'PERSONAL DATA', least: 8 },
    { title: 'SAMPLE', least: 8 },
    { title: 'LINE', least: 6 },
    { title: 'FIELD', least: 8 },
    { title: 'SURE', least: 4 },
  ]
  const lines = layoutTable(columns, cells, process.stdout.columns ?? 160)
  return [...lines, '', `${countsOf(findings)} (read as ${format})`]
}

/** Lines and columns from 1, columns in bytes. */
function lineNumbers(bytes: Uint8Array, findings: readonly DocumentFinding[]) {
  let line = 1
  let lineStart = 0
  let at = 0
  return findings.map(({ start }) => {
    for (; at < start; at++) {
      if (bytes[at] !== 0x0a) continue
      line++
      lineStart = at + 1
    }
    return { line, column: start - lineStart + 1 }
  })
}

function countsOf(findings: readonly DocumentFinding[]): string {
  const counts = new Map<string, number>()
  for (const { identifier } of findings) counts.set(identifier, (counts.get(identifier) ?? 0) + 1)
  return [...counts].map(([identifier, count]) => `${count} ${identifier}`).join(', ')
}
