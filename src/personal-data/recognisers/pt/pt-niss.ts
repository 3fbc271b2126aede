import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]

export const ptNiss: Recogniser = {
  id: 'pt-niss',
  name: 'Portuguese social security number (NISS)',
  category: 'health',
  country: 'pt',
  // 1 begins the numbers of people; one in ten of them passes.
  forms: [{ expression: '\\d{11}', confidence: 0.1 }],
  check: (match) => {
    const digits = digitsOf(match)
    return digits.at(0) === 1 && !digits.areEqual() && 9 - (digits.weighted(weights) % 10) === digits.at(10)
  },
  fieldNames: [
    'niss',
    'numero de identificacao da seguranca social',
    'numero identificacao seguranca social',
    'seguranca social',
    'numero seguranca social',
    'numero da seguranca social',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { pt: ['niss', 'segurança social'], en: ['portuguese social security'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Segurança Social (Portugal), Número de Identificação de Segurança Social',
  examples: {
    good: ['14079397556', '10590861308', '11657245303'],
    bad: ['11234567891', '21234567890', '11111111111', '1123456789'],
  },
}
