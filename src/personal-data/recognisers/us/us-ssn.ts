import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

/** Numbers that were printed on cards and in advertisements, and are nobody's any more. */
const advertised = new Set([78_05_1120, 219_09_9999, 457_55_5462])

export const usSsn: Recogniser = {
  id: 'us-ssn',
  name: 'US social security number',
  category: 'identity',
  country: 'us',
  forms: [
    { expression: '\\d{3}-\\d{2}-\\d{4}', confidence: 0.75 },
    { expression: '\\d{3} \\d{2} \\d{4}', confidence: 0.3 },
    // No checksum: nine digits are one only where something says so.
    { expression: '\\d{9}', confidence: 0.1 },
  ],
  check: ({ bytes, start, end }) => {
    let number = 0
    for (let i = start; i < end; i++) {
      const digit = bytes[i] - 0x30
      if (digit >= 0 && digit <= 9) number = number * 10 + digit
    }
    const area = Math.floor(number / 1_000_000)
    const group = Math.floor(number / 10_000) % 100
    const isAssignable = area > 0 && area !== 666 && area < 900 && group > 0 && number % 10_000 > 0
    return isAssignable && !advertised.has(number)
  },
  fieldNames: [
    'ssn',
    'social security',
    'social security number',
    'social security no',
    'ss number',
    'social',
    'soc sec',
    'soc sec no',
    'ssnumber',
    'social sec',
    'social sec number',
    'us ssn',
    'soc sec num',
    'ssn number',
  ],
  // Nine digits alone pass nothing: what speaks for any country's number does not speak for it.
  sharedFieldNames: [
    'tax id',
    'tin',
    'tax number',
    'tax identification number',
    'taxpayer id',
    'taxpayer identification number',
  ],
  contextWords: {
    en: ['ssn', 'ssns', 'social security', 'social-security', 'taxpayer'],
    es: ['seguro social', 'seguridad social'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Social Security Administration, POMS RM 10201.030 and .035 (randomised since 2011)',
  examples: {
    good: ['274-90-1186', '012-52-7174', '816 25 1400', '274901186'],
    bad: [
      '000-12-3456',
      '666-12-3456',
      '900-12-3456',
      '123-00-4567',
      '123-45-0000',
      '078-05-1120',
      '123-456-789',
      '1234-56-7890',
    ],
  },
}
