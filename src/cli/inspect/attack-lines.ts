import type { AttackRecord } from '../../model/records.ts'
import type { Style } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

/** Rows that are shown; the rest is counted. */
const MAX_ROWS = 100

/** Attacks as a table for people, the heaviest first. */
export function attackLines(attacks: readonly AttackRecord[], style: Style, width: number): string[] {
  const sorted = attacks.toSorted((a, b) => b.score - a.score || b.count - a.count)
  const cells = sorted.slice(0, MAX_ROWS).map((attack) => {
    const { score, count, client, server, place, field, masked, reasons } = attack
    return [
      { text: attack.class, style: style.alarm },
      { text: String(score) },
      { text: String(count) },
      { text: printable(client.address) },
      { text: printable(`${server.address}:${server.port}`) },
      { text: printable(`${place} ${field}`.trim()) },
      { text: printable(masked === '' ? reasons[0].what : masked) },
    ]
  })
  const columns = [
    { title: 'ATTACK', least: 12 },
    { title: 'SCORE', least: 5, align: 'right' as const },
    { title: 'COUNT', least: 5, align: 'right' as const },
    { title: 'FROM', least: 12 },
    { title: 'TO', least: 12 },
    { title: 'IN', least: 8 },
    { title: 'SAMPLE', least: 0 },
  ]
  const lines = layoutTable(columns, cells, width)
  const more = sorted.length - cells.length
  return more > 0 ? [...lines, `… and ${more} more; --json has all of them`] : lines
}
