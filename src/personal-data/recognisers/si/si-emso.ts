import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

export const siEmso: Recogniser = {
  id: 'si-emso',
  name: 'Slovenian personal number (EMŠO)',
  category: 'identity',
  country: 'si',
  forms: [{ expression: '\\d{13}', confidence: 0.75 }],
  check: (match) => {
    const digits = digitsOf(match)
    const lastThree = digits.number(4, 7)
    const year = lastThree >= 800 ? 1000 + lastThree : 2000 + lastThree
    const isRegion = digits.number(7, 9) >= 50 && digits.number(7, 9) <= 59
    return (
      digits.weighted(weights) % 11 === 0 &&
      isRegion &&
      isDate(year, digits.number(2, 4), digits.number(0, 2))
    )
  },
  fieldNames: [
    'emso',
    'emšo',
    'enotna maticna stevilka',
    'enotna matična številka obcana',
    'jmbg',
    'emso stevilka',
    'maticna stevilka',
    'enotna maticna',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { sl: ['emšo', 'matična številka', 'emso'], en: ['emso'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Zakon o centralnem registru prebivalstva, article 9; regions 50 to 59 are Slovenia',
  examples: {
    good: ['0101006500006', '2902968500016', '2902932505526'],
    bad: ['0101006500007', '3201006500006', '0113006500006', '010100650000'],
  },
}
