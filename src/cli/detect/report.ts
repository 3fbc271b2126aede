import type { FileProblem } from '../../content/files/budget.ts'
import type { AssessmentList } from '../../inspect/assessment-list.ts'
import type { DocumentFinding } from '../../inspect/document-detector.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { explanationLines, weightsNote } from '../../inspect/explain/explanation.ts'
import { LinePlaces, placeText } from '../../inspect/explain/line-places.ts'

/** A document and what was found in it. */
export interface Detected {
  bytes: Uint8Array
  format: ContentFormat
  findings: readonly DocumentFinding[]
  /** Of a file, why not all of it was inspected. */
  problems?: ReadonlySet<FileProblem>
}

/** What a person reads: one line for each finding with its place, then how many of each. */
export function reportLines({ bytes, format, findings, problems }: Detected, style: Style): string[] {
  if (findings.length === 0) return [noneFound(format), ...problemLines(problems)]
  const places = new LinePlaces(bytes)
  const cells = findings.map((finding) => [
    { text: isFile(format) ? '-' : placeText(places.of(finding.start)), style: style.dim },
    { text: printable(finding.name), style: style.bold },
    { text: finding.category },
    { text: printable(finding.field) },
    { text: printable(finding.masked) },
    { text: finding.confidence.toFixed(2) },
  ])
  const columns = [
    { title: 'PLACE', least: 6, align: 'right' as const },
    { title: 'PERSONAL DATA', least: 12 },
    { title: 'CATEGORY', least: 0 },
    { title: 'FIELD', least: 8 },
    { title: 'SAMPLE', least: 8 },
    { title: 'SURE', least: 4 },
  ]
  const lines = layoutTable(columns, cells, process.stdout.columns ?? 160)
  return [...lines, '', summaryLine(format, findings), ...problemLines(problems)]
}

/** For each finding why it was found. */
export function explainedLines(
  { bytes, format, findings, problems }: Detected,
  assessments: AssessmentList,
  style: Style,
): string[] {
  if (findings.length === 0)
    return [noneFound(format), ...problemLines(problems), 'Why a value was not found: --why-not VALUE']
  const places = new LinePlaces(bytes)
  const blocks = findings.flatMap((finding) => {
    const { name, identifier, category, masked, start, end } = finding
    const place = isFile(format) ? printable(finding.field) : placeText(places.of(start))
    const title = `${style.bold(`${place}  ${printable(masked)}`)}  ${printable(name)} (${identifier}, ${category})`
    const assessment = assessments.of(finding)
    if (assessment === undefined) return [title, '  rule            all its patterns match', '']
    const value = isFile(format) ? undefined : Buffer.from(bytes.subarray(start, end)).toString('utf8')
    const said = explanationLines(assessment, value, places)
    return [title, ...said.map(([about, says]) => `  ${about.padEnd(15)} ${printable(says)}`), '']
  })
  return [...blocks, weightsNote, summaryLine(format, findings), ...problemLines(problems)]
}

function problemLines(problems: ReadonlySet<FileProblem> = new Set()): string[] {
  return [...problems].map((problem) => `Not all of it was inspected: ${problemTexts[problem]}.`)
}

const problemTexts: Record<FileProblem, string> = {
  'too-large': 'only its beginning was',
  encrypted: 'it is encrypted',
  damaged: 'only what could be read of it was',
  limit: 'it holds more than is read of one file',
}

/** Texts of a file have no line in it; their field says where they stand. */
function isFile(format: ContentFormat): boolean {
  return format === 'zip' || format === 'pdf'
}

function noneFound(format: ContentFormat): string {
  return `No personal data found (read as ${format}).`
}

function summaryLine(format: ContentFormat, findings: readonly DocumentFinding[]): string {
  const counts = new Map<string, number>()
  for (const { identifier } of findings) counts.set(identifier, (counts.get(identifier) ?? 0) + 1)
  const named = [...counts].map(([identifier, count]) => `${count} ${identifier}`).join(', ')
  return `${named} (read as ${format})`
}
