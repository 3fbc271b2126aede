import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

/** Values of digits at odd places; those at even places count as they are. */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
const bodyLength = 8
const A = 0x41

export const cyTic: Recogniser = {
  id: 'cy-tic',
  name: 'Cypriot tax identification code (TIC)',
  category: 'identity',
  country: 'cy',
  // People have those that begin with 0, and since 2023 with 6; one in 26 passes.
  forms: [{ expression: '\\d{8}[A-Z]', confidence: 0.3 }],
  ignoreCase: true,
  check: ({ bytes, start }) => {
    const first = bytes[start] - 0x30
    if (first !== 0 && first !== 6) return false
    let sum = 0
    let total = 0
    for (let i = 0; i < bodyLength; i++) {
      const digit = bytes[start + i] - 0x30
      sum += i % 2 === 0 ? oddValues[digit] : digit
      total += digit
    }
    return total > 0 && (sum % 26) + A === (bytes[start + bodyLength] & ~0x20)
  },
  fieldNames: [
    'tic',
    'tic number',
    'tax identification code',
    'αφτ',
    'αριθμός φορολογικού μητρώου',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { el: ['αφτ', 'φορολογικής ταυτότητας'], en: ['tic', 'tax identification code'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Tax Department of Cyprus, OECD TIN sheet Cyprus; letter as in its VAT numbers',
  examples: {
    good: ['00230028X', '06942818B', '01376895N', '00123123T'],
    bad: ['00123123A', '10259033P', '00000000A', '0012312T'],
  },
}
