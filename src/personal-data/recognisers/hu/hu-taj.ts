import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [3, 7, 3, 7, 3, 7, 3, 7]

export const huTaj: Recogniser = {
  id: 'hu-taj',
  name: 'Hungarian social security number (TAJ)',
  category: 'health',
  country: 'hu',
  // One in ten numbers of nine digits passes.
  forms: [
    { expression: '\\d{3}-\\d{3}-\\d{3}', confidence: 0.3 },
    { expression: '\\d{3} \\d{3} \\d{3}', confidence: 0.09 },
    { expression: '\\d{9}', confidence: 0.103 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    return digits.weighted(weights) % 10 === digits.at(8) && !digits.areEqual()
  },
  fieldNames: [
    'taj',
    'taj szam',
    'tajszam',
    'taj kartya',
    'tb szam',
    'tarsadalombiztositasi azonosito jel',
    'tarsadalombiztositasi azonosito',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { hu: ['taj', 'taj-szám', 'taj szám', 'társadalombiztosítási'], en: ['taj number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: '1996. évi XX. törvény, annex III (Hungary)',
  examples: {
    good: ['868072861', '653319968', '460342953', '868 072 861'],
    bad: ['868072862', '111111111', '12345678'],
  },
}
