import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]

export const chAhv: Recogniser = {
  id: 'ch-ahv',
  name: 'Swiss social security number (AHV, AVS)',
  category: 'identity',
  country: 'ch',
  forms: [
    { expression: '756\\.\\d{4}\\.\\d{4}\\.\\d{2}', confidence: 0.99 },
    { expression: '756 \\d{4} \\d{4} \\d{2}', confidence: 0.97 },
    // An article number of the Swiss country code would look the same; there are none.
    { expression: '756\\d{10}', confidence: 0.85 },
  ],
  check: (match) => digitsOf(match).weighted(weights) % 10 === 0,
  fieldNames: [
    'ahv',
    'avs',
    'ahv nummer',
    'ahvnr',
    'ahv nr',
    'numero avs',
    'navs',
    'sozialversicherungsnummer',
    'oasi',
    'ahvn',
    'ahv number',
    'avs number',
    'no avs',
    'n avs',
    'nss',
    'sozialversicherungsnr',
    'sozialversicherungs nummer',
    'svnr',
    'sv nummer',
    'versichertennummer',
    'numero d assure',
    'numero assure',
    'numero de securite sociale',
    'numero ahv',
    'oasi number',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    de: ['ahv', 'ahv-nummer', 'sozialversicherungsnummer'],
    fr: ['avs', 'numéro avs'],
    it: ['avs', 'numero avs'],
    en: ['oasi', 'ahv'],
  },
  mask: (value) => maskMiddle(value, 3, 2),
  source: 'AHVG article 50c; Zentrale Ausgleichsstelle, 13 digits with the check digit of EAN-13',
  examples: {
    good: ['756.9217.0769.85', '7569217076985', '756.1234.5678.97', '756 1234 5678 97'],
    bad: ['756.9217.0769.84', '7569217076984', '755.9217.0769.85', '756.9217.0769'],
  },
}
