import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

export const dkCpr: Recogniser = {
  id: 'dk-cpr',
  name: 'Danish personal identification number (CPR)',
  category: 'identity',
  country: 'dk',
  // Numbers given out since 2007 have no checksum: the date is all there is.
  forms: [
    { expression: '\\d{6}-\\d{4}', confidence: 0.6 },
    { expression: '\\d{6} \\d{4}', confidence: 0.2 },
    { expression: '\\d{10}', confidence: 0.05 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    return isDayOfMonth(digits.number(0, 2), digits.number(2, 4)) && digits.number(6) > 0
  },
  fieldNames: [
    'cpr',
    'cpr nummer',
    'cprnr',
    'cpr nr',
    'cpr number',
    'personnummer',
    'personnr',
    'person nr',
    'danish personal number',
    'cprnummer',
    'cpr no',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { da: ['cpr', 'cpr-nummer', 'cpr-nr', 'personnummer'], en: ['cpr'] },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'CPR-kontoret, personnummeret i CPR; modulus 11 was given up in 2007',
  examples: {
    good: ['070761-4285', '010100-4001', '311299-1234', '0707614285'],
    bad: ['320761-4285', '071361-4285', '000761-4285', '070761-428', '070761-0000'],
  },
}
