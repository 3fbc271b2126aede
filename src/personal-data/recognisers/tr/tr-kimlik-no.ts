import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const oddWeights = [7, -1, 7, -1, 7, -1, 7, -1, 7]
const allAlike = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]

export const trKimlikNo: Recogniser = {
  id: 'tr-kimlik-no',
  name: 'Turkish identification number',
  category: 'identity',
  country: 'tr',
  // One in a hundred numbers of eleven digits passes.
  forms: [{ expression: '\\d{11}', confidence: 0.4 }],
  check: (match) => {
    const digits = digitsOf(match)
    const sum = digits.weighted(allAlike)
    const tenth = ((digits.weighted(oddWeights) % 10) + 10) % 10
    return digits.at(0) > 0 && tenth === digits.at(9) && sum % 10 === digits.at(10)
  },
  fieldNames: [
    'tckn',
    'tc kimlik no',
    'tc kimlik',
    'kimlik no',
    'kimlik numarasi',
    't c kimlik no',
    'turkiye cumhuriyeti kimlik numarasi',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    tr: ['kimlik no', 'kimlik numarası', 'tckn'],
    en: ['turkish id', 'turkish identification'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Law 5490 on population services (Türkiye), article 46',
  examples: {
    good: ['51931100178', '88941272854', '33157059980', '10000000146'],
    bad: ['10000000147', '01000000146', '1000000014', '11111111111'],
  },
}
