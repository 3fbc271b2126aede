import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

/** Digits of a sort code, of an account, and of both. */
const lengths: ReadonlySet<number> = new Set([6, 8, 14])

function isSortCodeOrAccount(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 20) return false
  const { digits, letters, others, different } = codeShapeOf(bytes, start, end)
  return letters === 0 && others === 0 && different >= 2 && lengths.has(digits)
}

export const gbBankAccount: Recogniser = {
  id: 'gb-bank-account',
  name: 'UK sort code and account number',
  category: 'financial',
  country: 'gb',
  forms: [
    { expression: '\\d{2}-\\d{2}-\\d{2}[ ,/]{1,3}\\d{8}', confidence: 0.8 },
    { expression: '\\d{2}-\\d{2}-\\d{2}', confidence: 0.08 },
  ],
  check: (match) => !digitsOf(match).areEqual(),
  value: (bytes, start, end) => (isSortCodeOrAccount(bytes, start, end) ? 0.2 : 0),
  fieldNames: namesOf(
    'sort code, sortcode, bank sort code, sort code and account number, uk account number, uk bank account',
    'gb account number, bacs account',
  ),
  contextWords: { en: namesOf('sort code, sortcode, sort codes') },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Pay.UK, Vocalink: Validating Account Numbers, section 2',
  examples: {
    good: ['12-34-56', '601613', '601613 31926819', '60-16-13 31926819', '60-16-13, 31926819', '31926819'],
    bad: ['00-00-00', '12-34-5', '1234567', 'null', '60.16.13.9', 'A01613'],
  },
}
