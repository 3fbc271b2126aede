import type { DocumentFinding } from '../../inspect/document-detector.ts'
import type { Occurrence } from '../../inspect/why-not.ts'
import type { Assessment, Term } from '../../personal-data/judging/assessment.ts'
import { FieldEvidence } from '../../personal-data/judging/field-vocabulary.ts'

const evidenceNames = new Map(Object.entries(FieldEvidence).map(([name, value]) => [value, name]))

/** A finding, with its explanation where there is one. */
export function findingRecord(finding: DocumentFinding, assessment: Assessment | undefined) {
  const explanation = assessment === undefined ? {} : { explanation: explanationRecord(assessment) }
  return { type: 'personal-data', ...finding, ...explanation }
}

/** An explanation as it stands in a record. Positions are UTF-8 bytes of the document; no value is in it. */
function explanationRecord({ recogniser, outcome, hasCheck, terms, confidence, threshold }: Assessment) {
  return { outcome, hasCheck, source: recogniser.source, terms: terms.map(termRecord), confidence, threshold }
}

function termRecord(term: Term) {
  return term.because === 'field' || term.because === 'label'
    ? { ...term, evidence: evidenceNames.get(term.evidence) }
    : term
}

/** One record for each place and each recogniser that came near; one with neither where none did. */
export function whyNotRecords(occurrences: readonly Occurrence[]) {
  return occurrences.flatMap(({ start, end, field, nearMisses }) => {
    const place = { type: 'why-not', start, end, field }
    if (nearMisses.length === 0) return [{ ...place, why: 'no-recogniser' }]
    return nearMisses.map(({ recogniser, why, assessment, by }) => ({
      ...place,
      identifier: recogniser.id,
      name: recogniser.name,
      why,
      ...(by === undefined ? {} : { by: by.identifier }),
      ...(assessment === undefined ? {} : { explanation: explanationRecord(assessment) }),
    }))
  })
}
