import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const modulus = 511

export const frSpi: Recogniser = {
  id: 'fr-spi',
  name: 'French tax identification number (SPI)',
  category: 'identity',
  country: 'fr',
  forms: [
    { expression: '[0-3]\\d \\d{2} \\d{3} \\d{3} \\d{3}', confidence: 0.95 },
    // One in 1,300 numbers passes; times in milliseconds have thirteen digits too.
    { expression: '\\d{13}', confidence: 0.4 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const body = digits.number(0, 10)
    return digits.at(0) <= 3 && body > 0 && body % modulus === digits.number(10, 13)
  },
  fieldNames: [
    'numero fiscal',
    'numéro fiscal',
    'spi',
    'numero spi',
    'num fiscal',
    'no fiscal',
    'numero fiscal de reference',
    'identifiant fiscal',
    'reference fiscale',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    fr: ['numéro fiscal', 'numero fiscal', 'identifiant fiscal', 'impôts', 'spi'],
    en: ['french tax'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Direction générale des finances publiques, numéro SPI; OECD TIN sheet France',
  examples: {
    good: ['2078880093255', '1049297314205', '3117269141000', '30 23 217 600 053'],
    bad: ['30 23 217 600 054', '4023217600053', '3023217600054', '302321760005'],
  },
}
