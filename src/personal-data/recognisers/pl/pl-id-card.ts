import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** Of three letters, the check digit and five digits; A counts 10, and the sum divides by ten. */
const weights = [7, 3, 1, 9, 7, 3, 1, 7, 3]

function isChecked(bytes: Uint8Array, start: number, end: number): boolean {
  let sum = 0
  let place = 0
  for (let i = start; i < end; i++) {
    if (bytes[i] === 0x20) continue
    sum += weights[place++] * (bytes[i] <= 0x39 ? bytes[i] - 0x30 : bytes[i] - 0x37)
  }
  return sum % 10 === 0
}

export const plIdCard: Recogniser = {
  id: 'pl-id-card',
  name: 'Polish identity card number',
  category: 'identity',
  country: 'pl',
  // One in ten passes; other things have three letters and six digits as well.
  forms: [
    { expression: '[A-Z]{3}\\d{6}', confidence: 0.25 },
    { expression: '[A-Z]{3} \\d{6}', confidence: 0.25 },
  ],
  check: ({ bytes, start, end }) => isChecked(bytes, start, end),
  fieldNames: [
    'dowod osobisty',
    'numer dowodu',
    'nr dowodu',
    'numer dowodu osobistego',
    'dowod',
    'seria i numer dowodu',
    'id card number',
    'id card',
    'identity card',
    'identity card number',
    'document number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    pl: ['dowód', 'dowód osobisty', 'dowodu', 'dowodu osobistego', 'dowodem osobistym'],
    en: ['polish id card', 'identity card'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source:
    'Act of 6 August 2010 on identity cards (Poland); weights 7, 3, 1 of ICAO 9303, 9 for the check digit',
  examples: {
    good: ['JUE455113', 'XIG381171', 'QRT921055', 'ABA300000'],
    bad: ['ABA300001', 'AB300000', 'ABAD00000', 'ABA30000'],
  },
}
