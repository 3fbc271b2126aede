import { isLuhn } from '../../checksums/luhn.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isIssued } from './issuer-ranges.ts'

export const paymentCard: Recogniser = {
  id: 'payment-card',
  name: 'Payment card number',
  category: 'financial',
  forms: [
    // One number in ten passes Luhn, and half of all prefixes are issued: a bare number may well be another.
    { expression: '[2-9]\\d{15}|3[47]\\d{13}|3[0689]\\d{12}', confidence: 0.75 },
    {
      expression: '[2-9]\\d{3} \\d{4} \\d{4} \\d{4}(?: \\d{3})?|[2-9]\\d{3}-\\d{4}-\\d{4}-\\d{4}(?:-\\d{3})?',
      confidence: 0.85,
    },
    { expression: '3[47]\\d{2} \\d{6} \\d{5}|3[47]\\d{2}-\\d{6}-\\d{5}', confidence: 0.85 },
    {
      expression:
        '3[0689]\\d{2} \\d{6} \\d{4}|3[0689]\\d{2}-\\d{6}-\\d{4}|3[0689]\\d{2}(?: \\d{4}){2} \\d{2}',
      confidence: 0.85,
    },
    { expression: '[456]\\d{11,13}|[56]\\d{14}|[2-9]\\d{16,18}', confidence: 0.15 },
  ],
  check: ({ bytes, start, end }) => {
    let count = 0
    let prefix = 0
    for (let i = start; i < end; i++) {
      const digit = bytes[i] - 0x30
      if (digit < 0 || digit > 9) continue
      if (count < 6) prefix = prefix * 10 + digit
      count++
    }
    return isIssued(prefix, count) && isLuhn(bytes, start, end)
  },
  fieldNames: [
    'card number',
    'card no',
    'card num',
    'card',
    'pan',
    'cc',
    'cc number',
    'cc num',
    'cc no',
    'credit card',
    'debit card',
    'account number',
    'kartennummer',
    'kreditkarte',
    'carte bancaire',
    'numero carte',
    'tarjeta',
    'numero tarjeta',
    'carta di credito',
    'creditcard',
    'kaartnummer',
    'karta',
    'numer karty',
    'cartao',
    'numero cartao',
    'kortnummer',
  ],
  notFieldNames: ['barcode', 'gift card', 'library card'],
  contextWords: {
    en: [
      'card',
      'cards',
      'credit',
      'debit',
      'visa',
      'mastercard',
      'amex',
      'cc',
      'maestro',
      'discover',
      'diners',
    ],
    de: ['karte', 'kreditkarte', 'kartennummer', 'bankkarte'],
    fr: ['carte', 'bancaire', 'bleue'],
    es: ['tarjeta', 'crédito', 'débito'],
    it: ['carta', 'credito'],
    nl: ['kaart', 'creditcard', 'betaalkaart', 'kaartnummer'],
    pl: ['karta', 'karty', 'kredytowa', 'płatnicza'],
    pt: ['cartão', 'crédito'],
    sv: ['kort', 'kortnummer', 'kreditkort'],
  },
  mask: (value) => maskMiddle(value, 0, 4),
  source: 'ISO/IEC 7812-1 (Luhn, annex B); issuer ranges of the schemes',
  examples: {
    good: [
      '4111111111111111',
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
      '2223003122003222',
      '378282246310005',
      '3782 822463 10005',
      '30569309025904',
      '3056 930902 5904',
      '6011111111111117',
      '3566002020360505',
      '6200000000000005',
      '6759649826438453',
      '2200123456789019',
      '9792030394440796',
      '5060990580000217499',
      '4222222222222',
    ],
    bad: [
      '4111111111111112',
      '1111111111111117',
      '4111 11111111 1111',
      '411111111111111',
      '0000000000000000',
      '9999999999999995',
    ],
  },
}
