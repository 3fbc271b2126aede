import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

/** Of 80840, which stands before the number on cards and counts in its checksum. */
const prefixSum = 24

export const usNpi: Recogniser = {
  id: 'us-npi',
  name: 'US national provider identifier (NPI)',
  category: 'identity',
  country: 'us',
  // One in ten of those that begin with 1 or 2 passes, and so do times in seconds.
  forms: [{ expression: '[12]\\d{9}', confidence: 0.05 }],
  check: ({ bytes, start, end }) => isLuhn(bytes, start, end, prefixSum),
  fieldNames: [
    'npi',
    'npi number',
    'national provider identifier',
    'national provider id',
    'provider npi',
    'provider id',
    'rendering provider',
  ],
  contextWords: { en: ['npi', 'national provider', 'provider identifier'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: '45 CFR 162.406; CMS, NPI check digit: Luhn over the number with 80840 before it',
  examples: {
    good: ['1533811638', '1190171284', '1410104693', '1234567893'],
    bad: ['1234567890', '3234567893', '123456789', '12345678931'],
  },
}
