import type { Match } from '../../../scan/scanner.ts'
import { isDate } from '../../checksums/dates.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const bounds: CodeBounds = { length: [5, 20], digits: [4, 20], letters: [0, 10], separators: 5 }

/**
 * Great Britain: five letters of the surname, filled up with 9; decade, month (with 50 more for a woman), day and year of
 * birth; two initials or 9; a digit and two letters that the issuer computes.
 */
function isBritish({ bytes, start, end }: Match): boolean {
  let at = start
  const digit = (): number => {
    while (at < end && (bytes[at] < 0x30 || bytes[at] > 0x39)) at++
    return bytes[at++] - 0x30
  }
  // The surname's fillers, if it has any, stand before the sixth character.
  at = start + 5
  if (bytes[at] === 0x20) at++
  const decade = digit()
  const month = (digit() * 10 + digit()) % 50
  const day = digit() * 10 + digit()
  const year = decade * 10 + digit()
  // 2000 has the leap day that any year of two digits may have.
  return isDate(year % 4 === 0 ? 2000 : 2001, month, day)
}

export const drivingLicence: Recogniser = {
  id: 'driving-licence',
  name: 'Driving licence number',
  category: 'identity',
  forms: [
    {
      expression:
        '(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999) ?\\d[0156]\\d[0-3]\\d\\d ?[A-Z][A-Z9]\\d[A-Z]{2}(?: \\d\\d)?',
      confidence: 0.97,
      check: isBritish,
    },
  ],
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.08 : 0),
  fieldNames: namesOf(
    'driving licence, driving licence number, driving licence no, driving license, driving license number',
    'driver licence, drivers licence, driver licence number, drivinglicence, dvla number, licence number driver',
    'fuhrerschein, führerschein, fuhrerscheinnummer, führerscheinnummer, fuehrerschein, fuehrerscheinnummer',
    'permis de conduire, permis conduire, numero permis, numero de permis, numero permis conduire',
    'permiso de conducir, permiso conducir, carnet de conducir, licencia de conducir, licencia conducir',
    'patente di guida, patente guida, numero patente, numero patente guida',
    'carta de conducao, carta conducao, carteira de motorista, cnh, numero cnh, carteira nacional de habilitacao',
    'rijbewijs, rijbewijsnummer, rijbewijs nummer, prawo jazdy, numer prawa jazdy, nr prawa jazdy',
    'korkort, körkort, korkortsnummer, forerkort, forerkortnummer, korekort, kørekort, korekortnummer',
    'ajokortti, ajokortin numero, ridicsky prukaz, cislo ridicskeho prukazu, vodicsky preukaz, jogositvany',
    'permis auto, vozacka dozvola, vozniško dovoljenje, surucu belgesi, ehliyet no, ehliyet, водительское удостоверение',
  ),
  notFieldNames: namesOf('driving licence expiry, driving licence country, driving licence class'),
  contextWords: {
    en: namesOf('driving licence, driving license, driver licence, dvla'),
    de: ['führerschein'],
    fr: ['permis de conduire'],
    es: ['permiso de conducir', 'carnet de conducir'],
    it: ['patente di guida'],
    nl: ['rijbewijs'],
    pl: ['prawo jazdy'],
    pt: ['carta de condução'],
    sv: ['körkort'],
  },
  mask: (value) => maskMiddle(value, 2, 2),
  source: 'Directive 2006/126/EC annex I, field 5; DVLA, driver number of Great Britain',
  examples: {
    good: [
      'MORGA657054SM9IJ',
      'MORGA657054SM9IJ 35',
      'JO999802019A99AB',
      'B072RRE2I55',
      'FO999 512310 J99XA',
      '12AB34567',
      '3254719280',
    ],
    bad: ['null', 'Klasse B', '000000000', 'B', '1234', '${licence}', 'MORGAN', 'Yes', '2031-01-01T00:00:00'],
  },
}
