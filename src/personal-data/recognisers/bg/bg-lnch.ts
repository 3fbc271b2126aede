import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [21, 19, 17, 13, 11, 9, 7, 3, 1]

export const bgLnch: Recogniser = {
  id: 'bg-lnch',
  name: 'Bulgarian personal number of a foreigner (LNCh)',
  category: 'identity',
  country: 'bg',
  // One in ten numbers of ten digits passes.
  forms: [{ expression: '\\d{10}', confidence: 0.055 }],
  check: (match) => {
    const digits = digitsOf(match)
    return !digits.areEqual() && digits.weighted(weights) % 10 === digits.at(9)
  },
  fieldNames: ['lnch', 'lnc', 'pnf', 'лнч', 'личен номер на чужденец', 'lichen nomer na chuzhdenets'],
  sharedFieldNames: nationalNames,
  contextWords: { bg: ['лнч', 'номер на чужденец', 'чужденец'], en: ['lnch', 'foreigner number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Закон за чужденците в Република България; Единен регистър на чужденците',
  examples: {
    good: ['7424928884', '0348985603', '3129449176', '7111042925'],
    bad: ['7111042926', '0000000000', '711104292', '71110429255'],
  },
}
