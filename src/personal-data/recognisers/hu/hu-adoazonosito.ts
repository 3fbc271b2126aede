import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** Days from 1 January 1867 to the end of 2030: what the second to sixth digit count. */
const mostDays = 59_900

export const huAdoazonosito: Recogniser = {
  id: 'hu-adoazonosito',
  name: 'Hungarian tax identification number',
  category: 'identity',
  country: 'hu',
  // The checksum is that of NHS numbers, few of which begin with 8.
  forms: [{ expression: '8\\d{9}', confidence: 0.15 }],
  check: (match) => {
    const digits = digitsOf(match)
    const isBorn = digits.number(1, 6) > 0 && digits.number(1, 6) <= mostDays
    return isBorn && digits.weighted(weights) % 11 === digits.at(9)
  },
  fieldNames: [
    'adoazonosito',
    'adoazonosito jel',
    'adoazonositojel',
    'ado azonosito',
    'ado azonosito jel',
    'adoszam',
    'adojel',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { hu: ['adóazonosító', 'adóazonosító jel', 'adóazonosító jele'], en: ['hungarian tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: '1996. évi XX. törvény, annex I (Hungary)',
  examples: {
    good: ['8430056807', '8317450309', '8412813219', '8071592153'],
    bad: ['8000000000', '8999991230', '7071592153', '807159215'],
  },
}
