import { isMod97 } from '../../checksums/mod97.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { ibanRegistry } from './iban-registry.ts'

const classes: Record<string, string> = { n: '\\d', a: '[A-Z]', c: '[A-Z0-9]' }

/** `DE`, two check digits and the national part, in groups of four if it is grouped at all. */
function formOf(country: string, structure: string): string {
  const kinds = [...structure.matchAll(/(\d+)!([nac])/g)].flatMap(([, count, kind]) =>
    Array(Number(count)).fill(kind),
  )
  const characters = [...country, '\\d', '\\d', ...kinds.map((kind: string) => classes[kind])]
  return characters.map((character, i) => (i > 0 && i % 4 === 0 ? `[ -]?${character}` : character)).join('')
}

export const iban: Recogniser = {
  id: 'iban',
  name: 'International bank account number',
  category: 'financial',
  // Of random text with the form of one country's IBAN, one in 97 passes; few things but IBANs have that form.
  forms: [
    {
      expression: Object.entries(ibanRegistry)
        .map(([country, structure]) => formOf(country, structure))
        .join('|'),
      confidence: 0.995,
    },
  ],
  ignoreCase: true,
  check: ({ bytes, start, end }) => isMod97(bytes, start, end),
  fieldNames: [
    'iban',
    'bank account',
    'account number',
    'account no',
    'konto',
    'kontonummer',
    'bankverbindung',
    'compte bancaire',
    'cuenta bancaria',
    'conto corrente',
    'rekeningnummer',
    'payout',
  ],
  contextWords: {
    en: ['iban', 'account', 'bank', 'wire', 'transfer'],
    de: ['konto', 'kontonummer', 'bankverbindung', 'überweisung'],
    fr: ['compte', 'virement', 'rib'],
    es: ['cuenta', 'transferencia'],
    it: ['conto', 'bonifico'],
    nl: ['rekening', 'rekeningnummer', 'overschrijving'],
    pl: ['konto', 'rachunek', 'przelew'],
    pt: ['conta', 'transferência'],
    sv: ['konto', 'kontonummer', 'överföring'],
  },
  mask: (value) => maskMiddle(value, 4, 4),
  source: 'ISO 13616; SWIFT IBAN Registry release 100',
  examples: {
    good: [
      'DE89 3704 0044 0532 0130 00',
      'DE89370400440532013000',
      'GB29-NWBK-6016-1331-9268-19',
      'gb29nwbk60161331926819',
      'NO9386011117947',
      'MT84MALT011000012345MTLCAST001S',
      'FR1420041010050500013M02606',
      'LC55HEMM000100010012001200023015',
    ],
    bad: [
      'DE89 3704 0044 0532 0130 01',
      'DE8937040044053201300',
      'DE893704004405320130000',
      'ZZ89370400440532013000',
      'GB29NWBK6016133192681A',
      'DE89 37040 044 0532 0130 00',
    ],
  },
}
