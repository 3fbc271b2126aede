import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import type { EvidenceRef } from './assessment/result.ts'
import type { ReportOrigin } from './framework-texts.ts'

/** A report as a record: times in RFC 3339. */
export function frameworkRecord(
  { framework, since, until, made, controls }: Assessment,
  origin: ReportOrigin,
) {
  const { id, title, version } = framework
  return {
    ...{ type: 'report' as const, framework: id, title, version, origin },
    ...{ since: time(since), until: time(until), made: time(made) },
    controls: controls.map(controlRecord),
  }
}

export function frameworkJson(assessment: Assessment, origin: ReportOrigin): string {
  return JSON.stringify(frameworkRecord(assessment, origin), null, 2)
}

function controlRecord({ objectives, ...control }: AssessedControl) {
  return { ...control, objectives: objectives.map(objectiveRecord) }
}

function objectiveRecord({ evidence, hasQuery: _hasQuery, ...objective }: AssessedObjective) {
  return { ...objective, evidence: evidence.map(refRecord) }
}

function refRecord({ at, ...ref }: EvidenceRef) {
  return { ...ref, at: time(at) }
}

function time(at: number): string {
  return new Date(at).toISOString()
}
