import { isPartOfGroups } from '../../checksums/groups.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

export const iccid: Recogniser = {
  id: 'iccid',
  name: 'ICCID of a SIM card',
  category: 'online',
  // Of numbers as long, one in a thousand begins and ends so.
  forms: [
    { expression: '89\\d{17}', confidence: 0.35 },
    { expression: '89\\d{18}', confidence: 0.35 },
    { expression: '89\\d{2} \\d{4} \\d{4} \\d{4} \\d{3,4}', confidence: 0.3 },
  ],
  check: (match) => isLuhn(match.bytes, match.start, match.end) && !isPartOfGroups(match),
  fieldNames: namesOf(
    'iccid, icc id, sim number, sim card number, sim serial, sim serial number, sim id, eid sim, sim karten nummer',
  ),
  contextWords: {
    en: namesOf('iccid, sim, sim card, esim'),
    de: namesOf('iccid, sim karte'),
    fr: namesOf('iccid, carte sim'),
    es: namesOf('iccid, tarjeta sim'),
    pl: namesOf('iccid, karta sim'),
  },
  mask: (value) => maskMiddle(value, 2, 4),
  source: 'ITU-T E.118; Luhn by ISO/IEC 7812-1 annex B',
  examples: {
    good: ['8949020000012345670', '89012601234567890121', '8931 4401 2345 6789 011'],
    bad: ['8949020000012345678', '1234567890123456789', '894902000001234567', 'null'],
  },
}
