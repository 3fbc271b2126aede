import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [3, 2, 7, 6, 5, 4, 3, 2, 1]

export const isKennitala: Recogniser = {
  id: 'is-kennitala',
  name: 'Icelandic identification number (kennitala)',
  category: 'identity',
  country: 'is',
  forms: [
    { expression: '\\d{6}-\\d{4}', confidence: 0.65 },
    { expression: '\\d{6} \\d{4}', confidence: 0.4 },
    { expression: '\\d{10}', confidence: 0.2 },
  ],
  // The last digit is the century; 40 on the day is a company.
  check: (match) => {
    const digits = digitsOf(match)
    const isBorn = isDayOfMonth(digits.number(0, 2), digits.number(2, 4))
    const isCentury = digits.at(9) === 0 || digits.at(9) >= 8
    return isBorn && isCentury && digits.weighted(weights) % 11 === 0
  },
  fieldNames: ['kennitala', 'kt', 'kennitolur', 'kennitolu', 'icelandic id', ...identityNames],
  sharedFieldNames: nationalNames,
  contextWords: { is: ['kennitala', 'kennitölu', 'kt'], en: ['kennitala'] },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Lög um skráningu einstaklinga 140/2019; Registers Iceland, about kennitala',
  examples: {
    good: ['011181-3339', '010128-3310', '150190-7460', '1201743399'],
    bad: ['120174-3389', '320174-3399', '121374-3399', '120174-3395', '120174-339'],
  },
}
