import type { Recogniser } from '../recogniser.ts'
import { age } from './person/age.ts'
import { dateOfBirth } from './person/date-of-birth.ts'
import { name } from './person/name.ts'
import { postalAddress } from './person/postal-address.ts'

/** What people are called, when they were born and where they live: told by the field, hardly ever by the value. */
export const personRecognisers: readonly Recogniser[] = [name, dateOfBirth, postalAddress, age]
