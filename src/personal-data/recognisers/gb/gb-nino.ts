import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

/** Prefixes that are not given out. */
const withheld = new Set(['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ'])

export const gbNino: Recogniser = {
  id: 'gb-nino',
  name: 'UK national insurance number',
  category: 'identity',
  country: 'gb',
  forms: [
    { expression: '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \\d{2} \\d{2} \\d{2} [A-D]', confidence: 0.9 },
    { expression: '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]-\\d{2}-\\d{2}-\\d{2}-[A-D]', confidence: 0.9 },
    { expression: '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{6} ?[A-D]', confidence: 0.6 },
  ],
  ignoreCase: true,
  check: ({ bytes, start }) =>
    !withheld.has(String.fromCharCode(bytes[start] & ~0x20, bytes[start + 1] & ~0x20)),
  fieldNames: [
    'nino',
    'national insurance',
    'national insurance number',
    'ni number',
    'ni no',
    'insurance number',
    'ni',
    'nin',
    'insurance no',
    'nino number',
    'national insurance no',
    'national insurance id',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['national insurance', 'nino', 'ni number'] },
  mask: (value) => maskMiddle(value, 2, 1),
  source: 'HMRC, NIM39110: national insurance numbers, format and security',
  examples: {
    good: ['AB123456C', 'AB 12 34 56 C', 'jg103759a', 'AB-12-34-56-C', 'AB 123456 C'],
    bad: ['BG123456C', 'DA123456C', 'AB123456E', 'AO123456C', 'AB12345C'],
  },
}
