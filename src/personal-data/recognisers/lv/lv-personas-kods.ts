import type { Match } from '../../../scan/scanner.ts'
import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const centuries = [1800, 1900, 2000]
/** What the weighted sum is taken from: the next multiple of eleven above its highest value, and one. */
const minuend = 1101

/** Of those that begin with the date of birth. */
function isChecked(match: Match): boolean {
  const digits = digitsOf(match)
  const century = centuries[digits.at(6)]
  if (century === undefined) return false
  const isBorn = isDate(century + digits.number(4, 6), digits.number(2, 4), digits.number(0, 2))
  return isBorn && ((minuend - digits.weighted(weights)) % 11) % 10 === digits.at(10)
}

/** The day tells the two kinds apart: that of a birth is at most 31. */
function isPersonasKods(match: Match): boolean {
  return digitsOf(match).number(0, 2) > 31 ? digitsOf(match).at(0) === 3 : isChecked(match)
}

export const lvPersonasKods: Recogniser = {
  id: 'lv-personas-kods',
  name: 'Latvian personal code',
  category: 'identity',
  country: 'lv',
  forms: [
    { expression: '[0-3]\\d{5}-[0-2]\\d{4}', confidence: 0.92 },
    { expression: '\\d{11}', confidence: 0.3, check: isChecked },
    // Those given since 2017 are random but for their beginning.
    { expression: '3[2-9]\\d{4}-\\d{5}', confidence: 0.4 },
    { expression: '3[2-9]\\d{9}', confidence: 0.03 },
  ],
  check: isPersonasKods,
  fieldNames: [
    'personas kods',
    'personaskods',
    'pers kods',
    'pk',
    'personas koda',
    'latvian personal code',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { lv: ['personas kods', 'personas kodu', 'p.k.'], en: ['latvian personal code'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Fizisko personu reģistra likums, section 5 (Latvia)',
  examples: {
    good: ['140605-14386', '130889-24462', '010767-16967', '161175-19997', '324567-89012'],
    bad: ['310285-11112', '311385-11112', '300285-11112', '290275-4110'],
  },
}
