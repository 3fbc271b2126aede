import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { codeShapeOf, isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const bounds: CodeBounds = { length: [6, 15], digits: [5, 15], letters: [0, 4], separators: 5 }

/**
 * What the states write, their letters and digits in runs: most have digits alone, or letters and digits behind them; few
 * end in letters, or have them in the middle (Iowa, New Hampshire).
 */
export function isOfUsState(bytes: Uint8Array, start: number, end: number): boolean {
  if (!isCode(bytes, start, end, bounds)) return false
  const { changes, letters } = codeShapeOf(bytes, start, end)
  return changes === 0 || (changes === 1 && letters <= 3) || (changes === 2 && letters <= 3)
}

/** A word must stand near: other numbers have these forms as well, and none of them has a checksum that is published. */
const inText = 0.08

export const usDriverLicense: Recogniser = {
  id: 'us-driver-license',
  name: 'US driver license number',
  category: 'identity',
  country: 'us',
  forms: [
    { expression: '\\d{7}', confidence: inText },
    { expression: '\\d{8}', confidence: inText },
    { expression: '\\d{9}', confidence: inText },
    { expression: '[A-Za-z]\\d{7,9}|[A-Za-z]\\d{11,14}', confidence: inText },
    { expression: '[A-Z]{2}\\d{6}[A-Z]?', confidence: inText },
    { expression: '[A-Z]\\d{3}-\\d{4}-\\d{4}|[A-Z]\\d{3}-\\d{3}-\\d{2}-\\d{3}(?:-\\d)?', confidence: 0.2 },
  ],
  check: ({ bytes, start, end }) => isOfUsState(bytes, start, end),
  value: (bytes, start, end) => (isOfUsState(bytes, start, end) ? 0.1 : 0),
  fieldNames: namesOf(
    "driver license number, driver license, driver's license, drivers license, driver's license number",
    'drivers license number, driver license no, dl number, driver license id, driverslicense, us dl, dmv number',
    'driver lic, drivers lic, driver lic no',
  ),
  vagueFieldNames: ['dl no', 'license no', 'dln'],
  notFieldNames: namesOf('driver license state, driver license expiry, driver license class'),
  contextWords: {
    en: namesOf("driver license, driver's license, drivers license, driver licenses, driver's licenses, dmv"),
    es: namesOf('licencia de conducir, licencia de manejar'),
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'AAMVA DL/ID Card Design Standard; state formats as departments of motor vehicles publish them',
  examples: {
    good: [
      '425700624',
      'A56319335',
      'U62928788557186',
      'LH329609T',
      'D123-4567-8901',
      '123AB4567',
      'M943688896309',
    ],
    bad: ['000000000', 'WDL4Q8X9ABCD', 'California', 'null', '12345', '2031-01-01T00:00', 'class C'],
  },
}
