import type { PrivacyDocument } from '../privacy/documents/document.ts'

/** What documents say in every form they are written in. */
export const toFill = 'To be filled in'
export const nothingSeen = 'Nothing was seen.'

/** Ids of what a row was made of; of many the first few, and how many more. */
const shownRecords = 8

export function recordsText(records: readonly string[]): string {
  const shown = records.slice(0, shownRecords).join(' ')
  return records.length <= shownRecords ? shown : `${shown} and ${records.length - shownRecords} more`
}

export function sinceText({ kind, at, since }: PrivacyDocument): string {
  const made = `Made ${minuteText(at)}`
  if (kind === 'breach-register') return `${made}.`
  return since === null
    ? `${made}; nothing was seen yet.`
    : `${made}, of what was seen since ${minuteText(since)}.`
}

/** @param time - RFC 3339, UTC */
function minuteText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`
}
