import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isCountryCode } from '../../values/country-codes.ts'
import { namesOf } from '../names-of-fields.ts'

const bankLength = 4
/** Of the bank's head office, and with the three characters of a branch. */
const lengths: ReadonlySet<number> = new Set([8, 11])

function isBic(bytes: Uint8Array, start: number, end: number): boolean {
  if (!lengths.has(end - start)) return false
  for (let i = start; i < end; i++) {
    const isDigit = bytes[i] >= 0x30 && bytes[i] <= 0x39
    const letter = (bytes[i] | 0x20) - 0x61
    const isLetter = letter >= 0 && letter < 26
    // The prefix may have digits by the standard of 2014, but no bank has been given one.
    if (!isLetter && (!isDigit || i < start + bankLength + 2)) return false
  }
  return isCountryCode(bytes[start + bankLength], bytes[start + bankLength + 1])
}

/** Countries of the Single Euro Payments Area and of large banks: MESSAGES has that of Antigua in its middle, LANGUAGE Ukraine's. */
const countriesInText =
  'AT|AU|BE|BG|CA|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IS|IT|JP|LI|LT|LU|LV|MC|MT|NL|NO|PL|PT|RO|SE|SI|SK|US'

/** The bank that someone is with. Next to its name only: in a text it is a bank's, and many a word of eight capitals looks like it. */
export const bic: Recogniser = {
  id: 'bic',
  name: 'Business identifier code of a bank (BIC)',
  category: 'financial',
  // In a text only next to the word: other words of eight capitals have the code of a country in their middle, too.
  forms: [
    {
      expression: `[A-Z]{4}(?:${countriesInText})[A-Z0-9]{2}(?:[A-Z0-9]{3})?`,
      confidence: 0.08,
      check: ({ bytes, start, end }) => isBic(bytes, start, end),
    },
  ],
  value: (bytes, start, end) => (isBic(bytes, start, end) ? 0.3 : 0),
  fieldNames: namesOf(
    'bic, bic code, swift, swift code, swift bic, bic swift, swiftcode, biccode, bank identifier code, bank bic',
    'code swift, code bic, codigo swift, codigo bic, codice swift, codice bic, kod swift, kod bic, swift kod',
  ),
  notFieldNames: ['swift version'],
  contextWords: { en: namesOf('bic, swift, bic code, swift code, swift bic') },
  mask: (value) => maskMiddle(value, 4, 0),
  source: 'ISO 9362:2014; ISO 3166-1 on country codes',
  examples: {
    good: ['COBADEFFXXX', 'DEUTDEFF', 'BNPAFRPP', 'nwbkgbaa', 'BARCGBPL'],
    bad: ['COBAZZFF', 'COBADEFFXX', 'COBADEF', 'C0BADEFF', 'null', '5.9.2', 'undefined'],
  },
}
