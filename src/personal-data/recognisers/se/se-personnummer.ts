import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** Digits that the checksum is over: the century does not count. */
const checkedDigits = 10
/** Added to the day of a coordination number. */
const coordinationDays = 60

/** Where the last ten digits begin: century digits stand before them, and are not separated. */
function bodyStart(bytes: Uint8Array, start: number, end: number): number {
  let left = digitsOf({ bytes, start, end }).length - checkedDigits
  let at = start
  for (; left > 0; at++) left--
  return at
}

export const sePersonnummer: Recogniser = {
  id: 'se-personnummer',
  name: 'Swedish personal identity number',
  category: 'identity',
  country: 'se',
  forms: [
    { expression: '(19|20)\\d{6}[-+]\\d{4}', confidence: 0.97 },
    { expression: '\\d{6}[-+]\\d{4}', confidence: 0.9 },
    // As a day and a time of it are written, and one in ten of those passes.
    { expression: '(19|20)\\d{6} \\d{4}', confidence: 0.3 },
    { expression: '\\d{6} \\d{4}', confidence: 0.3 },
    { expression: '(19|20)\\d{10}', confidence: 0.6 },
    { expression: '\\d{10}', confidence: 0.14 },
  ],
  check: ({ bytes, start, end }) => {
    if (!isLuhn(bytes, bodyStart(bytes, start, end), end)) return false
    const digits = digitsOf({ bytes, start, end })
    const at = digits.length - checkedDigits
    const day = digits.number(at + 4, at + 6)
    return isDayOfMonth(day > coordinationDays ? day - coordinationDays : day, digits.number(at + 2, at + 4))
  },
  fieldNames: [
    'personnummer',
    'pnr',
    'samordningsnummer',
    'person nr',
    'personnr',
    'pers nr',
    'persnr',
    'personnummer se',
    'personal number se',
    'swedish personal number',
    'person id',
    'samordningsnr',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    sv: ['personnummer', 'samordningsnummer', 'pers.nr', 'personnr'],
    en: ['personal identity number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Folkbokföringslagen (1991:481) section 18; Skatteverket SKV 704 and 707',
  examples: {
    good: ['811218-9876', '19811218-9876', '8112189876', '890108-1326', '701063-2391', '19811218 9876'],
    bad: ['811218-9875', '811318-9876', '811200-9876', '811218-987'],
  },
}
