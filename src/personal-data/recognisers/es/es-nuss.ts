import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

/** Numbers below this are taken with the province before them as if they had seven digits; by some, with all eight. */
const shortNumbers = 10_000_000
/** Provinces; those of the old registers of seamen and miners are 60 on. */
const isProvince = (province: number): boolean => (province >= 1 && province <= 53) || province === 66

export const esNuss: Recogniser = {
  id: 'es-nuss',
  name: 'Spanish social security number (NUSS)',
  category: 'health',
  country: 'es',
  forms: [
    { expression: '\\d{2}[ /-]\\d{8}[ /-]\\d{2}', confidence: 0.9 },
    { expression: '\\d{2}[ /-]\\d{10}', confidence: 0.7 },
    // One in 180 numbers of twelve digits passes.
    { expression: '\\d{12}', confidence: 0.35 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    const province = digits.number(0, 2)
    const number = digits.number(2, 10)
    const check = digits.number(10, 12)
    const isWhole = digits.number(0, 10) % 97 === check
    const isShort = number < shortNumbers && (province * shortNumbers + number) % 97 === check
    return isProvince(province) && number > 0 && (isWhole || isShort)
  },
  fieldNames: [
    'nuss',
    'naf',
    'nss',
    'numero seguridad social',
    'numero de seguridad social',
    'num seguridad social',
    'numero de la seguridad social',
    'seguridad social',
    'numero afiliacion',
    'numero de afiliacion',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    es: ['seguridad social', 'nuss', 'afiliación', 'número de afiliación'],
    en: ['spanish social security'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Real Decreto 84/1996, article 21; Tesorería General de la Seguridad Social',
  examples: {
    good: ['29/13351236/80', '32/45010410/55', '24/56234139/42', '281234567840'],
    bad: ['28/12345678/41', '99/12345678/40', '281234567841', '28123456784'],
  },
}
