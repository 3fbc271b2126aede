import type { Recogniser } from '../recogniser.ts'
import { age } from './person/age.ts'
import { dateOfBirth } from './person/date-of-birth.ts'
import { gender } from './person/gender.ts'
import { jobTitle } from './person/job-title.ts'
import { maritalStatus } from './person/marital-status.ts'
import { name } from './person/name.ts'
import { nationality } from './person/nationality.ts'
import { placeOfBirth } from './person/place-of-birth.ts'
import { postalAddress } from './person/postal-address.ts'
import { salary } from './person/salary.ts'

/** What people are called, when they were born, where they live and what they are: told by the field, hardly ever by the value. */
export const personRecognisers: readonly Recogniser[] = [
  name,
  dateOfBirth,
  postalAddress,
  age,
  gender,
  nationality,
  maritalStatus,
  placeOfBirth,
  jobTitle,
  salary,
]
