import type { FieldEvidence } from './field-vocabulary.ts'

/**
 * Confidence is a sum of evidence as log-odds, so that each piece counts alike whatever the others say: the form's own
 * confidence, plus one weight for what the field's name says, plus one for words near by. Natural logarithms: 4 makes even
 * odds 98 %.
 */
export const weights = {
  /** The field, or the label before the value, is called what the recogniser is about. */
  leafFor: 4,
  /** A field around it is. */
  parentFor: 2,
  /** The field is called after something else: an order, a time, a version. */
  against: -5,
  /** A context word stands near, and the field's name says nothing. */
  contextWord: 2.5,
} as const

/** By `FieldEvidence`, which begins at -1. */
const evidenceWeights = [weights.against, 0, weights.parentFor, weights.leafFor]

export function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability))
}

/** @param formLogOdds - `logOdds` of the form's own confidence. */
export function confidenceOf(formLogOdds: number, evidence: FieldEvidence, hasContextWord: boolean): number {
  const sum = formLogOdds + evidenceWeights[evidence + 1] + (hasContextWord ? weights.contextWord : 0)
  return 1 / (1 + Math.exp(-sum))
}
