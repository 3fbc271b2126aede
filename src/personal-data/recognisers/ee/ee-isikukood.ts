import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'
import { isBalticPersonalCode } from './personal-code.ts'

export const eeIsikukood: Recogniser = {
  id: 'ee-isikukood',
  name: 'Estonian personal identification code',
  category: 'identity',
  country: 'ee',
  forms: [{ expression: '[1-6]\\d{10}', confidence: 0.4 }],
  check: (match) => {
    const digits = digitsOf(match)
    const year = 1800 + Math.floor((digits.at(0) - 1) / 2) * 100 + digits.number(1, 3)
    return isBalticPersonalCode(digits) && isDate(year, digits.number(3, 5), digits.number(5, 7))
  },
  fieldNames: [
    'isikukood',
    'isiku kood',
    'ik',
    'id code',
    'personal id code',
    'isikukoodi',
    'estonian id code',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { et: ['isikukood'], en: ['isikukood', 'personal code'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'EVS 585:2007, Estonian personal identification code',
  examples: {
    good: ['37605030299', '49403136515', '60001019906'],
    bad: ['37605030298', '37613030299', '37605320299', '3760503029'],
  },
}
