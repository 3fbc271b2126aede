import type { Match } from '../../../scan/scanner.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** Of the bodies that allocate type codes: those of today, and those before 2004. */
const reportingBodies: ReadonlySet<number> = new Set([
  1, 10, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99,
])

function isImei(match: Match): boolean {
  const digits = digitsOf(match)
  return (
    !digits.areEqual() &&
    reportingBodies.has(digits.number(0, 2)) &&
    isLuhn(match.bytes, match.start, match.end)
  )
}

export const imei: Recogniser = {
  id: 'imei',
  name: 'IMEI of a telephone',
  category: 'online',
  // One number of fifteen digits in sixty passes.
  forms: [
    { expression: '\\d{15}', confidence: 0.1 },
    { expression: '\\d{2}[ -]\\d{6}[ -]\\d{6}[ -]\\d', confidence: 0.6 },
  ],
  check: isImei,
  fieldNames: namesOf(
    'imei, imei number, imei no, device imei, imei code, imei nummer, numero imei, numer imei, handset imei',
  ),
  notFieldNames: ['imeisv'],
  contextWords: {
    en: namesOf('imei, imei number, handset'),
    de: ['imei'],
    fr: ['imei'],
    es: ['imei'],
    pl: ['imei'],
  },
  mask: (value) => maskMiddle(value, 2, 3),
  source: '3GPP TS 23.003 section 6 and annex B; GSMA TS.06 on type allocation codes',
  examples: {
    good: ['490154203237518', '356938035643809', '35-209900-176148-1', '866771027112373'],
    bad: ['490154203237517', '222222222222228', '000000000000000', '35-209900-176148-2', '49015420323751'],
  },
}
