import type { Category } from '../model/records.ts'

/**
 * Confidence from which a finding of a category is reported, where nothing else is configured. One half says: more likely
 * than not. It is the same for all until labelled data speaks for another.
 */
export const reportingThresholds: Readonly<Record<Category, number>> = {
  contact: 0.5,
  identity: 0.5,
  financial: 0.5,
  online: 0.5,
  location: 0.5,
  health: 0.5,
  genetic: 0.5,
  special: 0.5,
  criminal: 0.5,
  children: 0.5,
  credential: 0.5,
}

export const categories = Object.keys(reportingThresholds) as readonly Category[]

const bits = Object.fromEntries(categories.map((category, i) => [category, 1 << i])) as Record<
  Category,
  number
>

/** Sets of categories as bits of an integer, one bit for each. */
export function categoryBit(category: Category): number {
  return bits[category]
}

export function categoryBits(all: readonly Category[]): number {
  return all.reduce((set, category) => set | bits[category], 0)
}

/** The categories of such a set. */
export function categoriesOf(set: number): Category[] {
  return categories.filter((category) => (set & bits[category]) !== 0)
}
