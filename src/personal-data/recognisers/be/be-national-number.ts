import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** Stands before the numbers of those born since 2000. */
const since2000 = 2_000_000_000
/** Of them, the last year that is looked for: with more, chance numbers pass more often. */
const lastYear = 34

export const beNationalNumber: Recogniser = {
  id: 'be-national-number',
  name: 'Belgian national register number',
  category: 'identity',
  country: 'be',
  forms: [
    { expression: '\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}', confidence: 0.99 },
    { expression: '\\d{2}\\.\\d{2}\\.\\d{2} \\d{3}[ .]\\d{2}', confidence: 0.97 },
    { expression: '\\d{6}[- ]\\d{3}[- .]\\d{2}', confidence: 0.9 },
    // One in 600 numbers of eleven digits passes: a date, and 97 one or two ways.
    { expression: '\\d{11}', confidence: 0.8 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const body = digits.number(0, 9)
    const check = digits.number(9, 11)
    const isOfPerson =
      97 - (body % 97) === check ||
      (digits.number(0, 2) <= lastYear && 97 - ((since2000 + body) % 97) === check)
    // Months from 21 and from 41 are numbers of the second register (bis).
    const month = digits.number(2, 4) % 20
    const isBorn = isDayOfMonth(digits.number(4, 6), month) || (month === 0 && digits.number(4, 6) <= 31)
    return isOfPerson && isBorn && digits.number(2, 4) <= 52 && digits.number(6, 9) % 999 > 0
  },
  fieldNames: [
    'rijksregisternummer',
    'national register number',
    'nrn',
    'niss',
    'insz',
    'inss',
    'rrn',
    'numéro national',
    'numero national',
    'registre national',
    'nationalregisternummer',
    'rijksregisternr',
    'rijksregister',
    'numero de registre national',
    'numero registre national',
    'numero du registre national',
    'ssin',
    'rr nummer',
    'bis nummer',
    'bisnummer',
    'numero bis',
    'identificatienummer',
    'national registration number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    nl: ['rijksregister', 'rijksregisternummer', 'insz'],
    fr: ['registre national', 'numéro national', 'niss'],
    de: ['nationalregister', 'nationalregisternummer'],
    en: ['national register', 'national number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source:
    'Royal decree of 3 April 1984 on the composition of the identification number (Belgium); bis: decree of 8 February 1991',
  examples: {
    good: ['85.07.30-033.28', '850730-033-28', '61062866413', '50092785332'],
    bad: ['85.07.30-033.29', '85.13.30-033.28', '850732-033-28', '61062866414', '00000000097'],
  },
}
