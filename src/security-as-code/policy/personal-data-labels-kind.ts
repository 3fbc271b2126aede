import { defaultPersonalDataLabels, type PersonalDataLabels } from '../../model/personal-data-labels.ts'
import { type ObjectReport, tellError } from './policy-object.ts'
import type { PersonalDataLabelsObject, PolicyObject } from './schemas.ts'

/** Name, then `=` and a value in which `*` and `?` stand for others. */
const markPattern = /^[^=\s]+(=.*)?$/

/** Tells of marks that no label can be. */
export function checkPersonalDataLabels({ spec }: PersonalDataLabelsObject, report: ObjectReport): void {
  for (const [i, mark] of spec.marks.entries()) {
    if (markPattern.test(mark)) continue
    const problem = `${JSON.stringify(mark)} is no label`
    tellError(report, ['spec', 'marks', i], problem, 'Write name or name=value, as gdpr=true.')
  }
}

/** All that objects of a policy say together; the default where none says anything. */
export function personalDataLabelsOf(objects: readonly PolicyObject[]): PersonalDataLabels {
  const specs = objects.flatMap((object) => (object.kind === 'PersonalDataLabels' ? [object.spec] : []))
  if (specs.length === 0) return defaultPersonalDataLabels
  const { owner, purpose, requires } = defaultPersonalDataLabels
  const distinct = <Value>(values: readonly Value[]) => [...new Set(values)]
  // Where one of them asks for all, all it is.
  const detectors = specs.every((spec) => spec.detectors !== undefined)
    ? { detectors: distinct(specs.flatMap((spec) => spec.detectors ?? [])) }
    : {}
  return {
    marks: distinct(specs.flatMap(({ marks }) => marks)),
    owner: distinct(specs.flatMap((spec) => spec.owner ?? owner)),
    purpose: distinct(specs.flatMap((spec) => spec.purpose ?? purpose)),
    requires: distinct(specs.flatMap((spec) => spec.requires ?? requires)),
    ...detectors,
    admission: distinct(specs.flatMap((spec) => spec.admission ?? [])),
  }
}
