import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6]
/** Added to the month: nothing, 20, 40. */
const centuries = [1900, 1800, 2000]

export const bgEgn: Recogniser = {
  id: 'bg-egn',
  name: 'Bulgarian uniform civil number (EGN)',
  category: 'identity',
  country: 'bg',
  forms: [{ expression: '\\d{10}', confidence: 0.3 }],
  check: (match) => {
    const digits = digitsOf(match)
    const month = digits.number(2, 4)
    const century = centuries[Math.floor(month / 20)]
    if (century === undefined) return false
    const isRight = (digits.weighted(weights) % 11) % 10 === digits.at(9)
    return isRight && isDate(century + digits.number(0, 2), month % 20, digits.number(4, 6))
  },
  fieldNames: [
    'egn',
    'егн',
    'единен граждански номер',
    'uniform civil number',
    'edinen grazhdanski nomer',
    'civil number',
    'unified civil number',
    'ucn',
    'egn number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { bg: ['егн', 'граждански номер'], en: ['egn', 'civil number'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Закон за гражданската регистрация, article 11; Ordinance RD-02-20-9 of 2012',
  examples: {
    good: ['7523169263', '8032056031', '7501020018'],
    bad: ['7523169264', '7513169263', '7523329263', '752316926'],
  },
}
