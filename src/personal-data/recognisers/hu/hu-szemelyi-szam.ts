import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const risingWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
/** Since 1997. */
const fallingWeights = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
/** By the first digit: sex and century; 5 to 8 are foreigners, and 3 and 4 were other things before 2000. */
const centuries = [0, 1900, 1900, 2000, 2000, 1900, 1900, 1800, 1800, 0]

export const huSzemelyiSzam: Recogniser = {
  id: 'hu-szemelyi-szam',
  name: 'Hungarian personal identification number',
  category: 'identity',
  country: 'hu',
  forms: [
    { expression: '[1-8]-\\d{6}-\\d{4}', confidence: 0.95 },
    { expression: '[1-8] \\d{6} \\d{4}', confidence: 0.85 },
    { expression: '\\d{11}', confidence: 0.2 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const century = centuries[digits.at(0)]
    const year = century + digits.number(1, 3)
    if (century === 0 || !isDate(year, digits.number(3, 5), digits.number(5, 7))) return false
    const weights = year > 1996 ? fallingWeights : risingWeights
    return digits.weighted(weights) % 11 === digits.at(10)
  },
  fieldNames: [
    'szemelyi szam',
    'szemelyiszam',
    'szemelyi azonosito',
    'szemelyi azonosito szam',
    'szemelyazonosito jel',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    hu: ['személyi szám', 'személyi azonosító', 'személyi száma'],
    en: ['hungarian personal number'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: '1996. évi XX. törvény, annex II (Hungary)',
  examples: {
    good: ['2-520110-0624', '4-050308-2015', '3-290727-1129', '25201100624'],
    bad: ['0-850101-1234', '1-851301-1234', '1-850132-1234', '1850101123'],
  },
}
