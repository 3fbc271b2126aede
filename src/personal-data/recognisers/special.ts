import type { Recogniser } from '../recogniser.ts'
import { biometric } from './special/biometric.ts'
import { child } from './special/child.ts'
import { childAge } from './special/child-age.ts'
import { criminalRecord } from './special/criminal-record.ts'
import { ethnicity } from './special/ethnicity.ts'
import { genderIdentity } from './special/gender-identity.ts'
import { politicalOpinion } from './special/political-opinion.ts'
import { religion } from './special/religion.ts'
import { sexualOrientation } from './special/sexual-orientation.ts'
import { tradeUnion } from './special/trade-union.ts'

/** Special categories of GDPR Art. 9 other than health and genetic data, convictions of Art. 10, and what tells of children. */
export const specialRecognisers: readonly Recogniser[] = [
  ethnicity,
  politicalOpinion,
  religion,
  tradeUnion,
  sexualOrientation,
  genderIdentity,
  biometric,
  criminalRecord,
  childAge,
  child,
]
