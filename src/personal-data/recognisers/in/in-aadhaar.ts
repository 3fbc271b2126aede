import { digitsOf } from '../../checksums/digits.ts'
import { isPartOfGroups } from '../../checksums/groups.ts'
import { verhoeffDigit } from '../../checksums/verhoeff.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const bodyLength = 11

export const inAadhaar: Recogniser = {
  id: 'in-aadhaar',
  name: 'Indian Aadhaar number',
  category: 'identity',
  country: 'in',
  // One in ten passes, and so do years that stand side by side.
  forms: [
    { expression: '[2-9]\\d{3} \\d{4} \\d{4}', confidence: 0.45 },
    { expression: '[2-9]\\d{3}-\\d{4}-\\d{4}', confidence: 0.6 },
    { expression: '\\d{12}', confidence: 0.1 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const isGiven = digits.at(0) > 1 && !digits.areEqual()
    return (
      isGiven && verhoeffDigit(digits.values, bodyLength) === digits.at(bodyLength) && !isPartOfGroups(match)
    )
  },
  fieldNames: [
    'aadhaar',
    'aadhaar number',
    'aadhaar no',
    'aadhar',
    'aadhar number',
    'adhaar',
    'uid',
    'uidai',
    'आधार',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['aadhaar', 'aadhar', 'uidai'], hi: ['आधार'] },
  mask: (value) => maskMiddle(value, 0, 4),
  source: 'Aadhaar Act 2016 (India); UIDAI, Verhoeff check digit',
  examples: {
    good: ['5276 3144 0223', '7242 3558 9252', '2548 4464 8962', '234123412346'],
    bad: ['2345 6789 0123', '1341 0669 2330', '2341 2341 2346 1111', '23412341234'],
  },
}
