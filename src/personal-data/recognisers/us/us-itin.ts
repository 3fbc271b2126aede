import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

/** Whether the fourth and fifth digit are among those given out. */
function isGroup(group: number): boolean {
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 99 && group !== 89 && group !== 93)
}

export const usItin: Recogniser = {
  id: 'us-itin',
  name: 'US individual taxpayer identification number (ITIN)',
  category: 'identity',
  country: 'us',
  // Written as social security numbers are, which never begin with 9.
  forms: [
    { expression: '\\d{3}-\\d{2}-\\d{4}', confidence: 0.6 },
    { expression: '\\d{3} \\d{2} \\d{4}', confidence: 0.2 },
    { expression: '\\d{9}', confidence: 0.06 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    return digits.at(0) === 9 && isGroup(digits.number(3, 5)) && !digits.areEqual()
  },
  fieldNames: [
    'itin',
    'individual taxpayer identification number',
    'individual taxpayer id',
    'itin number',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['itin', 'taxpayer identification', 'individual taxpayer'] },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'IRS, Internal Revenue Manual 3.21.263 (ITIN ranges); Publication 1915',
  examples: {
    good: ['912-70-1234', '900 88 4321', '999-94-0001'],
    bad: ['912-66-1234', '912-93-1234', '812-70-1234', '912-70-123'],
  },
}
