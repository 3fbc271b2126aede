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

export function sinceText({ at, since }: PrivacyDocument): string {
  return since === null ? `Made ${at}; nothing was seen yet.` : `Made ${at}, of what was seen since ${since}.`
}
