import type { DocumentKind } from '../../model/document-words.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { countryRulesDate } from '../countries.ts'
import type { StandingDifference } from '../differences/difference.ts'
import type { Transfer } from '../map/transfer.ts'

/** Rows of texts; each row leads back to what it was made of. */
export interface DocumentTable {
  columns: readonly string[]
  rows: readonly { cells: readonly string[]; records: readonly string[] }[]
}

export interface DocumentSection {
  title: string
  /** `GDPR Art. 30(1)(b)`. */
  law: string
  lines: readonly string[]
  table: DocumentTable | null
  /** What only a person can say. */
  toFill: readonly string[]
}

/** A draft that a person completes. */
export interface PrivacyDocument {
  kind: DocumentKind | 'breach-register'
  title: string
  /** RFC 3339: when it was made, and since when what it is made of was seen. */
  at: string
  since: string | null
  notice: string
  /** What its figures rest on, and how far they can be trusted. */
  basis: readonly string[]
  /** What it comes down to: a row for each activity, flow or measure. It is all that the CSV has. */
  overview: DocumentTable
  sections: readonly DocumentSection[]
}

/** What is in force, counted. */
export interface MeasuredControls {
  workloads: { running: number; seen: number; notSeen: readonly { name: string; why: string }[] }
  /** Workloads by the mode of their group. */
  modes: Readonly<Record<'Discover' | 'Monitor' | 'Protect', number>>
  rules: { written: number; learned: number; askingForEncryption: number }
  policyVersion: number
  /** Entries of the evidence ledger. */
  evidenceEntries: number
  retentionDays: { flows: number; findings: number; evidence: number }
  quarantined: number
}

/** What documents are made of. */
export interface DocumentSources {
  /** In ms since 1970. */
  now: number
  transfers: readonly Transfer[]
  processors: readonly ProcessorDefinition[]
  differences: readonly StandingDifference[]
  measured: MeasuredControls
  /** About how many persons' data a party sent and received, each counted once; by its id. */
  personsOf: (party: string) => number
  /** What told countries, in words. */
  countrySource: string
}

export const draftNotice =
  'A draft, made of what was observed and declared. What is marked has to be written by a person, and all of it has to be read by one.'

/** What every document says of what it is made of. */
export function basisOf({ countrySource }: DocumentSources): string[] {
  return [
    'Each person is counted once over all flows, with a standard error of 0.8 %; who is known by several identifiers that no record ' +
      'holds together counts more than once, so that the figures are rather too high than too low. Of a service as a whole there may be fewer ' +
      'than in one of its flows, where another flow tells that two identifiers are of one person.',
    'Rows end with the ids of the flows that they were made of: pavise privacy records ID lists what each was told by.',
    'Of what is encrypted it cannot be seen what it carries.',
    `Countries are told by ${countrySource}, which knows where networks are registered or announced; what is adequate is as of ${countryRulesDate}.`,
  ]
}

/** Every place at which a person has to write, as `section: what`. */
export function missingOf({ sections }: PrivacyDocument): string[] {
  return sections.flatMap(({ title, toFill }) => toFill.map((what) => `${title}: ${what}`))
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString()
}

/** The earliest sight of any transfer. */
export function sinceOf(transfers: readonly Transfer[]): string | null {
  return transfers.length === 0 ? null : timeText(Math.min(...transfers.map(({ first }) => first)))
}

export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
