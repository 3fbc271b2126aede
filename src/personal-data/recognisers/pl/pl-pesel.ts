import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]
/** Twenties of the month tell the century. */
const centuries = [1900, 2000, 2100, 2200, 1800]

export const plPesel: Recogniser = {
  id: 'pl-pesel',
  name: 'Polish personal number (PESEL)',
  category: 'identity',
  country: 'pl',
  // One in 55 numbers of eleven digits passes; other numbers of eleven digits begin with a date less often.
  forms: [{ expression: '\\d{11}', confidence: 0.6 }],
  check: (match) => {
    const digits = digitsOf(match)
    const month = digits.number(2, 4)
    const century = centuries[Math.floor(month / 20)]
    if (century === undefined || century > 2000) return false
    return (
      digits.weighted(weights) % 10 === 0 &&
      isDate(century + digits.number(0, 2), month % 20, digits.number(4, 6))
    )
  },
  fieldNames: [
    'pesel',
    'numer pesel',
    'nr pesel',
    'pesel number',
    'pesel nr',
    'nrpesel',
    'numerpesel',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { pl: ['pesel', 'numer pesel'], en: ['pesel'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Act of 24 September 2010 on population records (Poland), article 15',
  examples: {
    good: ['44051401359', '02070803628', '89091937781', '69011436994'],
    bad: ['44051401358', '44131401359', '44053201359', '4405140135'],
  },
}
