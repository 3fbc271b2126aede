import type { NearMiss, Occurrence, Reason } from '../../inspect/why-not.ts'
import { maskMiddle } from '../../personal-data/masking.ts'
import { printable } from '../terminal/text.ts'
import type { Style } from '../terminal/style.ts'
import { explanationLines, weightsNote } from '../../inspect/explain/explanation.ts'
import { LinePlaces, placeText } from '../../inspect/explain/line-places.ts'
import { valueShapeText } from '../../inspect/explain/value-shape-text.ts'

/** Reasons that are told once for all recognisers that share them. */
const headings: Record<Reason, string> = {
  found: 'It was found, or is part of what was',
  overlapped: 'Something surer has its place',
  unsure: 'Not sure enough',
  'needs-field': 'Written as one, but that is so common that only a field or label can tell, and none does',
  joined: 'Written as one, but joined to more by a hyphen, a dot or the like',
  'in-word': 'Written as one, but a letter or digit goes on right before or after it',
  'check-failed': 'Written as one, but the checksum or another rule says no',
  'not-such-value': 'The field is called after it, but its value cannot be one',
  'written-otherwise': 'Would be written as one without the separators between its groups',
  'no-form': 'The field or label is called after it, but the value is not written as one',
}

/** Recognisers of one reason that are explained; of the others the names are told. */
const mostExplained = 3
const mostNamed = 12

/** Why a value was not found. The value itself is not in it. */
export function whyNotLines(
  bytes: Uint8Array,
  value: string,
  occurrences: readonly Occurrence[],
  style: Style,
): string[] {
  const places = new LinePlaces(bytes)
  const shown = printable(maskMiddle(value, 1, 2))
  return [
    ...occurrences.flatMap((occurrence) => occurrenceLines(occurrence, value, shown, { places, style })),
    weightsNote,
  ]
}

interface Context {
  places: LinePlaces
  style: Style
}

function occurrenceLines(occurrence: Occurrence, value: string, shown: string, context: Context): string[] {
  const { start, field, nearMisses } = occurrence
  const { places, style } = context
  const where = field === '' ? '' : ` in ${printable(field)}`
  const title = style.bold(`${shown} at ${placeText(places.of(start))}${where}`)
  const shape = `  written as ${printable(valueShapeText(value))}`
  if (nearMisses.length === 0)
    return [
      title,
      shape,
      '  No recogniser came near: it has the form of none, and no field or label names one.',
      '',
    ]
  const byReason = Map.groupBy(nearMisses, ({ why }) => why)
  const groups = [...byReason].flatMap(([why, misses]) => reasonLines(why, misses, value, context))
  return [title, shape, ...groups, '']
}

function reasonLines(why: Reason, misses: readonly NearMiss[], value: string, context: Context): string[] {
  const lines = [`  ${headings[why]}:`]
  const isDetailed = why === 'found' || why === 'overlapped' || why === 'unsure'
  const explained = misses.slice(0, isDetailed ? mostExplained : mostNamed)
  for (const miss of explained) lines.push(...missLines(miss, value, isDetailed, context))
  const left = misses.length - explained.length
  if (left > 0) lines.push(`    and ${left} more`)
  return lines
}

function missLines(
  { recogniser, why, assessment, by }: NearMiss,
  value: string,
  isDetailed: boolean,
  { places, style }: Context,
): string[] {
  const name = `    ${style.bold(recogniser.name)} (${recogniser.id})`
  const rule = why === 'check-failed' ? `: ${recogniser.source}` : ''
  const surer = why === 'overlapped' && by !== undefined ? `: ${by.name}, ${by.confidence.toFixed(2)}` : ''
  if (!isDetailed || assessment === undefined) return [`${name}${rule}`]
  const about = explanationLines(assessment, value, places).filter(([key]) => key !== 'written as')
  return [`${name}${surer}`, ...about.map(([key, says]) => `      ${key.padEnd(15)} ${printable(says)}`)]
}
