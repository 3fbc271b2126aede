import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

/** ICAO 9303 has room for nine characters, and puts longer ones elsewhere; no state uses more than four letters but Germany. */
const bounds: CodeBounds = { length: [6, 12], digits: [3, 12], letters: [0, 6], separators: 2 }

/** Much else is written so, and a passport's number has no checksum of its own. */
const inText = 0.08

export const passportNumber: Recogniser = {
  id: 'passport-number',
  name: 'Passport number',
  category: 'identity',
  // Of states whose numbers have a form: a word such as passport must stand near.
  forms: [
    { expression: '\\d{9}', confidence: inText },
    { expression: '[A-Z]\\d{8}', confidence: inText },
    { expression: '[A-Z]{2}\\d{7}', confidence: inText },
    { expression: '[A-Z]{3}\\d{6}', confidence: inText },
    { expression: '\\d{2}[A-Z]{2}\\d{5}', confidence: inText },
  ],
  check: ({ bytes, start, end }) => isCode(bytes, start, end, bounds),
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.15 : 0),
  fieldNames: namesOf(
    'passport number, passport, passport no, passport num, passport nr, passport id, passportnumber, passportno',
    'travel document number, reisepass, reisepassnummer, passnummer, reisepass nr, pass nr',
    'passeport, numero passeport, numero de passeport, n passeport, no passeport',
    'pasaporte, numero de pasaporte, numero pasaporte, no pasaporte',
    'passaporto, numero passaporto, numero di passaporto, numero del passaporto, n passaporto',
    'passaporte, numero do passaporte, numero passaporte',
    'paspoort, paspoortnummer, paspoort nummer, paszport, numer paszportu, nr paszportu, seria i numer paszportu',
    'passnr, pasnummer, passin numero, passinumero, cislo pasu, cestovni pas, cislo cestovniho pasu',
    'utlevelszam, utlevel, numar pasaport, pasaport, pasaport numarasi, pasaport no',
    'διαβατηριο, αριθμος διαβατηριου, паспорт, номер паспорта, 护照, 护照号, 旅券番号, 여권번호',
  ),
  notFieldNames: namesOf(
    'passport expiry, passport country, passport issuer, passport strategy, passport date',
  ),
  contextWords: {
    en: namesOf('passport, passport number, travel document'),
    de: namesOf('reisepass, passnummer, pass nr'),
    fr: ['passeport'],
    es: ['pasaporte'],
    it: ['passaporto'],
    nl: ['paspoort'],
    pl: namesOf('paszport, paszportu'),
    pt: ['passaporte'],
    sv: namesOf('pass nummer, passnummer, passnr'),
  },
  mask: (value) => maskMiddle(value, 1, 2),
  source:
    'ICAO Doc 9303 part 4, data element 6; PRADO, the public register of the Council of the European Union',
  examples: {
    good: [
      'C01X00T47',
      '925665416',
      'YA1234567',
      'AAB123456',
      '12AB34567',
      'L898902C3',
      'PA 0940443',
      'c4rt1pfw4',
    ],
    bad: [
      'null',
      '000000000',
      'PASSPORT',
      'UTO',
      '12345',
      'Yes',
      '${passport}',
      'C01X-00T4-7X0-T12-9',
      '2031-01-01T00:00',
    ],
  },
}
