import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]
/** By the first digit: sex and century. From 7 on residents and foreigners, of any century. */
const centuries = [0, 1900, 1900, 1800, 1800, 2000, 2000, 1900, 1900, 1900]

export const roCnp: Recogniser = {
  id: 'ro-cnp',
  name: 'Romanian personal numeric code (CNP)',
  category: 'identity',
  country: 'ro',
  // Times in milliseconds have thirteen digits too, and one in 400 of them passes.
  forms: [{ expression: '[1-9]\\d{12}', confidence: 0.45 }],
  check: (match) => {
    const digits = digitsOf(match)
    const rest = digits.weighted(weights) % 11
    const year = centuries[digits.at(0)] + digits.number(1, 3)
    const county = digits.number(7, 9)
    const isCounty = (county >= 1 && county <= 48) || county === 51 || county === 52 || county >= 70
    return (
      digits.at(12) === (rest === 10 ? 1 : rest) &&
      isCounty &&
      isDate(year, digits.number(3, 5), digits.number(5, 7))
    )
  },
  fieldNames: [
    'cnp',
    'cod numeric personal',
    'cod personal',
    'cnp number',
    'numar cnp',
    'codul numeric personal',
    'cod numeric',
    'codnumericpersonal',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { ro: ['cnp', 'cod numeric personal'], en: ['cnp'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Ordonanța de urgență 97/2005 and Legea 105/1996 (Romania)',
  examples: {
    good: ['1630615123457', '1800101221144', '2900615125457'],
    bad: ['1630615123458', '1631315123457', '1630632123457', '163061512345'],
  },
}
