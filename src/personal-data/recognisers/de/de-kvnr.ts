import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const bodyLength = 9

/** The sum of the digits of a product with one or two. */
function weighted(digit: number, place: number): number {
  const product = place % 2 === 0 ? digit : digit * 2
  return product > 9 ? product - 9 : product
}

/** Over the letter's place in the alphabet as two digits and the eight digits after it, weighted 1, 2, 1, 2 … */
function isChecked(bytes: Uint8Array, start: number): boolean {
  const letter = (bytes[start] & ~0x20) - 0x40
  let sum = weighted(Math.floor(letter / 10), 0) + weighted(letter % 10, 1)
  for (let i = 1; i < bodyLength; i++) sum += weighted(bytes[start + i] - 0x30, i + 1)
  return sum % 10 === bytes[start + bodyLength] - 0x30
}

export const deKvnr: Recogniser = {
  id: 'de-kvnr',
  name: 'German health insurance number',
  category: 'health',
  country: 'de',
  forms: [{ expression: '[A-Z]\\d{9}', confidence: 0.35 }],
  ignoreCase: true,
  check: ({ bytes, start }) => isChecked(bytes, start),
  fieldNames: [
    'kvnr',
    'krankenversichertennummer',
    'kv nummer',
    'kv nr',
    'krankenversicherungsnummer',
    'versichertennummer',
    'versicherten nr',
    'versichertennr',
    'versicherten id',
    'egk nummer',
    'insured id',
    'insured number',
    'insurance number',
    'health insurance number',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    de: ['krankenversicherung', 'krankenversichertennummer', 'versichertennummer', 'krankenkasse', 'kvnr'],
    en: ['health insurance number'],
  },
  mask: (value) => maskMiddle(value, 1, 2),
  source: 'SGB V section 290; GKV-Spitzenverband, Richtlinie zum Aufbau der Krankenversichertennummer',
  examples: {
    good: ['H756762614', 'M706406619', 'M312181210', 'A123456780'],
    bad: ['A123456781', '1123456780', 'A12345678', 'AB12345678'],
  },
}
