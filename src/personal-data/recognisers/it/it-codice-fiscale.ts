import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

/** Values of characters at odd places, by digit or letter: 0 and A are alike, and so on. */
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]
const A = 0x41
const bodyLength = 15

/** 0 to 9 for digits, 0 to 25 for letters. */
function valueOf(byte: number): number {
  return byte <= 0x39 ? byte - 0x30 : (byte & ~0x20) - A
}

function isCodiceFiscale(bytes: Uint8Array, start: number): boolean {
  let sum = 0
  for (let i = 0; i < bodyLength; i++) {
    const value = valueOf(bytes[start + i])
    sum += i % 2 === 0 ? oddValues[value] : value
  }
  return sum % 26 === valueOf(bytes[start + bodyLength])
}

/**
 * A digit, or the letter that takes its place where two people would have the same code. They are replaced from the right: the
 * two of the year are the last, and in them stands a digit.
 */
const digit = '[\\dL-NP-V]'

export const itCodiceFiscale: Recogniser = {
  id: 'it-codice-fiscale',
  name: 'Italian tax code (codice fiscale)',
  category: 'identity',
  country: 'it',
  forms: [
    {
      expression: `[A-Z]{6}\\d{2}[A-EHLMPRST]${digit}{2}[A-Z]${digit}{3}[A-Z]`,
      confidence: 0.97,
    },
  ],
  ignoreCase: true,
  check: ({ bytes, start }) => isCodiceFiscale(bytes, start),
  fieldNames: [
    'codice fiscale',
    'cf',
    'cod fiscale',
    'codfisc',
    'tax code',
    'fiscal code',
    'cod fisc',
    'c f',
    'codice fisc',
    'codfiscale',
    'cod fis',
    'cf paziente',
    'cf cliente',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { it: ['codice fiscale', 'c.f.', 'fiscale'], en: ['tax code', 'fiscal code'] },
  mask: (value) => maskMiddle(value, 3, 1),
  source: 'Decreto ministeriale 23 December 1976, Agenzia delle Entrate',
  examples: {
    good: ['RSSMRA85T10A562S', 'rssmra85t10a562s', 'TLHXWU68C21C075E', 'MRTMTT91D08F205J'],
    bad: ['RSSMRA85T10A562T', 'RSSMRA85Z10A562S', 'RSSMRA85T10A562', 'RSSM1A85T10A562S'],
  },
}
