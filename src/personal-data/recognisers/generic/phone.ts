import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isDiallable } from './calling-codes.ts'

const between = '[ ./-]{0,2}'
const digits = (count: string): string => `(?:${between}\\(?\\d\\)?){${count}}`

export const phone: Recogniser = {
  id: 'phone',
  name: 'Telephone number',
  category: 'contact',
  forms: [{ expression: `\\+[1-9]${digits('6,15')}(?: ?(?:x|ext\\.?) ?\\d{1,6})?`, confidence: 0.9 }],
  ignoreCase: true,
  check: ({ bytes, start, end }) => {
    let count = 0
    let firstThree = 0
    for (let i = start; i < end && (bytes[i] | 0x20) !== 0x78 && (bytes[i] | 0x20) !== 0x65; i++) {
      const digit = bytes[i] - 0x30
      if (digit < 0 || digit > 9 || isTrunkPrefix(bytes, i)) continue
      if (count < 3) firstThree = firstThree * 10 + digit
      count++
    }
    return isDiallable(firstThree, count)
  },
  fieldNames: [
    'phone',
    'phone number',
    'phone no',
    'telephone',
    'tel',
    'mobile',
    'mobile number',
    'cell',
    'cellphone',
    'msisdn',
    'fax',
    'telefon',
    'telefonnummer',
    'handy',
    'mobil',
    'rufnummer',
    'portable',
    'telefono',
    'movil',
    'cellulare',
    'telefoon',
    'telefoonnummer',
    'mobiel',
    'komorka',
    'telefone',
    'telemovel',
    'celular',
    'whatsapp',
    'contact',
  ],
  contextWords: {
    en: ['phone', 'telephone', 'tel', 'call', 'mobile', 'cell', 'fax', 'dial', 'text', 'whatsapp'],
    de: ['telefon', 'handy', 'mobil', 'anrufen', 'rufnummer'],
    fr: ['téléphone', 'portable', 'appeler', 'tél'],
    es: ['teléfono', 'móvil', 'llamar'],
    it: ['telefono', 'cellulare', 'chiamare'],
    nl: ['telefoon', 'mobiel', 'bellen'],
    pl: ['telefon', 'komórka', 'zadzwoń'],
    pt: ['telefone', 'telemóvel', 'ligar'],
    sv: ['telefon', 'mobil', 'ring'],
  },
  mask: (value) => maskMiddle(value, 2, 2),
  source: 'ITU-T E.164 and E.123',
  examples: {
    good: [
      '+33 1 60678023',
      '+442066372040',
      '+48 22 78307279',
      '+1-203-305-2492x5662',
      '+44 (0)20 7946 0018',
      '+49 (30) 901820',
      '+1 (202) 456-1111',
    ],
    bad: [
      '+33 1 606780',
      '+0 123 456 789',
      '+999 123 456 789',
      '+12:34:56',
      '+4420663720401234',
      '1+1234567',
      '+210 1234567',
    ],
  },
}

/** `(0)`: dialled inside the country only, and not part of the international number. */
function isTrunkPrefix(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x30 && bytes[at - 1] === 0x28 && bytes[at + 1] === 0x29
}
