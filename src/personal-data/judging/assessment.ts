import type { Recogniser } from '../recogniser.ts'
import type { FieldEvidence } from './field-vocabulary.ts'

/**
 * What looking at a value came to, for one form of one recogniser:
 * - `rated`: it may be one; `terms` add up to `confidence`, which may still be below `threshold`
 * - `needs-field`: the same, but such a form is nothing unless its field or label says so, whatever words stand near
 * - `check-failed`: checksum or structure say no
 * - `joined`: it is part of a longer token
 * - `not-such-value`: the field is called after it, and the field's value cannot be one
 */
export type Outcome = 'rated' | 'needs-field' | 'check-failed' | 'joined' | 'not-such-value'

/** One piece of evidence, with its weight in log-odds (`confidence.ts`). */
export type Term =
  /** How sure the form, or the whole value of a field, is on its own: `share`, 0 to 1. */
  | { because: 'form' | 'value'; share: number; weight: number }
  /** What it is called and the words around it say so, in a text; `share` of what is told so is one. */
  | { because: 'words'; share: number; weight: number }
  /** The field's name, or the label before the value. `names` are words of the recogniser, not of the content. */
  | { because: 'field' | 'label'; evidence: FieldEvidence; names: readonly string[]; weight: number }
  /** It stands in the record of a person. */
  | { because: 'record'; weight: number }
  /** `at` is its position in the content; -1 where it is not known. */
  | { because: 'context-word'; word: string; at: number; weight: number }
  /** The word before the value names numbers that are nobody's. */
  | { because: 'technical-name'; weight: number }
  /** Digits in a text, of which nothing says what they are. */
  | { because: 'unnamed'; weight: number }

/** One value looked at as one kind of personal data. Holds no content: only positions, and words of the recogniser. */
export interface Assessment {
  recogniser: Recogniser
  /** Position of the value in the content. */
  start: number
  end: number
  /** What the content calls the field; `''` for none. */
  field: string
  outcome: Outcome
  /** A checksum or another rule besides the form was there to be passed. */
  hasCheck: boolean
  /** Of what is rated; otherwise empty. */
  terms: readonly Term[]
  /** Sum of the terms as a probability; 0 where it is not rated. */
  confidence: number
  /** From which it is reported. */
  threshold: number
}

/** Is told of everything that was looked at. Only for explanations: each assessment is made anew. */
export interface Trace {
  assessed(assessment: Assessment): void
}
