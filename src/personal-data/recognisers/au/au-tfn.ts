import { isPartOfGroups } from '../../checksums/groups.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [1, 4, 3, 7, 5, 8, 6, 9, 10]
/** Of the old ones, of eight digits. */
const shortWeights = [10, 7, 8, 4, 6, 3, 5, 1]

export const auTfn: Recogniser = {
  id: 'au-tfn',
  name: 'Australian tax file number',
  category: 'identity',
  country: 'au',
  // One in eleven passes.
  forms: [
    { expression: '\\d{3} \\d{3} \\d{3}', confidence: 0.125 },
    { expression: '\\d{9}', confidence: 0.102 },
    { expression: '\\d{8}', confidence: 0.03 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const sum = digits.weighted(digits.length === 9 ? weights : shortWeights)
    return sum % 11 === 0 && digits.number() > 999 && !digits.areEqual() && !isPartOfGroups(match)
  },
  fieldNames: ['tfn', 'tax file number', 'tfn number', 'tax file no', ...taxNames],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['tfn', 'tax file number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Australian Taxation Office, TFN algorithm; Taxation Administration Act 1953, part VA',
  examples: {
    good: ['570 469 435', '156 408 479', '569 317 641', '123456782'],
    bad: ['123 456 783', '111111111', '000000000', '1234567'],
  },
}
