import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'
import { birthNumberForms, isBirthNumber } from './birth-number.ts'

export const czRodneCislo: Recogniser = {
  id: 'cz-rodne-cislo',
  name: 'Czech birth number (rodné číslo)',
  category: 'identity',
  country: 'cz',
  forms: birthNumberForms,
  check: isBirthNumber,
  fieldNames: [
    'rodne cislo',
    'rodné číslo',
    'rc',
    'r c',
    'rodnecislo',
    'rod cislo',
    'cislo pojistence',
    'birth number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    cs: ['rodné číslo', 'r.č.', 'rodného čísla', 'číslo pojištěnce', 'rč'],
    en: ['birth number', 'czech personal number'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Zákon 133/2000 Sb., o evidenci obyvatel, section 13',
  examples: {
    good: ['736028/5163', '7360285163', '530101/123', '605417/7272', '082325/8029'],
    bad: ['736028/5164', '733028/5163', '736032/5163', '736028/516', '540101/123'],
  },
}
