import { isPartOfGroups } from '../../checksums/groups.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

/** ISO 3166-1 numeric codes of the European Economic Area, Switzerland and the United Kingdom. */
const countries = new Set([
  40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 352, 372, 380, 428, 438, 440, 442, 470, 528,
  578, 616, 620, 642, 703, 705, 724, 752, 756, 826,
])

export const ehic: Recogniser = {
  id: 'ehic',
  name: 'European health insurance card number',
  category: 'health',
  // 80 is health care among the uses of identification cards; the country of the issuer, its number and the card's follow.
  forms: [
    { expression: '80\\d{18}', confidence: 0.8 },
    { expression: '80\\d{3} \\d{5} \\d{10}', confidence: 0.95 },
    { expression: '80\\d{3} ?\\d{5} ?\\d{5} ?\\d{5}', confidence: 0.9 },
  ],
  check: (match) => countries.has(digitsOf(match).number(2, 5)) && !isPartOfGroups(match),
  fieldNames: [
    'ehic',
    'ehic number',
    'ehic card number',
    'european health insurance card',
    'health insurance card',
    'health card number',
    'ekvk',
    'europaische krankenversicherungskarte',
    'ceam',
    'carte europeenne d assurance maladie',
    'carte europeenne assurance maladie',
    'tessera europea assicurazione malattia',
    'tessera sanitaria',
    'tarjeta sanitaria europea',
    'tse',
    'ekuz',
    'ghic',
    'iccsn',
  ],
  contextWords: {
    en: ['ehic', 'ghic', 'health insurance card'],
    de: ['krankenversicherungskarte', 'gesundheitskarte', 'ekvk'],
    fr: ['ceam', 'assurance maladie'],
    it: ['tessera sanitaria', 'tessera europea'],
    es: ['tarjeta sanitaria'],
    pl: ['ekuz'],
  },
  mask: (value) => maskMiddle(value, 5, 2),
  source:
    'Decision S2 (2010/C 106/09) of the Administrative Commission, annex: card number by EN 1867 and ISO/IEC 7812',
  examples: {
    good: ['80276881103800012345', '80380000900012345678', '80040 00001 0012345678'],
    bad: ['80840881103800012345', '81276881103800012345', '8027688110380001234', '80276881103800012345 1'],
  },
}
