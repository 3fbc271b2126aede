import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

/**
 * Letters and digits, as all European states but Denmark before 1976 have both. They change at most three times: British
 * plates of `A999AAA`, Dutch ones of `9-AAA-99`, Austrian ones of `W-12345A`.
 */
function isPlate(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4 || end - start > 13) return false
  const { digits, letters, capitals, smalls, separators, others, changes } = codeShapeOf(bytes, start, end)
  const length = digits + letters
  return (
    others === umlauts(bytes, start, end) &&
    (capitals === 0 || smalls === 0) &&
    length >= 4 &&
    length <= 9 &&
    digits >= 1 &&
    digits <= 6 &&
    letters >= 1 &&
    letters <= 6 &&
    separators <= 3 &&
    changes <= 3
  )
}

/** Bytes of Ä, Ö and Ü, which German districts have (`MÜ-AB 123`). */
function umlauts(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let i = start; i + 1 < end; i++) {
    const isUmlaut =
      bytes[i] === 0xc3 && (bytes[i + 1] === 0x84 || bytes[i + 1] === 0x96 || bytes[i + 1] === 0x9c)
    if (isUmlaut) count += 2
  }
  return count
}

export const vehiclePlate: Recogniser = {
  id: 'vehicle-plate',
  name: 'Vehicle registration plate',
  category: 'identity',
  forms: [
    // France and Italy.
    { expression: '[A-HJ-NP-TV-Z]{2}-\\d{3}-[A-HJ-NP-TV-Z]{2}', confidence: 0.25 },
    // Great Britain since 2001.
    { expression: '[A-Z]{2}[0-7]\\d [A-Z]{3}', confidence: 0.1 },
    // Germany.
    { expression: '[A-Z]{1,3}-[A-Z]{1,2} \\d{1,4}[EH]?', confidence: 0.1 },
  ],
  value: (bytes, start, end) => (isPlate(bytes, start, end) ? 0.15 : 0),
  fieldNames: namesOf(
    'license plate, licence plate, number plate, plate number, plate no, registration plate, vehicle registration',
    'vehicle registration number, vehicle plate, registration mark, vrm, vrn, car plate, licenseplate, numberplate',
    'vehicle reg, car registration, reg plate',
    'kfz kennzeichen, autokennzeichen, kfzkennzeichen, amtliches kennzeichen, nummernschild, plaque immatriculation',
    'plaque d immatriculation, immatriculation, numero immatriculation, matricula vehiculo, placa vehiculo',
    'matricula del vehiculo, matricula coche, targa, targa veicolo, numero targa, matricula do veiculo, placa do veiculo',
    'kenteken, kentekennummer, numer rejestracyjny, nr rejestracyjny, tablica rejestracyjna',
    'registreringsskylt, nummerplade, registreringsnummer, regnr, regnummer, rekisterinumero, rekisteritunnus',
    'spz, registracni znacka, rendszam, numar inmatriculare, numar de inmatriculare, registrska stevilka',
    'registarska oznaka, plaka no, πινακιδα, госномер, 车牌号',
  ),
  vagueFieldNames: namesOf('plate, kennzeichen, matricula, plaka'),
  notFieldNames: namesOf('plate type, number plate colour, company registration, registration number'),
  contextWords: {
    en: namesOf('license plate, licence plate, number plate, registration plate, car registration, plate'),
    de: namesOf('kennzeichen, nummernschild'),
    fr: namesOf('immatriculation, immatriculé, immatriculée, plaque'),
    es: namesOf('matrícula, placa'),
    it: namesOf('targa, targata, targato'),
    nl: ['kenteken'],
    pl: namesOf('numer rejestracyjny, numerze rejestracyjnym, rejestracja'),
    pt: namesOf('matrícula, placa'),
    sv: namesOf('registreringsnummer, regnr, nummerplåt'),
  },
  mask: (value) => maskMiddle(value, 2, 0),
  source: 'Convention on Road Traffic (Vienna 1968) annex 2; national forms of European states',
  examples: {
    good: [
      'B-MW 1234',
      'M-AB 123E',
      'AB-123-CD',
      'AB12 CDE',
      '1234 BCD',
      'GB-001-B',
      'W-12345A',
      'ABC 123',
      '1-ABC-234',
      'WA 12345',
    ],
    bad: ['null', '1234', 'SEDAN', 'x', 'AB12CD34EF', 'a1b2c3', 'registration: 1', '2024-01-02'],
  },
}
