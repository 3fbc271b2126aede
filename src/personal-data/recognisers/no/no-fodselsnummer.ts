import { isDayOfMonth } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
/** Added to the day of a D number, and to the month of numbers given by health services and for tests. */
const dNumberDays = 40
const helpMonths = 40

export const noFodselsnummer: Recogniser = {
  id: 'no-fodselsnummer',
  name: 'Norwegian national identity number',
  category: 'identity',
  country: 'no',
  forms: [
    { expression: '\\d{6} \\d{5}', confidence: 0.95 },
    // One in 4,000 numbers of eleven digits passes: a date, and eleven twice.
    { expression: '\\d{11}', confidence: 0.85 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const [day, month] = [digits.number(0, 2), digits.number(2, 4)]
    const isBorn = isDayOfMonth(day % dNumberDays, month % helpMonths)
    return isBorn && digits.weighted(firstWeights) % 11 === 0 && digits.weighted(secondWeights) % 11 === 0
  },
  fieldNames: [
    'fodselsnummer',
    'fødselsnummer',
    'fnr',
    'fodselsnr',
    'personnummer',
    'd nummer',
    'fødselsnr',
    'personnr',
    'person nr',
    'fodsels og personnummer',
    'dnr',
    'dnummer',
    'nin',
    'fodselsnummer dnummer',
    'norwegian id',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    no: ['fødselsnummer', 'fnr', 'personnummer', 'd-nummer'],
    en: ['national identity number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Folkeregisterforskriften (FOR-2017-07-14-1201) section 2-2-1; Skatteetaten',
  examples: {
    good: ['15108695088', '151086 95088', '01010750160', '42018900127'],
    bad: ['15108695089', '15138695088', '00108695088', '1510869508'],
  },
}
