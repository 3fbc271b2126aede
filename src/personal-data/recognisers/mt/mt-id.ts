import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

export const mtId: Recogniser = {
  id: 'mt-id',
  name: 'Maltese identity card number',
  category: 'identity',
  country: 'mt',
  // No check digit: seven digits, of which the last two are the year, and the letter of a register.
  forms: [{ expression: '\\d{7}[MGAPLHBZ]', confidence: 0.06 }],
  ignoreCase: true,
  check: (match) => digitsOf(match).number(0, 5) > 0,
  fieldNames: [
    'maltese id',
    'karta tal identita',
    'karta identita',
    'numru tal karta tal identita',
    'id card number',
    'id card',
    'identity card',
    'identity card number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { mt: ['karta tal-identità', 'tal-identità'], en: ['maltese id', 'maltese identity card'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Identity Card and other Identity Documents Act, chapter 258 (Malta); OECD TIN sheet Malta',
  examples: {
    good: ['0234580M', '0067892G', '1234567A'],
    bad: ['0000080M', '0234580C', '023458M', '12345678M'],
  },
}
