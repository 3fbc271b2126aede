import { isCapital, isLetterOrBeyondAscii } from '../../../lib/ascii.ts'
import { hashText, hashWord } from '../../judging/word-hash.ts'
import { maskMiddle } from '../../masking.ts'
import { startsWithGivenName } from '../../names/given-names.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { namesOf } from '../names-of-fields.ts'

const shortest = 3
const longest = 64
/** From this length on, words written as one are taken for a type of a program. */
const typeLength = 20
const DOT = 0x2e

const fieldNames = namesOf(
  'username, user name, login name, loginname, user login, screen name, screenname, nickname, nick name, twitter handle',
  'github username, sam account name, samaccountname, user principal name, preferred username, social handle, gamertag',
  'benutzername, nutzername, anmeldename, benutzerkennung, spitzname, nom utilisateur, nom d utilisateur',
  'identifiant utilisateur, pseudonyme, nombre de usuario, nombre usuario, apodo, nome utente, nomeutente, soprannome',
  'nome de usuario, nome usuario, nome de utilizador, apelido de usuario, gebruikersnaam, bijnaam, nazwa uzytkownika',
  'anvandarnamn, användarnamn, brugernavn, brukernavn, kayttajanimi, kayttajatunnus, uzivatelske jmeno, pouzivatelske meno',
  'felhasznalonev, nume utilizator, korisnicko ime, uporabnisko ime, kullanici adi, ονομα χρηστη, имя пользователя, 用户名',
)

/** Accounts of programs and the parts that their names have, and what programs call the name itself. */
const machines = new Set(
  `${fieldNames.join(' ')} admin administrator root str int foo bar baz hover focus active before after not first last disabled invalid checked account name system service svc srv sys app api bot daemon nobody www web data http server client host agent worker job cron batch sync backup restore deploy build ci cd git github gitlab jenkins runner monitor metrics exporter prometheus grafana postgres postgresql mysql maria mariadb mongo mongodb redis rabbitmq kafka elastic elasticsearch kibana oracle sa dbo db database nginx apache tomcat docker kube kubernetes k node default guest public anonymous test tester demo sample example dev prod staging qa support info contact noreply reply mail postmaster webmaster hostmaster operator manager read write readonly readwrite ro rw owner master slave replica replicator proxy gateway ftp ssh sftp ldap vagrant ubuntu debian centos ec azureuser opc core pi true false null none undefined string text value field input label placeholder required optional this self props state params body request req res response event target form query benutzer`
    .split(' ')
    .map(hashText),
)

function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < shortest || end - start > longest || isPlaceholder(bytes, start, end)) return 0
  let letters = 0
  let marks = 0
  for (let i = start; i < end; i++) {
    if (isLetterOrBeyondAscii(bytes[i])) letters++
    else if (!isMark(bytes[i])) return 0
    else marks++
  }
  if (letters < 2 || isOfMachine(bytes, start, end) || isOfRole(bytes, end) || isType(bytes, start, end))
    return 0
  if (startsWithGivenName(bytes, start, end)) return 0.3
  return marks > 0 ? 0.06 : 0.04
}

/** Whether one of its words is of a program: `app_orders`, `www-data`, `this.state.username`. */
function isOfMachine(bytes: Uint8Array, start: number, end: number): boolean {
  let from = start
  for (let i = start; i <= end; i++) {
    if (i < end && isLetterOrBeyondAscii(bytes[i])) continue
    // A letter and a dot before more are a variable and its field as often as an initial.
    if (i > from && machines.has(hashWord(bytes, from, i))) return true
    if (i === start + 1 && bytes[i] === DOT) return true
    from = i + 1
  }
  return false
}

/** `proxyuser`, `webhookbot` */
function isOfRole(bytes: Uint8Array, end: number): boolean {
  return roles.has(hashWord(bytes, end - 4, end)) || roles.has(hashWord(bytes, end - 3, end))
}

const roles = new Set(['user', 'bot'].map(hashText))

/** `URLPatternComponentResult`: letters alone, three or more words, and longer than people make them. */
function isType(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < typeLength) return false
  let humps = 0
  for (let i = start; i < end; i++) {
    if (!isLetterOrBeyondAscii(bytes[i])) return false
    if (i > start && isCapital(bytes[i]) && !isCapital(bytes[i - 1])) humps++
  }
  return humps > 1
}

/** A digit, `.`, `_` or `-`. */
function isMark(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === DOT || byte === 0x5f || byte === 0x2d
}

export const username: Recogniser = {
  id: 'username',
  name: 'User name',
  category: 'online',
  forms: [],
  value: confidenceOf,
  fieldNames,
  notFieldNames: namesOf(
    'database username, db username, service username, username field, username attribute, smtp username',
  ),
  contextWords: {},
  mask: (value) => maskMiddle(value, 1, 0),
  source: 'GDPR recital 30: online identifiers; names of fields as directories and sign-in forms have them',
  examples: {
    good: ['anna.meier', 'jdoe42', 'xX_hunter_Xx', 'm_schmidt', 'kristyna', 'sunflower77'],
    bad: [
      'root',
      'www-data',
      'app_orders',
      'e.username',
      'postgres',
      'null',
      '42',
      'true',
      '${username}',
      'User name',
      'svc-backup',
      'proxyuser',
      'URLPatternComponentResult',
      'Benutzername',
    ],
  },
}
