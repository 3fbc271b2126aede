import type { CarriedData } from '../../controller/data-flow.ts'
import { shortNumber } from '../../lib/quantity.ts'
import type { Category } from '../../model/records.ts'
import { printable } from '../terminal/text.ts'

/** Categories, the most delicate first: GDPR Art. 9 and 10, children, then what opens doors and accounts, then the rest. */
const concern: readonly Category[] = [
  ...(['health', 'genetic', 'special', 'criminal', 'children'] as const),
  ...(['credential', 'financial', 'identity', 'contact', 'location', 'online'] as const),
]

/** What was carried of one category: most first. */
interface CarriedCategory {
  category: Category
  identifiers: string[]
  count: number
  /** At least so many different values. */
  distinct: number
}

/** A line for each category: `health 264 (88 different): diagnosis, medication`. */
export function categoryLines(carried: readonly CarriedData[]): string[] {
  return byCategory(carried).map(categoryText)
}

/** All of it on one line: `440 of health, contact`; or on more, each with so many categories. */
export function categoryLists(carried: readonly CarriedData[], perLine = Infinity): string[] {
  const categories = byCategory(carried)
  if (categories.length === 1) return [categoryText(categories[0])]
  const count = categories.reduce((sum, each) => sum + each.count, 0)
  const lines: string[] = []
  for (let at = 0; at < categories.length; at += perLine) {
    const names = categories.slice(at, at + perLine).map(({ category }) => category)
    lines.push(names.join(', '))
  }
  lines[0] = `${shortNumber(count)} of ${lines[0]}`
  return lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line))
}

function categoryText({ category, identifiers, count, distinct }: CarriedCategory): string {
  const different = count === 1 ? '' : ` (${shortNumber(distinct)} different)`
  return printable(`${category} ${shortNumber(count)}${different}: ${identifiers.join(', ')}`)
}

function byCategory(carried: readonly CarriedData[]): CarriedCategory[] {
  const categories = new Map<Category, CarriedCategory>()
  for (const { category, identifier, count, distinct } of carried) {
    const known = categories.get(category) ?? { category, identifiers: [], count: 0, distinct: 0 }
    known.identifiers.push(identifier)
    known.count += count
    known.distinct += distinct
    categories.set(category, known)
  }
  return [...categories.values()].sort((a, b) => concern.indexOf(a.category) - concern.indexOf(b.category))
}
