import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'
import { isBalticPersonalCode } from '../ee/personal-code.ts'

export const ltAsmensKodas: Recogniser = {
  id: 'lt-asmens-kodas',
  name: 'Lithuanian personal code',
  category: 'identity',
  country: 'lt',
  // The same numbers as in Estonia, which is listed first: the field or a word tells them apart.
  forms: [{ expression: '[3-6]\\d{10}', confidence: 0.35 }],
  check: (match) => {
    const digits = digitsOf(match)
    const year = 1800 + Math.floor((digits.at(0) - 1) / 2) * 100 + digits.number(1, 3)
    return isBalticPersonalCode(digits) && isDate(year, digits.number(3, 5), digits.number(5, 7))
  },
  fieldNames: [
    'asmens kodas',
    'asmenskodas',
    'ak',
    'personal code lt',
    'asm kodas',
    'asmens kodo',
    'a k',
    'lithuanian personal code',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { lt: ['asmens kodas', 'a. k.'], en: ['asmens kodas'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Republic of Lithuania Law on the Population Register, article 8',
  examples: {
    good: ['38703181745', '33309240064', '46411231034'],
    bad: ['38703181746', '38713181745', '38703321745', '3870318174'],
  },
}
