import type { Match } from '../../scan/scanner.ts'
import { reportingThresholds } from '../categories.ts'
import type { Form, Recogniser } from '../recogniser.ts'
import { confidenceIndex, confidencesOf, loweredConfidence, unnamedConfidence } from './confidence.ts'
import { neededEvidence, type RecordEvidence } from './record-evidence.ts'
import { FieldEvidence } from './field-vocabulary.ts'

/** A recogniser with all that is looked up for each match. */
export interface Judged {
  recogniser: Recogniser
  /** Place in the list of recognisers. */
  rank: number
  /** Confidence from which it is reported. */
  threshold: number
  /** What a record has to be for a value under a vague name to count in it, and how sure such a value has to be by itself. */
  needs: RecordEvidence
  leastInRecord: number
}

/** One of its forms. */
export interface JudgedForm extends Judged {
  /** Confidence in the form alone. */
  alone: number
  /** By `confidenceIndex`. */
  confidences: Float64Array
  /** In a text where nothing says what it is. */
  unnamed: number
  check: ((match: Match) => boolean) | undefined
  graded: Form['graded']
  mayBeJoined: boolean
  /** A context word alone can lift it over the threshold; where none can, there is no need to look for one. */
  heedsContext: boolean
}

export function judged(recogniser: Recogniser, rank: number): Judged {
  const threshold = reportingThresholds[recogniser.category]
  const needs = neededEvidence(recogniser)
  return { recogniser, rank, threshold, needs, leastInRecord: loweredConfidence(threshold) }
}

export function judgedForm(known: Judged, form: Form): JudgedForm {
  const { confidence, graded, fieldOnly = false, check = known.recogniser.check } = form
  const { mayBeJoined = false } = known.recogniser
  const confidences = confidencesOf(confidence)
  const unnamed = unnamedConfidence(form)
  const heedsContext = !fieldOnly && confidences[confidenceIndex(FieldEvidence.none, true)] >= known.threshold
  return { ...known, alone: confidence, confidences, unnamed, check, graded, mayBeJoined, heedsContext }
}
