import type { Match } from '../../scan/scanner.ts'
import type { Assessment, Outcome, Term } from './assessment.ts'
import { evidenceWeight, fieldValueWeight, logOdds, probability, weights } from './confidence.ts'
import type { ContextWords } from './context-words.ts'
import { FieldEvidence, type FieldVocabulary } from './field-vocabulary.ts'
import { utf8 } from '../../lib/bytes.ts'
import { isJoined } from './joined.ts'
import type { Judged, JudgedForm } from './judged.ts'
import type { LabelSpan } from './label.ts'

/** A match of a form, the field it stands in and, where there is none, the label before it. */
interface FormMatch {
  match: Match
  field: string
  label: LabelSpan | undefined
}

/** The whole value of a field; `label` where the field is one in a text. */
export interface FieldValue {
  bytes: Uint8Array
  start: number
  end: number
  field: string
  label: string | undefined
}

/**
 * Says of one form or value what speaks for and against it, piece by piece, by the rules by which `Judge` rates. Apart from
 * it, because this allocates and that must not; a test holds the sums of both against each other.
 */
export class Assessor {
  readonly #fields: FieldVocabulary
  readonly #contextWords: ContextWords

  constructor(fields: FieldVocabulary, contextWords: ContextWords) {
    this.#fields = fields
    this.#contextWords = contextWords
  }

  form(form: JudgedForm, { match, field, label }: FormMatch): Assessment {
    const shift = match.offset - match.start
    const { recogniser, threshold } = form
    const place = { start: match.start + shift, end: match.end + shift, field }
    const hasCheck = form.check !== undefined || form.graded !== undefined
    const rejected = rejection(form, match)
    if (rejected !== undefined)
      return { ...place, recogniser, outcome: rejected, hasCheck, terms: [], confidence: 0, threshold }
    const terms = this.#formTerms(form, { match, field, label })
    const [{ because }, ...others] = terms
    const isLeftToField = because === 'form' && others.length === 0 && !form.heedsContext
    const confidence = probability(sumOf(terms))
    const outcome = isLeftToField && confidence < threshold ? 'needs-field' : 'rated'
    return { ...place, recogniser, outcome, hasCheck, terms, confidence, threshold }
  }

  #formTerms(form: JudgedForm, { match, field, label }: FormMatch): Term[] {
    const alone: Term = { because: 'form', share: form.alone, weight: logOdds(form.alone) }
    const path = label === undefined ? field : utf8(match.bytes, label.start, label.end)
    const evidence =
      path === '' ? FieldEvidence.none : (this.#fields.read(path).evidence[form.rank] as FieldEvidence)
    if (evidence !== FieldEvidence.none) {
      const names = this.#fields.namesFor(path, form.rank, evidence)
      const because = label === undefined ? 'field' : 'label'
      return [alone, { because, evidence, names, weight: evidenceWeight(evidence) }]
    }
    if (!form.heedsContext) return [alone]
    const near = this.#contextWord(form, { match, field, label })
    if (near !== undefined) return [alone, near]
    if (label !== undefined) return [alone]
    if (this.#contextWords.followsTechnicalName(match))
      return [alone, { because: 'technical-name', weight: weights.against }]
    const isUnnamed = field === '' && form.unnamed !== form.alone
    return isUnnamed ? [alone, { because: 'unnamed', weight: weights.unnamed }] : [alone]
  }

  /** A word of a label, or one near the value where it has none. */
  #contextWord({ rank, recogniser }: JudgedForm, { match, field, label }: FormMatch): Term | undefined {
    const words = this.#contextWords
    const hasField = field !== ''
    if (label === undefined) words.read(match, hasField)
    else words.readLabel(match.bytes, label)
    if (!words.isNear(rank)) return undefined
    const near =
      label === undefined
        ? words.nearest(match, hasField, recogniser)
        : words.lastIn(match.bytes, label, recogniser)
    const at = near === undefined ? -1 : near.at + match.offset - match.start
    return { because: 'context-word', word: near?.phrase ?? '', at, weight: weights.contextWord }
  }

  /** `shift` is what is to be added to an index in the bytes for the position in the content. */
  value(
    { recogniser, rank, threshold }: Judged,
    value: FieldValue,
    evidence: FieldEvidence,
    shift: number,
  ): Assessment {
    const { bytes, start, end, field, label } = value
    const place = { start: start + shift, end: end + shift, field }
    const share = recogniser.value?.(bytes, start, end) ?? 0
    const assessed = { ...place, recogniser, hasCheck: false, threshold }
    if (share === 0) return { ...assessed, outcome: 'not-such-value', terms: [], confidence: 0 }
    const names = this.#fields.namesFor(label ?? field, rank, evidence)
    const terms: Term[] = [
      { because: 'value', share, weight: logOdds(share) },
      {
        because: label === undefined ? 'field' : 'label',
        evidence,
        names,
        weight: fieldValueWeight(evidence),
      },
    ]
    return { ...assessed, outcome: 'rated', terms, confidence: probability(sumOf(terms)) }
  }
}

function rejection(form: JudgedForm, match: Match): Outcome | undefined {
  const { graded, check, mayBeJoined } = form
  if (graded !== undefined && graded.by(match) !== graded.as) return 'check-failed'
  if (check !== undefined && !check(match)) return 'check-failed'
  return !mayBeJoined && isJoined(match) ? 'joined' : undefined
}

function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}
