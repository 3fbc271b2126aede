import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

/** The fourth digit is the check digit: its weight is none. */
const weights = [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]
/** Months beyond December stand for birthdays whose numbers are used up. */
const lastMonth = 15

export const atSvnr: Recogniser = {
  id: 'at-svnr',
  name: 'Austrian social insurance number',
  category: 'health',
  country: 'at',
  forms: [
    { expression: '\\d{4}[ /-]\\d{6}', confidence: 0.85 },
    { expression: '\\d{4} \\d{2} \\d{2} \\d{2}', confidence: 0.7 },
    { expression: '\\d{10}', confidence: 0.2 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const [day, month] = [digits.number(4, 6), digits.number(6, 8)]
    const isBorn = day >= 1 && day <= 31 && month >= 1 && month <= lastMonth
    return isBorn && digits.at(0) > 0 && digits.weighted(weights) % 11 === digits.at(3)
  },
  fieldNames: [
    'svnr',
    'sv nr',
    'sv nummer',
    'svnummer',
    'sozialversicherungsnummer',
    'sozialversicherungs nummer',
    'sozialversicherungsnr',
    'versicherungsnummer',
    'vsnr',
    'vnr',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    de: ['svnr', 'sv-nr', 'sv-nummer', 'sozialversicherungsnummer', 'sozialversicherung', 'e-card'],
    en: ['social insurance number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'ASVG section 30c; Dachverband der Sozialversicherungsträger, Versicherungsnummer',
  examples: {
    good: ['7160 200791', '5264 270584', '3368 160698', '1237010180'],
    bad: ['0237 010180', '1237 320180', '1237 011680', '123701018'],
  },
}
