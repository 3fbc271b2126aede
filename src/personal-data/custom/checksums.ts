import type { Match } from '../../scan/scanner.ts'
import { digitsOf } from '../checksums/digits.ts'
import { isMod11Mod10 } from '../checksums/iso7064.ts'
import { isLuhn } from '../checksums/luhn.ts'
import { isMod97, isMod97InOrder } from '../checksums/mod97.ts'
import { verhoeffDigit } from '../checksums/verhoeff.ts'

/** A checksum that a recogniser can name, over the digits of a match; what separates them is skipped. */
interface Checksum {
  /** What it is, for people. */
  about: string
  check: (match: Match) => boolean
}

/** Fewer digits than these have nothing to check. */
const fewestDigits = 2

export const checksums = {
  luhn: {
    about: 'Luhn formula (ISO/IEC 7812-1): cards, IMEI',
    check: ({ bytes, start, end }) => isLuhn(bytes, start, end),
  },
  mod97: {
    about:
      'ISO/IEC 7064 MOD 97-10, the first four characters moved to the end: IBAN; letters count from A = 10',
    check: ({ bytes, start, end }) => isMod97(bytes, start, end),
  },
  'mod97-10': {
    about: 'ISO/IEC 7064 MOD 97-10, in order, two check digits at the end; letters count from A = 10',
    check: ({ bytes, start, end }) => isMod97InOrder(bytes, start, end),
  },
  'mod11-10': {
    about: 'ISO/IEC 7064 MOD 11,10: tax numbers in Germany, OIB',
    check: (match) => {
      const digits = digitsOf(match)
      return isMod11Mod10(digits.values, digits.length)
    },
  },
  mod11: {
    about:
      'weighted sum divisible by 11, weights from the right 1, 2, 3 …: ISBN-10, bank accounts, patient numbers',
    check: (match) => {
      const { values, length } = digitsOf(match)
      let sum = 0
      for (let i = 0; i < length; i++) sum += values[i] * (length - i)
      return sum % 11 === 0
    },
  },
  verhoeff: {
    about: "Verhoeff's check digit at the end: Aadhaar",
    check: (match) => {
      const { values, length } = digitsOf(match)
      return verhoeffDigit(values, length - 1) === values[length - 1]
    },
  },
} as const satisfies Record<string, Checksum>

export type ChecksumName = keyof typeof checksums

export const checksumNames = Object.keys(checksums) as ChecksumName[]

/** The check of a recogniser that names a checksum. Zeros alone pass most; they are nobody's. */
export function checkOf(name: ChecksumName): (match: Match) => boolean {
  const { check } = checksums[name]
  return (match) => {
    const digits = digitsOf(match)
    const isTelling = digits.length >= fewestDigits && !(digits.areEqual() && digits.at(0) === 0)
    return isTelling && check(match)
  }
}
