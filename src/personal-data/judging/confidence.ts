import { FieldEvidence } from './field-vocabulary.ts'

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
  /** A context word stands near. */
  contextWord: 2.5,
} as const

const byEvidence: Readonly<Record<FieldEvidence, number>> = {
  [FieldEvidence.against]: weights.against,
  [FieldEvidence.none]: 0,
  [FieldEvidence.parent]: weights.parentFor,
  [FieldEvidence.leaf]: weights.leafFor,
}

export function confidenceOf(
  formConfidence: number,
  evidence: FieldEvidence,
  hasContextWord: boolean,
): number {
  const logit = Math.log(formConfidence / (1 - formConfidence))
  const sum = logit + byEvidence[evidence] + (hasContextWord ? weights.contextWord : 0)
  return 1 / (1 + Math.exp(-sum))
}
