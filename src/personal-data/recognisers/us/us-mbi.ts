import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

/** Letters but those that look like digits: S, L, O, I, B and Z. */
const letter = '[AC-HJKMNP-RT-Y]'
const either = '[AC-HJKMNP-RT-Y0-9]'

export const usMbi: Recogniser = {
  id: 'us-mbi',
  name: 'US Medicare beneficiary identifier (MBI)',
  category: 'health',
  country: 'us',
  // No check digit: which places are letters and which are digits is all there is.
  forms: [
    { expression: `[1-9]${letter}${either}\\d-${letter}${either}\\d-${letter}{2}\\d{2}`, confidence: 0.95 },
    { expression: `[1-9]${letter}${either}\\d${letter}${either}\\d${letter}{2}\\d{2}`, confidence: 0.4 },
  ],
  fieldNames: [
    'mbi',
    'medicare beneficiary identifier',
    'medicare beneficiary id',
    'medicare number',
    'medicare id',
    'medicare no',
    'medicare',
    'hicn',
    'beneficiary id',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['mbi', 'medicare', 'medicare beneficiary', 'beneficiary identifier'] },
  mask: (value) => maskMiddle(value, 0, 4),
  source: 'Centers for Medicare and Medicaid Services, Understanding the MBI format',
  examples: {
    good: ['1EG4-TE5-MK73', '1EG4TE5MK73', '9AA0-AA0-AA00'],
    bad: ['0EG4-TE5-MK73', '1SG4-TE5-MK73', '1EG4-TE5-MK7', '1EGATE5MK73'],
  },
}
