import type { Measure } from './text-lines.ts'

/** No column asks for more than this part of the width: what is longer is broken. */
const widestWord = 0.22
const widestCell = 0.6

/**
 * Widths of columns that fill what there is: each as wide as its longest word where that can be, and what is left over goes to those
 * with more text.
 *
 * @param columns texts of each column, its title among them
 * @param available in points, without what is left free around the text of cells
 */
export function columnWidths(
  columns: readonly (readonly string[])[],
  available: number,
  measure: Measure,
): number[] {
  const least = columns.map((texts) =>
    Math.min(widestOf(texts.flatMap(wordsOf), measure), available * widestWord),
  )
  const wanted = columns.map((texts, i) =>
    Math.max(least[i], Math.min(widestOf(texts, measure), available * widestCell)),
  )
  const sum = total(least)
  if (sum >= available) return least.map((width) => (width * available) / sum)
  const more = wanted.map((width, i) => Math.sqrt(width - least[i]))
  const parts = total(more)
  return least.map(
    (width, i) => width + (available - sum) * (parts === 0 ? 1 / columns.length : more[i] / parts),
  )
}

function wordsOf(text: string): string[] {
  return text.split(' ')
}

function widestOf(texts: readonly string[], measure: Measure): number {
  return texts.reduce((widest, text) => Math.max(widest, measure(text)), 0)
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0)
}
