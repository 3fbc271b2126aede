import { digitsOf } from '../../checksums/digits.ts'
import { isMod11Mod10 } from '../../checksums/iso7064.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames, taxNames } from '../national-names.ts'

const counts = new Uint8Array(10)

/** Of the first ten digits one stands there twice or three times, the others at most once. */
function hasOneRepeated(values: Uint8Array): boolean {
  counts.fill(0)
  for (let i = 0; i < 10; i++) counts[values[i]]++
  let repeated = 0
  for (const count of counts) {
    if (count > 3) return false
    if (count > 1) repeated++
  }
  return repeated === 1
}

export const deTaxId: Recogniser = {
  id: 'de-tax-id',
  name: 'German tax identification number',
  category: 'identity',
  country: 'de',
  forms: [
    { expression: '\\d{2} \\d{3} \\d{3} \\d{3}', confidence: 0.7 },
    // About one in 55 numbers of eleven digits passes: it takes a name or a word to be sure.
    { expression: '\\d{11}', confidence: 0.25 },
  ],
  check: (match) => {
    const { values, length } = digitsOf(match)
    return values[0] !== 0 && hasOneRepeated(values) && isMod11Mod10(values, length)
  },
  fieldNames: [
    'idnr',
    'steuer id',
    'steuerid',
    'steueridentifikationsnummer',
    'steuerliche identifikationsnummer',
    'steuer identifikationsnummer',
    'steuernummer',
    'steuer idnr',
    'steueridnr',
    'steuer ident nr',
    'steueridentnr',
    'steuer identnummer',
    'identifikationsnummer',
    'steuerliche id',
    'german tax id',
    ...taxNames,
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    de: ['steuer', 'steuer-id', 'steueridentifikationsnummer', 'identifikationsnummer', 'idnr', 'finanzamt'],
    en: ['tax id', 'tax identification'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source:
    'Section 139b of the Abgabenordnung; Bundeszentralamt für Steuern, checksum by ISO/IEC 7064 MOD 11,10',
  examples: {
    good: ['86 095 742 719', '86095742719', '34286179074', '38126719508'],
    bad: ['86095742718', '06095742719', '12345678903', '11111111111', '8609574271'],
  },
}
