import type { Difference } from '../../../../../src/api/contract/types.ts'

/** How a difference stands, in a few words. */
export function standText({ state, acceptance, reopened }: Difference): string {
  if (state === 'accepted') return `accepted until ${acceptance?.until.slice(0, 10) ?? ''}`
  if (reopened === 'expired') return '▲ open again: its time is over'
  return reopened === null ? '▲ open' : '▲ open again: of more categories'
}

export const severityTexts: Readonly<Record<Difference['severity'], string>> = {
  high: '▲ high',
  medium: 'medium',
  low: 'low',
}

/** Drafts that are made of what was observed and declared. */
export const documents = {
  record: 'Record of processing (Art. 30(1))',
  'processor-record': 'Record as a processor (Art. 30(2))',
  'impact-assessment': 'Input to an impact assessment (Art. 35(7))',
  measures: 'Measures (Art. 32)',
} as const

export const documentFormats = { html: 'Page', pdf: 'PDF', docx: 'Word', csv: 'CSV', json: 'JSON' } as const

export function documentPath(kind: string, format: string): string {
  return `/api/v1/privacy/documents/${kind}/file?format=${format}`
}
