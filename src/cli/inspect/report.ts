import type {
  FlowRecord,
  PersonalDataRecord,
  SummaryRecord,
  AttackRecord,
  ThreatRecord,
  ViolationRecord,
} from '../../model/records.ts'
import { attackLines } from './attack-lines.ts'
import { threatLines } from './threat-lines.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Rows of each table that are shown; the rest is counted. */
const MAX_ROWS = 200

interface Row {
  identifier: string
  from: string
  to: string
  application: string
  encrypted: boolean
  field: string
  masked: string
  count: number
  flows: number
}

/** What people read of a run: one row for each identifier, field and pair of ends, whatever the number of flows. */
export class InspectReport {
  readonly #rows = new Map<string, Row>()
  readonly #violations: ViolationRecord[] = []
  readonly #threats: ThreatRecord[] = []
  readonly #attacks: AttackRecord[] = []

  add(flow: FlowRecord, findings: readonly PersonalDataRecord[]): void {
    for (const finding of findings) this.#addFinding(flow, finding)
  }

  violation(record: ViolationRecord): void {
    this.#violations.push(record)
  }

  attack(record: AttackRecord): void {
    this.#attacks.push(record)
  }

  threat(record: ThreatRecord): void {
    this.#threats.push(record)
  }

  #addFinding(flow: FlowRecord, finding: PersonalDataRecord): void {
    const server = `${flow.serverName ?? flow.server.address}:${flow.server.port}`
    const isToServer = finding.direction === 'to-server'
    const [from, to] = isToServer ? [flow.client.address, server] : [server, flow.client.address]
    const key = [finding.identifier, from, to, flow.application, flow.encrypted, finding.field].join(' ')
    const known = this.#rows.get(key)
    if (known !== undefined) {
      known.count += finding.count
      known.flows++
      return
    }
    const { identifier, field, masked, count } = finding
    const { application, encrypted } = flow
    this.#rows.set(key, { identifier, from, to, application, encrypted, field, masked, count, flows: 1 })
  }

  lines(summary: SummaryRecord, style: Style, width: number): string[] {
    const violations =
      this.#violations.length === 0 ? [] : ['', ...violationLines(this.#violations, style, width)]
    const threats = this.#threats.length === 0 ? [] : ['', ...threatLines(this.#threats, style, width)]
    const attacks = this.#attacks.length === 0 ? [] : ['', ...attackLines(this.#attacks, style, width)]
    return [
      ...this.#findingLines(style, width),
      ...violations,
      ...threats,
      ...attacks,
      '',
      ...summaryLines(summary, style),
    ]
  }

  #findingLines(style: Style, width: number): string[] {
    if (this.#rows.size === 0) return ['No personal data found.']
    const sorted = [...this.#rows.values()].sort((a, b) => b.count - a.count)
    const cells = sorted
      .slice(0, MAX_ROWS)
      .map((row) => [
        { text: row.identifier },
        { text: String(row.count) },
        { text: printable(row.from) },
        { text: printable(row.to) },
        row.encrypted ? { text: row.application } : { text: `${row.application} CLEAR`, style: style.alarm },
        { text: printable(row.field) },
        { text: printable(row.masked) },
      ])
    const columns = [
      { title: 'PERSONAL DATA', least: 8 },
      { title: 'COUNT', least: 5, align: 'right' as const },
      { title: 'FROM', least: 12 },
      { title: 'TO', least: 12 },
      { title: 'APPLICATION', least: 8 },
      { title: 'FIELD', least: 10 },
      { title: 'SAMPLE', least: 0 },
    ]
    const lines = layoutTable(columns, cells, width)
    const more = sorted.length - cells.length
    if (more > 0) lines.push(`… and ${more} more; --json has all of them`)
    return lines
  }
}

function violationLines(violations: readonly ViolationRecord[], style: Style, width: number): string[] {
  const sorted = violations.toSorted((a, b) => b.count - a.count)
  const cells = sorted.slice(0, MAX_ROWS).map((violation) => {
    const { count, client, server, transport, application, action, reason } = violation
    return [
      { text: String(count) },
      { text: printable(client.address) },
      { text: printable(`${server.names?.[0] ?? server.address}:${server.port}`) },
      { text: `${transport} ${application}` },
      { text: action, ...(action === 'blocked' ? { style: style.alarm } : {}) },
      { text: printable(reason) },
    ]
  })
  const columns = [
    { title: 'NOT ALLOWED', least: 5, align: 'right' as const },
    { title: 'FROM', least: 12 },
    { title: 'TO', least: 12 },
    { title: 'APPLICATION', least: 8 },
    { title: 'WOULD BE', least: 8 },
    { title: 'WHY', least: 0 },
  ]
  const lines = layoutTable(columns, cells, width)
  const more = sorted.length - cells.length
  return more > 0 ? [...lines, `… and ${more} more; --json has all of them`] : lines
}

function personsText(count: number | undefined): string {
  return count === undefined ? '' : `; of about ${count} ${count === 1 ? 'person' : 'persons'}`
}

function summaryLines(summary: SummaryRecord, style: Style): string[] {
  const named = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  const lines = [
    style.bold(`${summary.packets} packets, ${summary.bytes} bytes, ${summary.flows} flows`),
    `applications: ${named(summary.applications) || 'none'}`,
    `personal data: ${named(summary.findings) || 'none'}${personsText(summary.dataSubjects)}`,
  ]
  if (Object.keys(summary.skipped).length > 0) lines.push(`not inspected: ${named(summary.skipped)}`)
  for (const { file, offset, reason } of summary.incomplete ?? []) {
    lines.push(style.alarm(`incomplete: ${printable(file)} at byte ${offset}: ${reason}`))
  }
  return lines
}
