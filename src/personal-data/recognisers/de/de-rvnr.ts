import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { nationalNames } from '../national-names.ts'

/** Weights of the digits before the letter, of its place in the alphabet as two digits, and of the serial number. */
const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]
const numberLength = 12
const letterPlace = 8

/** The number without its spaces. */
const characters = new Uint8Array(numberLength)

function readCharacters(bytes: Uint8Array, start: number, end: number): void {
  let length = 0
  for (let i = start; i < end && length < numberLength; i++) {
    if (bytes[i] > 0x20) characters[length++] = bytes[i] & (bytes[i] > 0x39 ? ~0x20 : 0xff)
  }
}

/** The sum of the digits of each product, modulo ten, is the last digit. */
function isChecked(): boolean {
  let sum = 0
  let place = 0
  for (let i = 0; i < numberLength - 1; i++) {
    const letter = characters[i] - 0x40
    const digits = i === letterPlace ? [Math.floor(letter / 10), letter % 10] : [characters[i] - 0x30]
    for (const digit of digits) {
      const product = digit * weights[place++]
      sum += Math.floor(product / 10) + (product % 10)
    }
  }
  return sum % 10 === characters[numberLength - 1] - 0x30
}

function twoDigits(at: number): number {
  return (characters[at] - 0x30) * 10 + characters[at + 1] - 0x30
}

export const deRvnr: Recogniser = {
  id: 'de-rvnr',
  name: 'German pension insurance number',
  category: 'identity',
  country: 'de',
  forms: [
    { expression: '\\d{2} \\d{6} [A-Z] \\d{3}', confidence: 0.98 },
    { expression: '\\d{8}[A-Z]\\d{3}', confidence: 0.85 },
  ],
  ignoreCase: true,
  // The office that gave it (02 to 89), the date of birth, where day and month may be unknown, letter and serial number.
  check: ({ bytes, start, end }) => {
    readCharacters(bytes, start, end)
    const isOffice = twoDigits(0) >= 2 && twoDigits(0) <= 89
    return isOffice && twoDigits(2) <= 31 && twoDigits(4) <= 12 && isChecked()
  },
  fieldNames: [
    'rentenversicherungsnummer',
    'rvnr',
    'rv nummer',
    'rv nr',
    'rvnummer',
    'sozialversicherungsnummer',
    'sozialversicherungs nummer',
    'sozialversicherungsnr',
    'versicherungsnummer',
    'svnr',
    'sv nummer',
    'sv nr',
    'vsnr',
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    de: ['rentenversicherung', 'rentenversicherungsnummer', 'sozialversicherungsnummer', 'sv-nummer'],
    en: ['pension insurance number'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'VKVV (Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung), section 2 to 4',
  examples: {
    good: ['24280904W723', '10140181F535', '15020697I895', '15 070649 C 103'],
    bad: ['15070649C104', '15321249C103', '01070649C103', '15071349C103', '5070649C103'],
  },
}
