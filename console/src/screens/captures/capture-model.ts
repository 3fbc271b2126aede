import type { CaptureFileItem } from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'

/** An event as it is held against files of packets. */
export interface Happened {
  id: string
  first: string
  last: string
}

/** Those that were recorded because of it, then those that were being recorded when it happened. */
export function filesOf(files: readonly CaptureFileItem[], { id, first, last }: Happened): CaptureFileItem[] {
  const isBecause = (file: CaptureFileItem) => file.finding?.id === id
  const isThen = ({ since, until }: CaptureFileItem) => since <= last && first <= until
  return [...files.filter(isBecause), ...files.filter((file) => !isBecause(file) && isThen(file))]
}

/** Why there is such a file. */
export function causeText({ finding, capture }: CaptureFileItem): string {
  if (finding !== null) return `by itself: ${finding.name}`
  return capture === null ? 'by itself' : 'asked for'
}

export function packetsText({ packets, dropped }: CaptureFileItem): string {
  return `${fullNumber(packets)}${dropped > 0 ? `, ${fullNumber(dropped)} had no room` : ''}`
}

export const stateTexts: Readonly<Record<CaptureFileItem['state'], string>> = {
  open: '… is being written',
  whole: '✓ whole',
  cut: '▲ its end is missing',
}
