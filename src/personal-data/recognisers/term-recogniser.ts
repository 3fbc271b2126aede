import type { Category } from '../../model/records.ts'
import type { Match } from '../../scan/scanner.ts'
import { maskMiddle } from '../masking.ts'
import type { Form, Recogniser } from '../recogniser.ts'
import { codeOf } from '../values/fhir-coding.ts'
import { confidenceOfTerm } from '../values/term.ts'
import type { WordLists } from '../values/vocabulary.ts'
import { Vocabulary, wordsOf } from '../values/vocabulary.ts'

/** A kind of personal data that is told by its field's name, and said in words. */
export interface TermKind {
  id: string
  name: string
  category: Category
  /** By language, as all lists here. Of those beyond ASCII, with their accents: both spellings are found. */
  fieldNames: WordLists
  vagueFieldNames?: WordLists
  notFieldNames?: WordLists
  /** Terms that tell the kind by themselves. */
  terms: WordLists
  /** Yes and no are the datum, too. */
  answers?: boolean
  /** Other words than `terms` are none. */
  closed?: boolean
  /** Confidence in values that are no terms, as codes and numbers; asked first, 0 leaves the value to the terms. */
  otherValue?: (bytes: Uint8Array, start: number, end: number) => number
  /** Codes that a text may hold, too, and the words that stand near them there. */
  forms?: readonly Form[]
  contextWords?: Recogniser['contextWords']
  check?: (match: Match) => boolean
  valueMayBeCut?: true
  source: string
  examples: Recogniser['examples']
}

export function termRecogniser(kind: TermKind): Recogniser {
  const { id, name, category, source, examples, answers = false, closed = false, otherValue } = kind
  const rules = { known: new Vocabulary(wordsOf(kind.terms)), answers, closed }
  return {
    ...{ id, name, category, source, examples },
    forms: kind.forms ?? [],
    value: (bytes, start, end) =>
      otherValue?.(bytes, start, end) || confidenceOfTerm(bytes, start, end, rules),
    fieldNames: wordsOf(kind.fieldNames),
    vagueFieldNames: wordsOf(kind.vagueFieldNames ?? {}),
    notFieldNames: wordsOf(kind.notFieldNames ?? {}),
    contextWords: kind.contextWords ?? {},
    ...(kind.check === undefined ? {} : { check: kind.check }),
    ...(kind.valueMayBeCut === undefined ? {} : { valueMayBeCut: kind.valueMayBeCut }),
    mask: (value) => maskMiddle(codeOf(value), 1, 0),
  }
}
