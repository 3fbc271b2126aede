import type { Match, Pattern } from '../../scan/scanner.ts'
import { reportingThresholds } from '../categories.ts'
import type { Form, Recogniser } from '../recogniser.ts'
import { confidenceIndex, confidencesOf } from './confidence.ts'
import { ContextWords } from './context-words.ts'
import { FieldEvidence, FieldVocabulary } from './field-vocabulary.ts'
import { isJoined } from './joined.ts'
import { Label } from './label.ts'

/** A form of a recogniser, with all that is looked up for each match. */
export interface PatternForm {
  recogniser: Recogniser
  /** Place in the list of recognisers. */
  rank: number
  /** By `confidenceIndex`. */
  confidences: Float64Array
  /** Confidence from which it is reported. */
  threshold: number
  check: ((match: Match) => boolean) | undefined
  mayBeJoined: boolean
}

/** Decides what a match is, and how surely. */
export class Judge {
  /** What to scan for. Forms that are written alike share a pattern. */
  readonly patterns: readonly Pattern[]
  /** Confidence that `rate` found, and the form that it found it for. */
  confidence = 0
  best: PatternForm
  /** Forms of each pattern. */
  readonly #forms: readonly PatternForm[][]
  readonly #fields: FieldVocabulary
  readonly #contextWords: ContextWords
  readonly #label = new Label()
  /** Forms of the match at hand that it passed the checks of; the first `#acceptedCount` count. */
  readonly #accepted: PatternForm[] = []
  #acceptedCount = 0

  constructor(recognisers: readonly Recogniser[]) {
    const byExpression = new Map<string, { pattern: Pattern; forms: PatternForm[] }>()
    for (const [rank, recogniser] of recognisers.entries()) {
      for (const form of recogniser.forms)
        collectForm(byExpression, form, patternForm(recogniser, rank, form))
    }
    const collected = [...byExpression.values()]
    this.patterns = collected.map(({ pattern }) => pattern)
    this.#forms = collected.map(({ forms }) => forms)
    this.best = this.#forms[0][0]
    this.#fields = new FieldVocabulary(recognisers)
    this.#contextWords = new ContextWords(recognisers)
  }

  /** True when the bytes alone can be one of the kinds that have this form. Then `rate` says which, and how surely. */
  examine(match: Match): boolean {
    const forms = this.#forms[match.pattern]
    this.#acceptedCount = 0
    for (let i = 0; i < forms.length; i++) {
      const form = forms[i]
      if (form.check !== undefined && !form.check(match)) continue
      if (!form.mayBeJoined && isJoined(match)) continue
      this.#accepted[this.#acceptedCount++] = form
    }
    return this.#acceptedCount > 0
  }

  /** Rates the match that was examined last by the field it stands in, or the words around it: sets `confidence` and `best`. */
  rate(match: Match, field: string): void {
    const isLabelled = field === '' && this.#label.find(match)
    const reading = this.#readingOf(match, field, isLabelled)
    let isRead = false
    this.confidence = -1
    for (let i = 0; i < this.#acceptedCount; i++) {
      const form = this.#accepted[i]
      const evidence = (reading === undefined ? FieldEvidence.none : reading[form.rank]) as FieldEvidence
      let hasContextWord = false
      // A label is all that is said of its value: words further off belong to others.
      if (evidence === FieldEvidence.none && !isLabelled) {
        if (!isRead) this.#contextWords.read(match, field !== '')
        isRead = true
        hasContextWord = this.#contextWords.isNear(form.rank)
      }
      const confidence = form.confidences[confidenceIndex(evidence, hasContextWord)]
      if (confidence <= this.confidence) continue
      this.best = form
      this.confidence = confidence
    }
  }

  /** What the field's name, or the label before the value, says about each recogniser. */
  #readingOf(match: Match, field: string, isLabelled: boolean): Int8Array | undefined {
    if (isLabelled) return this.#fields.readLabel(match.bytes, this.#label)
    return field === '' ? undefined : this.#fields.read(field)
  }
}

function patternForm(recogniser: Recogniser, rank: number, { confidence }: Form): PatternForm {
  return {
    recogniser,
    rank,
    confidences: confidencesOf(confidence),
    threshold: reportingThresholds[recogniser.category],
    check: recogniser.check,
    mayBeJoined: recogniser.mayBeJoined ?? false,
  }
}

function collectForm(
  patterns: Map<string, { pattern: Pattern; forms: PatternForm[] }>,
  { expression }: Form,
  form: PatternForm,
): void {
  const { id, ignoreCase = false } = form.recogniser
  const key = `${ignoreCase} ${expression}`
  const known = patterns.get(key)
  if (known === undefined) patterns.set(key, { pattern: { id, expression, ignoreCase }, forms: [form] })
  else known.forms.push(form)
}
