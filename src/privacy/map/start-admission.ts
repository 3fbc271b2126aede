import type { AdmissionRequirement, PersonalDataLabels } from '../../model/personal-data-labels.ts'
import { labelledAs } from './labelled.ts'

const wants: Readonly<Record<AdmissionRequirement, string>> = {
  owner: 'who answers for it',
  purpose: 'what the data is for',
}

/**
 * Why a container may not start: it is labelled as one of personal data, and lacks what such a one has to name (GDPR Articles 5(1)(b), 24).
 *
 * @returns one sentence for whoever started it; undefined where it may start
 */
export function startRefusal(
  labels: Readonly<Record<string, string>>,
  mapped: PersonalDataLabels,
): string | undefined {
  const said = labelledAs(labels, mapped)
  if (!said.isMarked) return undefined
  const missing = mapped.admission.filter((requirement) => said[requirement] === null)
  if (missing.length === 0) return undefined
  const what = missing.map((requirement) => `${wants[requirement]} (${mapped[requirement].join(' or ')})`)
  return `it is labelled as one of personal data, and no label says ${what.join(' nor ')}`
}
