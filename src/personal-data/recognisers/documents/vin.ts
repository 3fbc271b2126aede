import type { Match } from '../../../scan/scanner.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const vinLength = 17

/** A to Z by what 49 CFR 565 table III counts them; I, O and Q are not used. */
const letterValues = [1, 2, 3, 4, 5, 6, 7, 8, -1, 1, 2, 3, 4, 5, -1, 7, -1, 9, 2, 3, 4, 5, 6, 7, 8, 9]
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
/** The check digit's place. */
const checkPlace = 8
const ten = 0x58

function isVin(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== vinLength) return false
  let sum = 0
  for (let i = 0; i < vinLength; i++) {
    const value = valueOf(bytes[start + i])
    if (value < 0) return false
    sum += value * weights[i]
  }
  const { digits, letters, different } = codeShapeOf(bytes, start, end)
  if (digits < 4 || letters < 2 || different < 6) return false
  return !isNorthAmerican(bytes[start]) || isCheck(bytes[start + checkPlace], sum % 11)
}

function valueOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 26 ? letterValues[letter] : -1
}

/** Made in the United States, Canada or Mexico: only there is the check digit law. */
function isNorthAmerican(first: number): boolean {
  return first >= 0x31 && first <= 0x35
}

function isCheck(byte: number, remainder: number): boolean {
  return remainder === 10 ? (byte & ~0x20) === ten : byte === 0x30 + remainder
}

/** Makers of Europe and of cars sold there; the rest are found under the field's name. */
const makers =
  'WAU|WBA|WBS|WBY|WDB|WDC|WDD|WF0|WMA|WME|WMW|WP0|WP1|WUA|WVG|WVW|WV1|WV2|W0L|W0V|W1K|W1N|W1V|VF1|VF3|VF6|VF7|VR1|VR3|VR7|VNK|VSS|VXK|ZAR|ZCF|ZFA|ZFF|ZHW|SAJ|SAL|SAR|SB1|SCC|SHH|SJN|TMA|TMB|TRU|TSM|UU1|XP7|XTA|YS2|YS3|YV1|YV4|JHM|JMB|JMZ|JN1|JSA|JTD|JTE|JTM|KMH|KNA|KNE|LRW|LVY|LSJ|NMT|NLH|5YJ|7SA'

export const vin: Recogniser = {
  id: 'vin',
  name: 'Vehicle identification number (VIN)',
  category: 'identity',
  forms: [
    {
      expression: `(?:${makers})[A-HJ-NPR-Z0-9]{10}\\d{4}`,
      confidence: 0.9,
      check: ({ bytes, start, end }: Match) => isVin(bytes, start, end),
    },
  ],
  value: (bytes, start, end) => (isVin(bytes, start, end) ? 0.5 : 0),
  fieldNames: namesOf(
    'vin, vin number, vin code, vehicle identification number, chassis number, chassis no, vehicle identification',
    'fahrgestellnummer, fahrzeugidentifikationsnummer, fahrzeug identifizierungsnummer, fahrgestell nr, fin nummer',
    'numero de chassis, numero chassis, numero di telaio, numero telaio, numero de bastidor, bastidor',
    'numero de serie vehicule, chassisnummer, numer vin, numer nadwozia, chassinummer, stelnummer, understellsnummer',
    'valmistenumero auto, alvazszam, numar sasiu, broj sasije, sasi no, αριθμος πλαισιου',
  ),
  contextWords: {
    en: namesOf('vin, chassis'),
    de: namesOf('fahrgestellnummer, fin'),
    fr: ['châssis'],
    es: ['bastidor'],
    it: ['telaio'],
    nl: ['chassisnummer'],
    pl: ['nadwozia'],
    pt: ['chassi'],
    sv: ['chassinummer'],
  },
  mask: (value) => maskMiddle(value, 3, 2),
  source: 'ISO 3779 and ISO 3780; 49 CFR part 565 on the check digit',
  examples: {
    good: ['1M8GDM9AXKP042788', '1HGCM82633A004352', 'WVWZZZ1JZXW000001', 'WDB1240661C123457'],
    bad: ['1M8GDM9A1KP042788', 'WVWZZZ1JZXW00000', 'IOQIOQIOQIOQIOQ12', '11111111111111111', 'null'],
  },
}
