import type { Category } from '../../model/records.ts'

/** What can be found: a recogniser, built in or a user's own, or a rule of a sensor. */
export interface DetectorView {
  id: string
  name: string
  category: Category
  /** ISO 3166, lower case; null where it is of no country. */
  country: string | null
  /** Where form and checksum come from. */
  source: string
  /** It was brought by who runs Pavise. */
  isOwn: boolean
}

/** What would be found in a text, masked as it would be. */
export interface TrialFinding {
  identifier: string
  name: string
  category: Category
  confidence: number
  /** From 1; columns count characters. */
  line: number
  column: number
  /** `''` where there is none. */
  field: string
  masked: string
  /** What it is about, and what it says. */
  why: { about: string; says: string }[]
}

export interface TrialResult {
  /** As what it was read: `json`, `text`, … */
  format: string
  findings: TrialFinding[]
  /** There were more. */
  isCut: boolean
}

/** A file of packets in which personal data is to be masked. */
export interface MaskRequest {
  file: Uint8Array<ArrayBuffer>
  /** Of the interface in it. */
  name: string
  comments: string[]
}

export type DetectionQuestion =
  | { ask: 'list' }
  | { ask: 'trial'; text: string }
  | ({ ask: 'mask' } & MaskRequest)

export type DetectionRequest = { id: number } & DetectionQuestion

export type DetectionResponse = { id: number } & ({ answer: unknown } | { problem: string })
