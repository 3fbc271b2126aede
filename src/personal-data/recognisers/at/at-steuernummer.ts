import { isLuhn } from '../../checksums/luhn.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

export const atSteuernummer: Recogniser = {
  id: 'at-steuernummer',
  name: 'Austrian tax number (Abgabenkontonummer)',
  category: 'identity',
  country: 'at',
  forms: [
    { expression: '\\d{2}-\\d{3}/\\d{4}', confidence: 0.8 },
    { expression: '\\d{2} ?\\d{3}/\\d{4}', confidence: 0.3 },
    { expression: '\\d{2} \\d{3} \\d{4}', confidence: 0.2 },
    { expression: '\\d{9}', confidence: 0.05 },
  ],
  // The first two digits are the tax office, from 03 to 98; the last one is over all before it.
  check: (match) => {
    const digits = digitsOf(match)
    const office = digits.number(0, 2)
    return office >= 3 && office <= 98 && !digits.areEqual() && isLuhn(match.bytes, match.start, match.end)
  },
  fieldNames: [
    'abgabenkontonummer',
    'abgabenkonto',
    'steuernummer',
    'steuer nummer',
    'st nr',
    'stnr',
    'steuernr',
    'finanzamt steuernummer',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { de: ['abgabenkontonummer', 'abgabenkonto', 'steuernummer'], en: ['austrian tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Bundesministerium für Finanzen (Austria), OECD TIN sheet Austria',
  examples: {
    good: ['82-394/5225', '82-559/6992', '49-587/1915', '59-119/9013'],
    bad: ['59-119/9012', '00-119/9013', '999999999', '59-119/901'],
  },
}
