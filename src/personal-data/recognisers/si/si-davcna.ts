import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [8, 7, 6, 5, 4, 3, 2]

export const siDavcna: Recogniser = {
  id: 'si-davcna',
  name: 'Slovenian tax number',
  category: 'identity',
  country: 'si',
  // Dates have eight digits too.
  forms: [
    { expression: 'SI\\d{8}', confidence: 0.5 },
    { expression: '\\d{8}', confidence: 0.05 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const check = 11 - (digits.weighted(weights) % 11)
    return digits.at(0) > 0 && check < 11 && check % 10 === digits.at(7)
  },
  fieldNames: [
    'davcna stevilka',
    'davcna',
    'davcnastevilka',
    'davcna st',
    'id za ddv',
    'identifikacijska stevilka za ddv',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { sl: ['davčna številka', 'davčna', 'davčno številko'], en: ['slovenian tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Zakon o finančni upravi, article 34 (Slovenia); OECD TIN sheet Slovenia',
  examples: {
    good: ['53173163', '37415573', '54401291', 'SI15012557'],
    bad: ['15012558', '05012557', '1501255', '150125577'],
  },
}
