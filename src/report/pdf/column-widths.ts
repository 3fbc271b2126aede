import type { Measure } from './text-lines.ts'

/** No column asks for more than this part of the width: what is longer is broken. */
const widestWord = 0.22
const widestCell = 0.6
/** Part that every column has in what is left over, beside the root of what it wants, in points. */
const evenly = 3
/** A cell of up to so much of the width is not broken at its spaces. */
const shortCell = 0.14

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
  const words = columns.map((texts) => leastOf(texts.flatMap(wordsOf), available, measure))
  const least = columns.map((texts) =>
    leastOf(
      texts.flatMap((text) => (measure(text) <= available * shortCell ? [text] : wordsOf(text))),
      available,
      measure,
    ),
  )
  if (total(least) >= available) return between(words, least, available)
  const wanted = columns.map((texts, i) =>
    Math.max(least[i], Math.min(widestOf(texts, measure), available * widestCell)),
  )
  const sum = total(least)
  const more = wanted.map((width, i) => Math.sqrt(width - least[i]) + evenly)
  const parts = total(more)
  return least.map((width, i) => width + (available - sum) * (more[i] / parts))
}

/** Short cells are broken before words are: each column has its longest word where that can be, and its part of what is left. */
function between(words: readonly number[], least: readonly number[], available: number): number[] {
  const [smallest, largest] = [total(words), total(least)]
  if (smallest >= available || largest === smallest)
    return words.map((width) => (width * available) / smallest)
  const part = (available - smallest) / (largest - smallest)
  return words.map((width, i) => width + (least[i] - width) * part)
}

function leastOf(texts: readonly string[], available: number, measure: Measure): number {
  return Math.min(widestOf(texts, measure), available * widestWord)
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
