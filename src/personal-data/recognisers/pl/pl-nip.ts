import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [6, 5, 7, 2, 3, 4, 5, 6, 7]

export const plNip: Recogniser = {
  id: 'pl-nip',
  name: 'Polish tax number (NIP)',
  category: 'identity',
  country: 'pl',
  forms: [
    // One in eleven passes; numbers of telephones are grouped so in Eastern Europe.
    { expression: '\\d{3}-\\d{3}-\\d{2}-\\d{2}', confidence: 0.5 },
    { expression: '\\d{3}-\\d{2}-\\d{2}-\\d{3}', confidence: 0.75 },
    { expression: '\\d{10}', confidence: 0.1 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const isOffice = digits.number(0, 3) > 100
    return isOffice && !digits.areEqual() && digits.weighted(weights) % 11 === digits.at(9)
  },
  fieldNames: [
    'nip',
    'numer nip',
    'nr nip',
    'numer identyfikacji podatkowej',
    'numer podatkowy',
    'nip number',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { pl: ['nip', 'numer nip', 'identyfikacji podatkowej'], en: ['nip', 'polish tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Act of 13 October 1995 on the registration and identification of taxpayers (Poland)',
  examples: {
    good: ['395-520-39-07', '713-721-09-26', '844-037-32-64', '1234563218'],
    bad: ['123-456-32-19', '1234563219', '0000000000', '123456321'],
  },
}
