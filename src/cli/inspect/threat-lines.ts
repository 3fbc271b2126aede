import type { ThreatRecord, ThreatSeverity } from '../../model/records.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Rows that are shown; the rest is counted. */
const MAX_ROWS = 100

const ranks: readonly ThreatSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

/** Threats as a table for people, the worst first. */
export function threatLines(threats: readonly ThreatRecord[], style: Style, width: number): string[] {
  const sorted = threats.toSorted(
    (a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity) || b.count - a.count,
  )
  const cells = sorted.slice(0, MAX_ROWS).map((threat) => {
    const { name, severity, count, source, target, subject, measured } = threat
    const isGrave = severity === 'critical' || severity === 'high'
    return [
      { text: name },
      { text: severity, ...(isGrave ? { style: style.alarm } : {}) },
      { text: String(count) },
      { text: printable(source?.address ?? '') },
      { text: target === undefined ? '' : printable(`${target.address}:${target.port}`) },
      { text: printable(`${subject === undefined ? '' : `${subject}: `}${measuredText(measured)}`) },
    ]
  })
  const columns = [
    { title: 'THREAT', least: 12 },
    { title: 'SEVERITY', least: 8 },
    { title: 'COUNT', least: 5, align: 'right' as const },
    { title: 'FROM', least: 12 },
    { title: 'TO', least: 12 },
    { title: 'MEASURED', least: 0 },
  ]
  const lines = layoutTable(columns, cells, width)
  const more = sorted.length - cells.length
  return more > 0 ? [...lines, `… and ${more} more; --json has all of them`] : lines
}

function measuredText({ unit, value, threshold, seconds }: ThreatRecord['measured']): string {
  const window = seconds === undefined ? '' : ` in ${seconds} s`
  return `${Math.round(value * 100) / 100} ${unit}${window}, told from ${threshold} on`
}
