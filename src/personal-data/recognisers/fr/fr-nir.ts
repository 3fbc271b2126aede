import type { Match } from '../../../scan/scanner.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const A = 0x41

/** Corsica is 2A and 2B: they count as 19 and 18 in the key. */
function departmentLetter(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const letter = (bytes[i] & ~0x20) - A
    if (bytes[i] > 0x39 && letter >= 0 && letter <= 1) return letter
  }
  return -1
}

/** 31 to 42 and from 50 on stand for an unknown month. */
function isMonth(month: number): boolean {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50
}

function isNir(match: Match): boolean {
  const letter = departmentLetter(match.bytes, match.start, match.end)
  const digits = digitsOf(match)
  const isCorsica = letter >= 0
  if (digits.length !== (isCorsica ? 14 : 15) || !isMonth(digits.number(3, 5))) return false
  // In Corsica the sixth digit is the 2 of 2A; 19 and 18 take the place of the two characters.
  const body = isCorsica
    ? (digits.number(0, 5) * 100 + 19 - letter) * 1_000_000 + digits.number(6, 12)
    : digits.number(0, 13)
  return 97 - (body % 97) === digits.number(digits.length - 2)
}

/** Only with a month that is one: times in milliseconds have as many digits, and are everywhere. */
function isKeylessNir(match: Match): boolean {
  const digits = digitsOf(match)
  const sex = digits.at(0)
  const month = digits.number(3, 5)
  const department = digits.number(5, 7)
  return ((sex >= 1 && sex <= 4) || sex === 7 || sex === 8) && month >= 1 && month <= 12 && department > 0
}

export const frNir: Recogniser = {
  id: 'fr-nir',
  name: 'French social security number (NIR)',
  category: 'health',
  country: 'fr',
  forms: [
    { expression: '[1-478] ?\\d{2} ?\\d{2} ?(\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}', confidence: 0.92 },
    // Without its key, which is often left out.
    { expression: '\\d{13}', confidence: 0.03, check: isKeylessNir },
  ],
  ignoreCase: true,
  check: isNir,
  fieldNames: [
    'nir',
    'num secu',
    'numero secu',
    'securite sociale',
    'sécurité sociale',
    'numero de securite sociale',
    'numéro de sécurité sociale',
    'no secu',
    'insee',
    'ins',
    'nir number',
    'numero nir',
    'num ss',
    'numero ss',
    'n secu',
    'nss',
    'numero insee',
    'num insee',
    'nir insee',
    'num securite sociale',
    'numero securite sociale',
    'no securite sociale',
    'n securite sociale',
    'numsecu',
    'secu',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    fr: ['sécurité sociale', 'sécu', 'nir', 'assuré', 'carte vitale', 'securite sociale'],
    en: ['social security', 'insee'],
  },
  mask: (value) => maskMiddle(value, 1, 2),
  source:
    'INSEE, Répertoire national d’identification des personnes physiques; decree 82-103 of 22 January 1982',
  examples: {
    good: [
      '2 55 08 14 168 025 38',
      '255081416802538',
      '296040334364357',
      '1 81 05 2A 004 123 58',
      '2550814168025',
    ],
    bad: ['255081416802539', '455081416802538', '255131416802538', '25508141680253'],
  },
}
