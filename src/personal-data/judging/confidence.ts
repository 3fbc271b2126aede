import type { Form } from '../recogniser.ts'
import { FieldEvidence } from './field-vocabulary.ts'

/**
 * Confidence is a sum of evidence as log-odds, so that each piece counts alike whatever the others say: the form's own
 * confidence, plus one weight for what the field's name says, plus one for words near by. Natural logarithms: 4 makes even
 * odds 98 %.
 */
export const weights = {
  /** The field, or the label before the value, is called what the recogniser is about. */
  leafFor: 4,
  /** It is called after what every country has one of: a national identifier, a tax number. */
  sharedFor: 3,
  /** Only a field around it is, or the field's name is one that others have as well. */
  weakFor: 2,
  /** The field is called after something else: an order, a time, a version. */
  against: -5,
  /** A run of digits stands in a text, and nothing says what it is. Texts have many: counters, sizes, numbers of things. */
  unnamed: -1,
  /** The field's name is one that others have as well, and the record that it stands in is a person's. */
  record: 2,
  /** A context word stands near, and the field's name says nothing. */
  contextWord: 2.5,
} as const

const evidenceWeights: readonly [evidence: FieldEvidence, weight: number][] = [
  [FieldEvidence.against, weights.against],
  [FieldEvidence.none, 0],
  [FieldEvidence.weak, weights.weakFor],
  [FieldEvidence.shared, weights.sharedFor],
  [FieldEvidence.leaf, weights.leafFor],
]

/** All confidences that a form can have, at the places that `confidenceIndex` tells. */
export function confidencesOf(formConfidence: number): Float64Array {
  const confidences = new Float64Array(evidenceWeights.length * 2)
  for (const [evidence, weight] of evidenceWeights) {
    for (const hasContextWord of [false, true]) {
      const sum = logOdds(formConfidence) + weight + (hasContextWord ? weights.contextWord : 0)
      confidences[confidenceIndex(evidence, hasContextWord)] = probability(sum)
    }
  }
  return confidences
}

/** Confidence in a form in a text where neither a label nor a word says what it is. */
export function unnamedConfidence({ expression, confidence }: Form): number {
  return digitsOnly.test(expression) ? withWeight(confidence, weights.unnamed) : confidence
}

/** Expressions whose matches are runs of digits. */
const digitsOnly = /^(?:\\d|\d|\[[\d-]+\]|\{\d+(?:,\d+)?\}|\?:|[()|])+$/

/** Confidence in a value under a vague name, once its record is known to be a person's. */
export function raisedConfidence(confidence: number): number {
  return withWeight(confidence, weights.record)
}

/** From what confidence on one is raised to `confidence`. */
export function loweredConfidence(confidence: number): number {
  return withWeight(confidence, -weights.record)
}

function withWeight(confidence: number, weight: number): number {
  return probability(logOdds(confidence) + weight)
}

/** Of a probability between 0 and 1. */
export function logOdds(share: number): number {
  return Math.log(share / (1 - share))
}

/** The probability that log-odds stand for. */
export function probability(sum: number): number {
  return 1 / (1 + Math.exp(-sum))
}

/** What a field's name weighs for a form. */
export function evidenceWeight(evidence: FieldEvidence): number {
  return evidenceWeights.find(([known]) => known === evidence)?.[1] ?? 0
}

/** Confidence in the whole value of a field that is called after it, from that in the value alone. */
export function fieldValueConfidence(valueConfidence: number, evidence: FieldEvidence): number {
  return withWeight(valueConfidence, fieldValueWeight(evidence))
}

/** What a field's name weighs for the field's whole value. */
export function fieldValueWeight(evidence: FieldEvidence): number {
  return evidence === FieldEvidence.leaf ? weights.leafFor : weights.weakFor
}

export function confidenceIndex(evidence: FieldEvidence, hasContextWord: boolean): number {
  return (evidence - FieldEvidence.against) * 2 + (hasContextWord ? 1 : 0)
}
