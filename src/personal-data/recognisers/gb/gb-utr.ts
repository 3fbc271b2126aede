import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

/** Over the nine digits that follow the check digit. */
const weights = [6, 7, 8, 9, 10, 5, 4, 3, 2]
/** The check digit by the remainder of eleven. */
const checkDigits = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1]

export const gbUtr: Recogniser = {
  id: 'gb-utr',
  name: 'UK unique taxpayer reference (UTR)',
  category: 'identity',
  country: 'gb',
  forms: [
    { expression: '\\d{5} \\d{5}', confidence: 0.2 },
    { expression: '\\d{10}', confidence: 0.06 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    return !digits.areEqual() && checkDigits[digits.weighted(weights, 1) % 11] === digits.at(0)
  },
  fieldNames: [
    'utr',
    'utr number',
    'utr no',
    'unique taxpayer reference',
    'unique tax reference',
    'tax reference',
    'hmrc reference',
    'self assessment',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['utr', 'unique taxpayer reference', 'unique tax reference', 'hmrc'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'HMRC, Unique Taxpayer Reference: modulus 11 check; OECD TIN sheet United Kingdom',
  examples: {
    good: ['6485173224', '1065125598', '9102157916', '1955839661'],
    bad: ['1955839662', '1111111111', '195583966'],
  },
}
