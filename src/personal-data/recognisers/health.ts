import type { Recogniser } from '../recogniser.ts'
import { allergy } from './health/allergy.ts'
import { bloodGroup } from './health/blood-group.ts'
import { diagnosis } from './health/diagnosis.ts'
import { disability } from './health/disability.ts'
import { genetic } from './health/genetic.ts'
import { geneticVariant } from './health/genetic-variant.ts'
import { healthInsuranceNumber } from './health/health-insurance-number.ts'
import { labResult } from './health/lab-result.ts'
import { medication } from './health/medication.ts'
import { patientId } from './health/patient-id.ts'
import { pregnancy } from './health/pregnancy.ts'
import { snomedCode } from './health/snomed-code.ts'
import { vaccination } from './health/vaccination.ts'

/** Data concerning health, GDPR Art. 4(15), and genetic data, Art. 4(13). */
export const healthRecognisers: readonly Recogniser[] = [
  diagnosis,
  snomedCode,
  medication,
  allergy,
  bloodGroup,
  disability,
  labResult,
  pregnancy,
  vaccination,
  patientId,
  healthInsuranceNumber,
  genetic,
  geneticVariant,
]
