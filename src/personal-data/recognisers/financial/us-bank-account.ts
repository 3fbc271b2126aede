import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const routingDigits = 9
const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]

/** Of the twelve Federal Reserve districts, of thrift institutions, of electronic transfers, and of travellers' cheques. */
function isRoutingPrefix(prefix: number): boolean {
  return (
    (prefix >= 1 && prefix <= 12) ||
    (prefix >= 21 && prefix <= 32) ||
    (prefix >= 61 && prefix <= 72) ||
    prefix === 80
  )
}

function isRoutingNumber(span: { bytes: Uint8Array; start: number; end: number }): boolean {
  const digits = digitsOf(span)
  return (
    digits.length === routingDigits &&
    isRoutingPrefix(digits.number(0, 2)) &&
    digits.weighted(weights) % 10 === 0
  )
}

/** An account's digits are as many as its bank likes; where they are nine, they may not be told from the bank's own. */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 24) return 0
  const { digits, letters, others, different } = codeShapeOf(bytes, start, end)
  if (letters > 0 || others > 0 || different < 2 || digits < 6 || digits > 17) return 0
  return isRoutingNumber({ bytes, start, end }) ? 0.3 : digits === routingDigits ? 0.03 : 0.16
}

export const usBankAccount: Recogniser = {
  id: 'us-bank-account',
  name: 'US routing and account number',
  category: 'financial',
  country: 'us',
  // One number of nine digits in twenty-five passes.
  forms: [{ expression: '\\d{9}', confidence: 0.08 }],
  check: isRoutingNumber,
  value: confidenceOf,
  fieldNames: namesOf(
    'routing number, aba routing number, routing no, aba number, aba routing, routing transit number, routingnumber',
    'ach routing, ach routing number, checking account, checking account number, savings account',
    'savings account number, us account number, us bank account, ach account, ach account number',
  ),
  contextWords: { en: namesOf('routing number, aba, routing transit number') },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'ABA Key to Routing Numbers; Federal Reserve, E-Payments Routing Directory',
  examples: {
    good: ['021000021', '122105155', '000123456789', '4830-1234-567'],
    bad: ['12345', '000000000', 'null', '123456789012345678', 'A21000021'],
  },
}
