import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'
import { birthNumberForms, isBirthNumber } from '../cz/birth-number.ts'

/** The Czech number: only what stands around it tells that it is Slovak. */
export const skRodneCislo: Recogniser = {
  id: 'sk-rodne-cislo',
  name: 'Slovak birth number (rodné číslo)',
  category: 'identity',
  country: 'sk',
  forms: birthNumberForms.map(({ expression, confidence }) => ({
    expression,
    confidence: confidence * 0.95,
  })),
  check: isBirthNumber,
  fieldNames: [
    'rodne cislo sk',
    'slovak birth number',
    'slovenske rodne cislo',
    'identifikacne cislo poistenca',
    'icp',
    'cislo poistenca',
    'rodneho cisla',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    sk: ['občiansky preukaz', 'poistenca', 'slovenská', 'slovenskej', 'bydlisko'],
    en: ['slovak birth number', 'slovak personal number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Zákon č. 301/1995 Z. z. o rodnom čísle',
  examples: {
    good: ['736028/5163', '7360285163', '530101/123', '605417/7272', '082325/8029'],
    bad: ['736028/5164', '733028/5163', '736032/5163', '736028/516', '540101/123'],
  },
}
