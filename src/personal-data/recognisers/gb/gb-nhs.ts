import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]

export const gbNhs: Recogniser = {
  id: 'gb-nhs',
  name: 'NHS number',
  category: 'health',
  country: 'gb',
  forms: [
    { expression: '\\d{3} \\d{3} \\d{4}', confidence: 0.35 },
    { expression: '\\d{3}-\\d{3}-\\d{4}', confidence: 0.25 },
    // One in eleven numbers of ten digits passes.
    { expression: '\\d{10}', confidence: 0.1 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const check = (11 - (digits.weighted(weights) % 11)) % 11
    return check === digits.at(9) && !digits.areEqual()
  },
  fieldNames: [
    'nhs',
    'nhs number',
    'nhs no',
    'nhs id',
    'chi number',
    'health and care number',
    'hcn',
    'nhs num',
    'nhs patient number',
    'chi',
    'chi no',
    'h c number',
    'health care number',
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['nhs', 'nhs number', 'chi number', 'patient'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'NHS Data Dictionary, NHS NUMBER (modulus 11)',
  examples: {
    good: ['943 476 5919', '943-476-5919', '9434765919', '4010232137'],
    bad: ['943 476 5918', '9434765918', '943 4765 919', '0000000000'],
  },
}
