import type { Match, Pattern } from '../../scan/scanner.ts'
import type { Judgement } from '../detector.ts'
import type { Form, Recogniser } from '../recogniser.ts'
import { confidenceOf } from './confidence.ts'
import { ContextWords, labelBefore, wordsAround } from './context.ts'
import type { FieldEvidence } from './field-vocabulary.ts'
import { FieldVocabulary } from './field-vocabulary.ts'
import { isJoined } from './joined.ts'

/** A form of a recogniser that has a pattern. */
interface PatternForm {
  recogniser: number
  form: Form
}

/** Decides what a match is, and how surely. */
export class Judge {
  /** What to scan for. Forms that are written alike share a pattern. */
  readonly patterns: readonly Pattern[]
  readonly #recognisers: readonly Recogniser[]
  /** Forms of each pattern. */
  readonly #forms: readonly PatternForm[][]
  readonly #fields: FieldVocabulary
  readonly #contextWords: readonly ContextWords[]
  /** Forms of the match at hand that it passed the checks of. */
  readonly #accepted: PatternForm[] = []

  constructor(recognisers: readonly Recogniser[]) {
    const byExpression = new Map<string, { pattern: Pattern; forms: PatternForm[] }>()
    for (const [i, recogniser] of recognisers.entries()) {
      for (const form of recogniser.forms) collectForm(byExpression, recogniser, { recogniser: i, form })
    }
    const collected = [...byExpression.values()]
    this.patterns = collected.map(({ pattern }) => pattern)
    this.#forms = collected.map(({ forms }) => forms)
    this.#recognisers = recognisers
    this.#fields = new FieldVocabulary(recognisers)
    this.#contextWords = recognisers.map((recogniser) => new ContextWords(recogniser))
  }

  /** An object for `rate` to fill. */
  createJudgement(): Judgement {
    return { recogniser: this.#recognisers[0], confidence: 0 }
  }

  /** True when the bytes alone can be one of the kinds that have this form. Then `rate` says which, and how surely. */
  examine(match: Match): boolean {
    this.#accepted.length = 0
    let joined: boolean | undefined
    for (const form of this.#forms[match.pattern]) {
      const { check, mayBeJoined = false } = this.#recognisers[form.recogniser]
      if (check !== undefined && !check(match)) continue
      if (!mayBeJoined && (joined ??= isJoined(match))) continue
      this.#accepted.push(form)
    }
    return this.#accepted.length > 0
  }

  /** Rates the match that was examined last by the field it stands in and the words around it. */
  rate(match: Match, field: string, judgement: Judgement): void {
    const name = field === '' ? labelBefore(match) : field
    const evidence = name === '' ? undefined : this.#fields.read(name)
    const words = field === '' && name !== '' ? [] : wordsAround(match, field !== '')
    judgement.confidence = -1
    for (const { recogniser, form } of this.#accepted) {
      const hasContextWord = words.length > 0 && this.#contextWords[recogniser].isNear(words)
      const named = (evidence?.[recogniser] ?? 0) as FieldEvidence
      const confidence = confidenceOf(form.confidence, named, hasContextWord)
      if (confidence <= judgement.confidence) continue
      judgement.recogniser = this.#recognisers[recogniser]
      judgement.confidence = confidence
    }
  }
}

function collectForm(
  patterns: Map<string, { pattern: Pattern; forms: PatternForm[] }>,
  recogniser: Recogniser,
  form: PatternForm,
): void {
  const { expression } = form.form
  const ignoreCase = recogniser.ignoreCase ?? false
  const key = `${ignoreCase} ${expression}`
  const known = patterns.get(key)
  if (known === undefined)
    patterns.set(key, { pattern: { id: recogniser.id, expression, ignoreCase }, forms: [form] })
  else known.forms.push(form)
}
