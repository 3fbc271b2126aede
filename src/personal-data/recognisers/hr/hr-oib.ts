import { digitsOf } from '../../checksums/digits.ts'
import { isMod11Mod10 } from '../../checksums/iso7064.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

export const hrOib: Recogniser = {
  id: 'hr-oib',
  name: 'Croatian personal identification number (OIB)',
  category: 'identity',
  country: 'hr',
  forms: [{ expression: '\\d{11}', confidence: 0.15 }],
  check: (match) => {
    const digits = digitsOf(match)
    return isMod11Mod10(digits.values, digits.length) && !digits.areEqual()
  },
  fieldNames: [
    'oib',
    'osobni identifikacijski broj',
    'osobni broj',
    'oib broj',
    'osobni id broj',
    'croatian oib',
    'porezni broj',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { hr: ['oib', 'osobni identifikacijski broj'], en: ['oib'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Zakon o osobnom identifikacijskom broju (NN 60/08); ISO/IEC 7064 MOD 11,10',
  examples: {
    good: ['33392005961', '69435151530', '71481280786'],
    bad: ['33392005962', '3339200596', '333920059612'],
  },
}
