import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [9, 8, 7, 6, 5, 4, 3, 2]
const nonResident = 45

export const ptNif: Recogniser = {
  id: 'pt-nif',
  name: 'Portuguese tax number (NIF)',
  category: 'identity',
  country: 'pt',
  // Of all numbers of nine digits, one in 35 is one of a person and passes.
  forms: [
    { expression: '\\d{3} \\d{3} \\d{3}', confidence: 0.12 },
    { expression: '\\d{9}', confidence: 0.115 },
  ],
  // 1 to 3 and 45 are people, 5 to 9 companies and others.
  check: (match) => {
    const digits = digitsOf(match)
    const isOfPerson = (digits.at(0) >= 1 && digits.at(0) <= 3) || digits.number(0, 2) === nonResident
    const check = 11 - (digits.weighted(weights) % 11)
    return isOfPerson && !digits.areEqual() && (check > 9 ? 0 : check) === digits.at(8)
  },
  fieldNames: [
    'nif',
    'contribuinte',
    'numero de contribuinte',
    'numero contribuinte',
    'n contribuinte',
    'numero identificacao fiscal',
    'numero de identificacao fiscal',
    'nif pt',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    pt: ['nif', 'contribuinte', 'identificação fiscal', 'número de contribuinte'],
    en: ['portuguese tax'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Decreto-Lei 14/2013, article 11 (Portugal); OECD TIN sheet Portugal',
  examples: {
    good: ['251792811', '153534338', '263689603'],
    bad: ['123456788', '501964843', '111111111', '12345678'],
  },
}
