import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** Mobile country codes begin with the region, 2 to 7; those of no country are 901. */
function isCountry(code: number): boolean {
  return (code >= 202 && code <= 750) || code === 901
}

export const imsi: Recogniser = {
  id: 'imsi',
  name: 'IMSI of a mobile subscriber',
  category: 'online',
  // Nothing checks it, and half of all numbers of fifteen digits begin so.
  forms: [{ expression: '\\d{15}', confidence: 0.08 }],
  check: (match) => {
    const digits = digitsOf(match)
    return !digits.areEqual() && isCountry(digits.number(0, 3))
  },
  fieldNames: namesOf(
    'imsi, imsi number, subscriber imsi, mobile subscriber identity, supi, imsi nummer, numero imsi, numer imsi',
  ),
  contextWords: { en: namesOf('imsi'), de: ['imsi'], fr: ['imsi'], es: ['imsi'], it: ['imsi'] },
  mask: (value) => maskMiddle(value, 3, 2),
  source: 'ITU-T E.212; 3GPP TS 23.003 section 2.2',
  examples: {
    good: ['262011234567890', '310150123456789', '208930000000003'],
    bad: ['001010123456789', '999991234567890', '26201123456789', '222222222222222', 'null'],
  },
}
