import { isPartOfGroups } from '../../checksums/groups.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [1, 3, 7, 9, 1, 3, 7, 9]

export const auMedicare: Recogniser = {
  id: 'au-medicare',
  name: 'Australian Medicare number',
  category: 'health',
  country: 'au',
  forms: [
    { expression: '\\d{4} \\d{5} \\d', confidence: 0.45 },
    { expression: '\\d{4} \\d{5} \\d[ /-]\\d', confidence: 0.85 },
    { expression: '\\d{4}-\\d{5}-\\d', confidence: 0.5 },
    { expression: '\\d{10}', confidence: 0.05 },
    { expression: '\\d{11}', confidence: 0.03 },
  ],
  // Eight digits and theirs; the card's issue, and the place of the person on it.
  check: (match) => {
    const digits = digitsOf(match)
    const isCard = digits.at(0) >= 2 && digits.at(0) <= 6 && digits.at(9) > 0
    return isCard && digits.weighted(weights) % 10 === digits.at(8) && !isPartOfGroups(match)
  },
  fieldNames: ['medicare number', 'medicare', 'medicare no', 'medicare card', 'medicare card number'],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['medicare', 'medicare card', 'medicare number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Services Australia, Medicare card number; Health Insurance Act 1973',
  examples: {
    good: ['6855 34449 4', '3105 93328 5', '2201 50215 6', '2123456701'],
    bad: ['2123 45671 1', '7123 45670 1', '2123456711', '212345670'],
  },
}
