import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

const firstYear = 2000
const lastYear = 2060

/** The numbers of an expiry, and how many digits each has. */
const numbers = [0, 0, 0]
const lengths = [0, 0, 0]

/** Reads up to three runs of digits with one `/`, `-`, `.` or spaces between them; 0 where anything else stands there. */
function readNumbers(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let isInside = false
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 0x30
    const isDigit = digit >= 0 && digit <= 9
    if (!isDigit && bytes[i] !== 0x2f && bytes[i] !== 0x2d && bytes[i] !== 0x2e && bytes[i] !== 0x20) return 0
    if (isDigit && !isInside) {
      if (count === numbers.length) return 0
      numbers[count] = lengths[count] = 0
      count++
    }
    if (isDigit) {
      numbers[count - 1] = numbers[count - 1] * 10 + digit
      lengths[count - 1]++
    }
    isInside = isDigit
  }
  return count
}

const isMonth = (number: number): boolean => number >= 1 && number <= 12
const isYear = (number: number): boolean => number >= firstYear && number <= lastYear

/** `09/27`, `09/2027`, `2027-09`, `0927`, `092027`, `2027-09-30`; or the month or the year alone. */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 12) return 0
  const count = readNumbers(bytes, start, end)
  const [first, second] = numbers
  if (count === 1) return confidenceOfOne(first, lengths[0])
  if (count === 0 || (count === 3 && lengths[0] !== 4)) return 0
  const isYearFirst = lengths[0] === 4 && isYear(first) && isMonth(second)
  const isYearLast = lengths[0] <= 2 && isMonth(first) && (lengths[1] === 2 || isYear(second))
  return isYearFirst || isYearLast ? 0.1 : 0
}

function confidenceOfOne(number: number, length: number): number {
  if (length <= 2) return isMonth(number) ? 0.03 : 0
  const isBoth = length === 4 ? isMonth(Math.floor(number / 100)) : isMonth(Math.floor(number / 10_000))
  if (length === 4) return isYear(number) || isBoth ? 0.05 : 0
  return length === 6 && isBoth && isYear(number % 10_000) ? 0.05 : 0
}

/** Names that only those of a card are found under: a field around it must be called `card`. */
const withCard = namesOf(
  'expiry, expiration, exp, exp date, expiry date, expiration date, valid thru, valid until, expires',
)

export const cardExpiry: Recogniser = {
  id: 'card-expiry',
  name: 'Expiry of a payment card',
  category: 'financial',
  forms: [],
  value: confidenceOf,
  fieldNames: [
    ...withCard.flatMap((name) => [`card ${name}`, `cc ${name}`]),
    ...namesOf(
      'exp month, exp year, expiry month, expiry year, expiration month, expiration year, card month, card year',
      'cc month, cc year, karte gultig bis, ablaufdatum karte, kreditkarte gultig bis, date expiration carte',
      'carte expiration, caducidad tarjeta, tarjeta caducidad, fecha caducidad tarjeta, scadenza carta, carta scadenza',
      'validade cartao, cartao validade, vervaldatum kaart, kaart vervaldatum, data waznosci karty, waznosc karty',
      'kort giltigt till, kortets utgangsdatum, kortets udlobsdato',
    ),
  ],
  vagueFieldNames: namesOf('expiry, expiration, exp date, expiry date, expiration date, valid thru'),
  notFieldNames: namesOf(
    'id card expiry, identity card expiry, id card expiry date, sim card expiry, gift card expiry',
  ),
  contextWords: {},
  mask: () => '**/**',
  source: 'ISO/IEC 7813, expiration date; PCI DSS 4.0, cardholder data',
  examples: {
    good: ['09/27', '09/2027', '2027-09', '0927', '12 / 29', '2027-09-30'],
    bad: ['13/27', '09/1927', 'never', '00/27', '1700000000', 'null', '09/27/11/12'],
  },
}
