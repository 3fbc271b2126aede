import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const bounds: CodeBounds = { length: [7, 14], digits: [4, 14], letters: [0, 5] }

export const residencePermit: Recogniser = {
  id: 'residence-permit',
  name: 'Residence permit number',
  category: 'identity',
  forms: [],
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.08 : 0),
  fieldNames: namesOf(
    'residence permit number, residence permit, residence permit no, residence card, residence card number',
    'residency permit, biometric residence permit, brp number, green card number, alien registration number',
    'uscis number, permanent resident card, visa number, visa no',
    'aufenthaltstitel, aufenthaltserlaubnis, aufenthaltskarte, niederlassungserlaubnis, aufenthaltstitelnummer',
    'titre de sejour, numero titre sejour, numero titre de sejour, carte de sejour, permis de sejour',
    'permiso de residencia, tarjeta de residencia, permesso di soggiorno, carta di soggiorno',
    'autorizacao de residencia, titulo de residencia, verblijfsvergunning, verblijfsdocument, verblijfstitel',
    'karta pobytu, numer karty pobytu, zezwolenie na pobyt, uppehallstillstand, uppehallskort, opholdstilladelse',
    'opholdskort, oppholdstillatelse, oleskelulupa, oleskelulupakortti, povoleni k pobytu, tartozkodasi engedely',
    'permis de sedere, boravisna dozvola, dovoljenje za prebivanje, ikamet izni, αδεια διαμονης, вид на жителство',
  ),
  notFieldNames: namesOf('residence permit expiry, residence permit type, visa type'),
  contextWords: {},
  mask: (value) => maskMiddle(value, 2, 2),
  source: 'Regulation (EC) No 1030/2002 on residence permits, annex, document number',
  examples: {
    good: ['ZR1234567', 'YZ0012345', '9903AB1234', 'A012345678', '712345678'],
    bad: ['null', 'Permanent', '0000000', '12345', 'EU Blue Card', '2031-01-01T00:00'],
  },
}
