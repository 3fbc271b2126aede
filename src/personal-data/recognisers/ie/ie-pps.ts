import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const weights = [8, 7, 6, 5, 4, 3, 2]
const numberLength = 7
/** The check letter by the remainder of 23, W for none. */
const letters = Buffer.from('WABCDEFGHIJKLMNOPQRSTUV')

/** Hashes are cut to eight digits, most often in lower case; people write the letter in upper case. */
function isHex(letter: number): boolean {
  return letter >= 0x61 && letter <= 0x66
}

export const iePps: Recogniser = {
  id: 'ie-pps',
  name: 'Irish personal public service number',
  category: 'identity',
  country: 'ie',
  forms: [
    { expression: '\\d{7}[A-W][A-IW]', confidence: 0.8 },
    { expression: '\\d{7}[A-W]', confidence: 0.6 },
  ],
  ignoreCase: true,
  check: (match) => {
    const { bytes, start, end } = match
    if (isHex(bytes[end - 1])) return false
    const digits = digitsOf(match)
    const second = end - start > numberLength + 1 ? (bytes[end - 1] & ~0x20) - 0x40 : 0
    // A second letter W means none, as does its absence.
    const weight = second === 0x17 ? 0 : second * 9
    const check = letters[(digits.weighted(weights) + weight) % 23]
    return check === (bytes[start + numberLength] & ~0x20) && digits.number() > 0
  },
  fieldNames: [
    'pps',
    'ppsn',
    'pps number',
    'pps no',
    'personal public service number',
    'uimhir psp',
    'pps num',
    'ppsno',
    'pps nr',
    'rsi number',
    'rsi no',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['pps', 'ppsn', 'personal public service'], ga: ['uimhir psp'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source:
    'Social Welfare Consolidation Act 2005, section 262; Revenue Commissioners (second letter since 2013)',
  examples: {
    good: ['1234567T', '6433435F', '6433435OA', '1234567tw'],
    bad: ['1234567U', '6433435E', '123456T', '0000000W', '6433435f'],
  },
}
