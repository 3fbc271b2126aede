import { FieldEvidence } from '../../personal-data/judging/field-vocabulary.ts'
import type { Assessment, Term } from '../../personal-data/judging/assessment.ts'
import type { Category } from '../../model/records.ts'
import { type LinePlaces, placeText } from './line-places.ts'
import { valueShapeText } from './value-shape-text.ts'

/** One line of an explanation: what it is about, and what is to be said. */
export type ExplanationLine = readonly [about: string, says: string]

/**
 * Why a value is thought to be what it is, for somebody who knows personal data and no regular expressions. What stood in the
 * document, such as the name of a field, is in it as it was.
 *
 * @param value - undefined where it does not stand in the document as it is
 */
export function explanationLines(
  assessment: Assessment,
  value: string | undefined,
  places: LinePlaces,
): ExplanationLine[] {
  const { terms, recogniser, field } = assessment
  return [
    ...(field === '' ? [] : [['stands in', `the field ${field}`] as const]),
    ...(value === undefined ? [] : [['written as', shapeOf(recogniser.category, value)] as const]),
    ...(assessment.hasCheck ? [['check', `passed: ${recogniser.source}`] as const] : []),
    ...terms.flatMap((term) => termLines(term, places)),
    ['confidence', sumText(assessment)],
  ]
}

/** Of a secret not even what kinds of characters it has. */
function shapeOf(category: Category, value: string): string {
  return category === 'credential' ? `${[...value].length} characters` : valueShapeText(value)
}

/** `+2.2 form  +4.0 field  = +6.2, which is 0.998; reported from 0.50`. */
function sumText({ terms, confidence, threshold }: Assessment): string {
  const pieces = terms.map(({ because, weight }) => `${signed(weight)} ${short[because]}`)
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  const verdict = confidence >= threshold ? 'reported' : 'not reported: that is'
  return `${pieces.join('  ')}  = ${signed(total)}, which is ${confidence.toFixed(3)}; ${verdict} from ${threshold.toFixed(2)}`
}

/** What the numbers of a sum are; said once. */
export const weightsNote =
  'Sums are of log-odds: 0 is as likely as not, and each +1 makes it 2.7 times as likely, each -1 as unlikely.'

const short: Record<Term['because'], string> = {
  form: 'form',
  value: 'value',
  words: 'words',
  field: 'field',
  label: 'label',
  record: 'record',
  'context-word': 'word near by',
  'technical-name': 'word before it',
  unnamed: 'unnamed digits',
}

function termLines(term: Term, places: LinePlaces): ExplanationLine[] {
  switch (term.because) {
    case 'form':
      return [['form', `of what is written so in traffic at large, ${percent(term.share)} is one`]]
    case 'value':
      return [['value', `of the values of any field that look so, ${percent(term.share)} are one`]]
    case 'words':
      return [['words', `of what such words tell of in a text, ${percent(term.share)} is one`]]
    case 'field':
    case 'label':
      return [[term.because, nameText(term)]]
    case 'record':
      return [['record', 'other fields beside it are of a person']]
    case 'context-word':
      return [['word near by', contextText(term, places)]]
    case 'technical-name':
      return [['word before it', 'names numbers that are nobody’s: an order, an offset, a version']]
    case 'unnamed':
      return [['nothing says so', 'digits in a text, with neither a field nor a label nor a word that tells']]
  }
}

function contextText({ word, at }: Extract<Term, { because: 'context-word' }>, places: LinePlaces): string {
  if (at < 0 || word === '') return 'speaks for it'
  return `"${word}" stands at ${placeText(places.of(at))}`
}

function nameText({ because, evidence, names }: Extract<Term, { because: 'field' | 'label' }>): string {
  const what = because === 'field' ? "the field's name" : 'the label before it'
  const words = names.slice(0, 3).map((name) => `"${name}"`)
  const said = words.length === 0 ? what : `${what} says ${words.join(', ')}`
  switch (evidence) {
    case FieldEvidence.leaf:
      return `${said}, which speaks for it`
    case FieldEvidence.shared:
      return `${said}, which speaks for it, and for the like of it in other countries`
    case FieldEvidence.weak:
      return `${said}, which speaks for it a little: others are called so, too, or only the field around it is`
    case FieldEvidence.against:
      return `${said}, which speaks against it: that is something else`
    case FieldEvidence.none:
      return `${what} says nothing`
  }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

function signed(weight: number): string {
  return `${weight < 0 ? '-' : '+'}${Math.abs(weight).toFixed(1)}`
}
