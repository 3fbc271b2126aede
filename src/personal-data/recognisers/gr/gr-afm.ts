import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [256, 128, 64, 32, 16, 8, 4, 2]

export const grAfm: Recogniser = {
  id: 'gr-afm',
  name: 'Greek tax registration number (AFM)',
  category: 'identity',
  country: 'gr',
  // One in eleven numbers of nine digits passes.
  forms: [{ expression: '\\d{9}', confidence: 0.11 }],
  check: (match) => {
    const digits = digitsOf(match)
    return !digits.areEqual() && (digits.weighted(weights) % 11) % 10 === digits.at(8)
  },
  fieldNames: [
    'afm',
    'αφμ',
    'α φ μ',
    'arithmos forologikou mitroou',
    'αριθμός φορολογικού μητρώου',
    'a f m',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { el: ['αφμ', 'α.φ.μ', 'φορολογικού μητρώου'], en: ['afm', 'greek tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Law 4174/2013 (Greece), article 11; AADE, OECD TIN sheet Greece',
  examples: {
    good: ['076027286', '678865377', '730692372', '094259216'],
    bad: ['094259217', '000000000', '111111111', '09425921'],
  },
}
