import { digitsOf } from '../../checksums/digits.ts'
import { isPartOfGroups } from '../../checksums/groups.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames, taxNames } from '../national-names.ts'

/** First digit of the accounts of businesses; 0 is that of temporary tax numbers. */
const businesses = 8

export const caSin: Recogniser = {
  id: 'ca-sin',
  name: 'Canadian social insurance number (SIN)',
  category: 'identity',
  country: 'ca',
  // One in ten numbers of nine digits passes.
  forms: [
    { expression: '\\d{3}-\\d{3}-\\d{3}', confidence: 0.45 },
    { expression: '\\d{3} \\d{3} \\d{3}', confidence: 0.13 },
    { expression: '\\d{9}', confidence: 0.105 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const isGiven = digits.at(0) !== businesses && !digits.areEqual()
    return isGiven && isLuhn(match.bytes, match.start, match.end) && !isPartOfGroups(match)
  },
  fieldNames: [
    'sin',
    'sin number',
    'social insurance number',
    'social insurance',
    'social insurance no',
    'nas',
    'numero d assurance sociale',
    'numero assurance sociale',
    'assurance sociale',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    en: ['sin', 'social insurance number', 'social insurance'],
    fr: ['assurance sociale'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Employment Insurance Act (Canada), section 138; Service Canada, SIN code of practice',
  examples: {
    good: ['615-536-208', '599-785-227', '516-460-656', '193456787'],
    bad: ['046 454 287', '000-000-000', '846454286', '04645428', '193 456 787 123'],
  },
}
