import type {
  BreachKind,
  CaseControl,
  CaseControlState,
  CaseTime,
  DraftKind,
  Language,
  ReachWhy,
  TellingException,
} from '../../model/case-words.ts'
import type { Category } from '../../model/records.ts'

/** What a document of Articles 33 and 34 has parts for. */
export type DraftPart =
  | 'nature'
  | 'categories'
  | 'persons'
  | 'records'
  | 'contact'
  | 'consequences'
  | 'measures'
  | 'times'
  | 'delay'
  | 'phases'
  | 'controls'
  | 'unknown'
  | 'reach'
  | 'told-what'
  | 'told-data'
  | 'told-contact'
  | 'told-consequences'
  | 'told-measures'
  | 'facts'
  | 'effects'
  | 'remedial'
  | 'severity'

type Level = 'low' | 'medium' | 'high' | 'very high'
type ContextClass = 'simple' | 'behavioural' | 'financial' | 'sensitive'

/** Why a part of a severity is what it is. */
export interface SeverityTexts {
  levels: Readonly<Record<Level, string>>
  classes: Readonly<Record<ContextClass, string>>
  circumstances: Readonly<Record<'confidentiality' | 'integrity' | 'availability' | 'malicious', string>>
  /** Of Art. 34(3): why persons need not be told each of them. */
  exceptions: Readonly<Record<TellingException, string>>
  duties: Readonly<Record<'unknown' | 'document' | 'notify' | 'notify-and-tell', string>>
  categories: Readonly<Record<Category, string>>
  decimal: (value: number) => string
  noData: string
  data: (of: string, categories: string) => string
  raised: (by: number) => string
  lowered: (by: number) => string
  chosen: string
  eases: Readonly<Record<'both' | 'numbers' | 'names' | 'none', string>>
  nothingAdds: string
  manyPersons: (most: number) => string
  encrypted: string
  sum: (parts: SeveritySum) => string
  besides: string
  follows: string
}

interface SeveritySum {
  score: string
  level: string
  context: string
  ease: string
  circumstances: string
}

/** All that drafts say in a language: each has every text, and documents are put together the same way in all of them. */
export interface DraftTexts {
  /** As `Intl` and HTML name it. */
  language: Language
  titles: Readonly<Record<DraftKind, string>>
  /** In place of title and opening where persons are told in public (Art. 34(3)(c)). */
  inPublic: { title: string; opening: string }
  /** What was sent before, and what it lacked. */
  phase: (at: string, by: string, missing: string) => string
  phaseWhole: (at: string, by: string) => string
  /** Before the parts: of the persons a salutation. */
  openings: Readonly<Record<DraftKind, string>>
  parts: Readonly<Record<DraftPart, string>>
  /** `33`, `3`, `a` of the GDPR. */
  article: (article: number, paragraph?: number, point?: string) => string
  and: string
  /** Between parts of a list; French has a space before it. */
  semicolon: string
  toFill: string
  toFillList: string
  madeOf: (id: string) => string
  kinds: Readonly<Record<BreachKind, string>>
  lost: (kinds: string) => string
  categories: Readonly<Record<Category, string>>
  /** To the persons themselves, in plain words. */
  yourData: Readonly<Record<Category, string>>
  times: Readonly<Record<CaseTime, string>>
  setBy: (name: string, reason: string) => string
  everywhere: string
  observed: (since: string, until: string, where: string) => string
  recipient: (said: RecipientSaid) => string
  persons: (number: string) => string
  personsOf: (number: string) => string
  notCounted: string
  personsCounted: string
  notAll: string
  records: (number: string) => string
  notLooked: string
  nothingMissed: string
  gap: (reason: string, times: string, detail: string) => string
  lowerBounds: string
  /** Of a country: name in the language, and that it is none of the European Economic Area. */
  thirdCountry: (name: string, isAdequate: boolean) => string
  controls: Readonly<Record<CaseControl, Readonly<Record<CaseControlState, ControlText>>>>
  /** Times of which the first or the last may be empty: from the beginning, to the end. */
  partOfTime: (since: string, until: string) => string
  reach: ReachTexts
  severity: SeverityTexts
}

/** How far a breach came, and could have. */
interface ReachTexts {
  suspect: (names: string) => string
  reached: (names: string) => string
  nobody: string
  reachedEnd: (name: string, steps: string, since: string) => string
  reachable: (names: string) => string
  none: string
  reachableEnd: Readonly<Record<ReachWhy, (name: string, by: string) => string>>
  more: (number: string) => string
  seenFrom: (time: string) => string
  cut: string
}

type ControlText = (subject: string, count: string) => string

export interface RecipientSaid {
  name: string
  isExternal: boolean
  /** In words; empty where it is not known. */
  country: string
  isEncrypted: boolean
  /** How many, or that they were not counted. */
  persons: string
  flows: string
}
