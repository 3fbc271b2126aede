import type { Category } from '../../model/records.ts'
import type { ChecksumName } from './checksums.ts'

/** A recogniser that its user wrote: data alone, so that it can be handed to other threads. */
export interface RecogniserDefinition {
  id: string
  name: string
  category: Category
  country?: string
  ignoreCase: boolean
  /** Expressions of `src/scan`, each with the confidence in the form alone. */
  forms: readonly { expression: string; confidence: number; fieldOnly: boolean }[]
  checksum?: ChecksumName
  mayBeJoined: boolean
  fieldNames: readonly string[]
  vagueFieldNames: readonly string[]
  notFieldNames: readonly string[]
  /** By language. */
  contextWords: Readonly<Record<string, readonly string[]>>
  /** Letters and digits that are shown, at most; `masking.ts` shows fewer where that would be too much. */
  mask: { first: number; last: number }
  examples: { good: readonly string[]; bad: readonly string[] }
  source: string
}

/** The parts of a request that a pattern of a rule can be about; `packet` is any. */
export type RuleContext = 'url' | 'header' | 'body' | 'packet'

/** One pattern of a rule. */
export interface RulePattern {
  /** In the syntax of PCRE. */
  expression: string
  /** It must not match: `!regex`. */
  isNegated: boolean
  context: RuleContext
}

/** A rule of a sensor in NeuVector's form: it matches a content in which all its patterns do. */
export interface RuleDefinition {
  /** What findings of it are told by: `sensor.patientno/rule.patientno`. */
  id: string
  sensor: string
  rule: string
  comment: string
  category: Category
  patterns: readonly RulePattern[]
  /** Of a WAF sensor: what it matches in requests is an attack, and no personal data. */
  isAttack?: true
}

/** What users bring, as data. */
export interface SensorDefinitions {
  recognisers: readonly RecogniserDefinition[]
  rules: readonly RuleDefinition[]
}

export const noSensors: SensorDefinitions = { recognisers: [], rules: [] }
