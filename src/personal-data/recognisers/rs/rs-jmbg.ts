import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
/** The region of the Slovenian numbers, which go on under a name of their own. */
const isSlovenian = (region: number): boolean => region >= 50 && region <= 59

export const rsJmbg: Recogniser = {
  id: 'rs-jmbg',
  name: 'Unique master citizen number (JMBG) of Serbia and its neighbours',
  category: 'identity',
  country: 'rs',
  forms: [{ expression: '\\d{13}', confidence: 0.6 }],
  check: (match) => {
    const digits = digitsOf(match)
    const lastThree = digits.number(4, 7)
    const year = lastThree >= 800 ? 1000 + lastThree : 2000 + lastThree
    return (
      digits.weighted(weights) % 11 === 0 &&
      !isSlovenian(digits.number(7, 9)) &&
      isDate(year, digits.number(2, 4), digits.number(0, 2))
    )
  },
  fieldNames: [
    'jmbg',
    'maticni broj',
    'jedinstveni maticni broj',
    'jedinstveni maticni broj gradana',
    'јмбг',
    'матични број',
    'embg',
    'ембг',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { sr: ['jmbg', 'matični broj', 'јмбг', 'матични број'], mk: ['embg', 'ембг'], en: ['jmbg'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source:
    'Zakon o jedinstvenom matičnom broju građana (Serbia, Službeni glasnik RS 24/2018), as in all of former Yugoslavia',
  examples: {
    good: ['0205962832300', '0809979714762', '0212983709130'],
    bad: ['0101006710007', '3201006710006', '0113006710006', '010100671000'],
  },
}
