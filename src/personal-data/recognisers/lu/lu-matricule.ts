import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { isLuhn } from '../../checksums/luhn.ts'
import { verhoeffDigit } from '../../checksums/verhoeff.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** Date of birth and serial number, which both check digits are over. */
const bodyLength = 11

export const luMatricule: Recogniser = {
  id: 'lu-matricule',
  name: 'Luxembourgish national identification number',
  category: 'identity',
  country: 'lu',
  forms: [
    { expression: '(18|19|20)\\d{6} \\d{5}', confidence: 0.97 },
    { expression: '(18|19|20)\\d{2} \\d{4} \\d{3} \\d{2}', confidence: 0.97 },
    { expression: '(18|19|20)\\d{2} \\d{2} \\d{2} \\d{3} \\d{2}', confidence: 0.97 },
    { expression: '\\d{13}', confidence: 0.9 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const isBorn = isDate(digits.number(0, 4), digits.number(4, 6), digits.number(6, 8))
    if (!isBorn || digits.number(0, 4) < 1850 || digits.number(0, 4) > 2100) return false
    const isRight = isLuhn(match.bytes, match.start, match.end - 1)
    return isRight && verhoeffDigit(digits.values, bodyLength) === digits.at(bodyLength + 1)
  },
  fieldNames: [
    'matricule',
    'numero matricule',
    'numero d identification national',
    'numero identification national',
    'matricule nationale',
    'identifikationsnummer',
    'sozialversicherungsnummer',
    'cns number',
    'matricul',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    fr: ['matricule', 'numéro matricule'],
    de: ['matrikelnummer', 'matricule'],
    en: ['matricule'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Loi du 19 juin 2013 relative à l’identification des personnes physiques, article 2 (Luxembourg)',
  examples: {
    good: ['2003120246452', '1974090140288', '1952032229204', '1893120105732'],
    bad: ['1893120105733', '1893130105732', '1893123205732', '189312010573'],
  },
}
