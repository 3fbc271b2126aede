import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

export const grAmka: Recogniser = {
  id: 'gr-amka',
  name: 'Greek social security number (AMKA)',
  category: 'health',
  country: 'gr',
  forms: [{ expression: '\\d{11}', confidence: 0.35 }],
  check: (match) => {
    if (!isLuhn(match.bytes, match.start, match.end)) return false
    const digits = digitsOf(match)
    return isDayOfMonth(digits.number(0, 2), digits.number(2, 4)) && digits.number(6, 10) > 0
  },
  fieldNames: [
    'amka',
    'αμκα',
    'a m k a',
    'arithmos mitroou koinonikis asfalisis',
    'amka number',
    'arithmos amka',
    'αριθμός αμκα',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { el: ['αμκα', 'κοινωνικής ασφάλισης'], en: ['amka'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Law 3655/2008 (Greece), article 153; IDIKA',
  examples: {
    good: ['01013099997', '02064805415', '31129955519'],
    bad: ['01013099998', '32013099997', '01133099997', '0101309999'],
  },
}
