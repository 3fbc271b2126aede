import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames, taxNames } from '../national-names.ts'

const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
const shortWeights = weights.slice(1)

export const nlBsn: Recogniser = {
  id: 'nl-bsn',
  name: 'Dutch citizen service number (BSN)',
  category: 'identity',
  country: 'nl',
  // One in eleven numbers of nine digits passes: it takes a name or a word to be sure.
  forms: [
    { expression: '\\d{9}', confidence: 0.12 },
    { expression: '\\d{4}\\.\\d{2}\\.\\d{3}', confidence: 0.5 },
    { expression: '\\d{3} \\d{3} \\d{3}', confidence: 0.14 },
    { expression: '\\d{4} \\d{2} \\d{3}', confidence: 0.3 },
    // Written without its first digit where that is 0, as sofi numbers were.
    { expression: '\\d{8}', confidence: 0.025 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const sum = digits.weighted(digits.length === 9 ? weights : shortWeights)
    return sum % 11 === 0 && !digits.areEqual() && digits.number() > 9_999_999
  },
  fieldNames: [
    'bsn',
    'burgerservicenummer',
    'burger service nummer',
    'sofinummer',
    'sofi nummer',
    'bsn nummer',
    'bsnnummer',
    'bsn nr',
    'bsn number',
    'bsnr',
    'sofi nr',
    'sofi',
    'burgerservicenr',
    'citizen service number',
    ...identityNames,
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { nl: ['bsn', 'burgerservicenummer', 'sofinummer'], en: ['bsn', 'citizen service number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Besluit burgerservicenummer, article 1; eleven-test',
  examples: {
    good: ['111222333', '1234.56.782', '946336891', '596881903', '10000008'],
    bad: ['111222334', '222222222', '000000000', '12345678'],
  },
}
