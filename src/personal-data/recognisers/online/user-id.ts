import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { isRandomToken, isUuid } from '../../values/opaque-id.ts'
import { namesOf } from '../names-of-fields.ts'

/** A number in a file of customers. Shorter ones are ids of processes' users, or the first few that a test makes. */
const bounds: CodeBounds = { length: [5, 18], digits: [4, 18], letters: [0, 6] }

function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (isUuid(bytes, start, end)) return 0.15
  if (isUnixNobody(bytes, start, end)) return 0
  return isCode(bytes, start, end, bounds) || isRandomToken(bytes, start, end, 10, 64) ? 0.1 : 0
}

/** 65534, or 65535: the user of nobody. */
function isUnixNobody(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 5 || (bytes[end - 1] !== 0x34 && bytes[end - 1] !== 0x35)) return false
  return (
    bytes[start] === 0x36 &&
    bytes[start + 1] === 0x35 &&
    bytes[start + 2] === 0x35 &&
    bytes[start + 3] === 0x33
  )
}

const fieldNames = namesOf(
  'user id, userid, user number, user guid, user uuid, customer id, customer number, customer no, customerid, custid',
  'cust no, member id, member number, memberid, membership number, membership no, membership id, subscriber id',
  'subscriber number, client number, employee id, employee number, employee no, staff id, student id, student number',
  'loyalty number, loyalty card number, loyalty id, frequent flyer number, contact id, person id, profile id, guest id',
  'buyer id, shopper id, player id, donor id, applicant id, voter id',
  'kundennummer, kunden nr, kundennr, kundenid, kunden id, benutzer id, nutzer id, benutzerid, nutzerid',
  'mitgliedsnummer, mitglieds nr, mitgliedsnr, personalnummer, mitarbeiternummer, matrikelnummer',
  'numero client, numero de client, id client, identifiant client, numero adherent, id utilisateur, numero abonne',
  'numero de cliente, numero cliente, id cliente, id usuario, numero de socio, codice cliente, codice utente, id utente',
  'numero do cliente, id do usuario, id utilizador, klantnummer, klant nr, klantnr, klantid, gebruikers id, lidnummer',
  'numer klienta, nr klienta, id klienta, id uzytkownika, identyfikator uzytkownika, kundnummer, kundnr, anvandar id',
  'kundenummer, bruker id, bruger id, medlemsnummer, asiakasnumero, kayttaja id, jasennumero, cislo zakaznika',
  'zakaznicke cislo, ugyfelszam, felhasznalo azonosito, id utilizator, musteri no, kullanici id, αριθμος πελατη',
  'номер клиента, 用户标识, 会员号, 顧客番号, 会員番号',
)

/** `customer.idCard` is no customer's number: the words of a path are read in a row. */
const ofPapers = fieldNames
  .filter((name) => name.endsWith(' id'))
  .flatMap((name) =>
    ['card', 'card number', 'document', 'type', 'token', 'country', 'scan'].map((more) => `${name} ${more}`),
  )

export const userId: Recogniser = {
  id: 'user-id',
  name: 'Customer or user number',
  category: 'online',
  forms: [],
  value: confidenceOf,
  fieldNames,
  vagueFieldNames: namesOf('account id'),
  notFieldNames: [
    ...ofPapers,
    ...namesOf(
      'oauth client number, run as user id, system user id, aws account id, contact id type, effective user id, process user id',
      'insurance member id, insurance member number, plan member id, health plan member id, insurance subscriber id',
    ),
  ],
  contextWords: {},
  mask: (value) => maskMiddle(value, 2, 2),
  source: 'GDPR Art. 4(1) and (5): an identifier that someone can attribute; recital 30',
  examples: {
    good: [
      '4711815',
      'KD-10023',
      '272cfe78-f186-4a81-c859-bbb653699390',
      'cus_NffrFeUfNV2Hib',
      '507f1f77bcf86cd799439011',
      'usr_8f3k2m9x1q',
    ],
    bad: ['1', '1000', '65534', 'null', '-1', 'unknown', '0000000', 'admin', '1.2'],
  },
}
