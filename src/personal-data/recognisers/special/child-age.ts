import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { ageFieldNames, ageNotFieldNames, vagueAgeFieldNames, yearsOf } from '../person/age-field.ts'

/**
 * The age below which Art. 8(1) GDPR asks for the parents' consent to a service of the information society: 16 in Germany,
 * Ireland, the Netherlands, Poland and others, but states may lower it down to 13, as Belgium, Portugal, Sweden and others did,
 * 14 in Austria, Italy and Spain, 15 in France, Czechia and Greece. Where somebody lives a value does not tell, so that the
 * highest counts.
 */
const ageOfConsent = 16

export const childAge: Recogniser = {
  id: 'child-age',
  name: 'Age of a child',
  category: 'children',
  forms: [],
  // Surer than `age`, which has the same fields: of a child's age this is the one that counts.
  value: (bytes, start, end) => (yearsOf(bytes, start, end) < ageOfConsent ? 0.07 : 0),
  fieldNames: [
    ...ageFieldNames,
    'child age',
    'age of child',
    'kid age',
    'edad del niño',
    'âge enfant',
    'alter des kindes',
  ],
  vagueFieldNames: vagueAgeFieldNames,
  notFieldNames: ageNotFieldNames,
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 0),
  source: 'GDPR Art. 8(1) and recital 38; national laws on the age of consent',
  examples: {
    good: ['7', '15', '11 years', '9 Jahre', '12 ans'],
    bad: ['16', '42', 'null', '7.5.1', '0x0f', '3600', '7 days'],
  },
}
