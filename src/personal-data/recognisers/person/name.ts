import { isCapital } from '../../../lib/ascii.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { isDottedPath } from '../../values/dotted-path.ts'
import { shapeOf } from '../../values/value-shape.ts'
import { isEverydayWord } from '../../names/everyday-words.ts'
import { startsWithGivenName } from '../../names/given-names.ts'

/** Words of the longest names that people write, with titles and particles. */
const mostWords = 7

/** How sure one can be of a text that is made like a name: by what its words are. */
function confidenceOfName(bytes: Uint8Array, start: number, end: number): number {
  const { words, capitalised, letters, digits, commas, others, longestWord } = shapeOf(bytes, start, end)
  if (digits > 0 || others > partsOf(bytes, start, end) || commas > 1 || words === 0 || words > mostWords)
    return 0
  if (letters < 2 || longestWord > 30 || isPlaceholder(bytes, start, end) || isDottedPath(bytes, start, end))
    return 0
  if (words === 1 && isJoinedInCode(bytes, start, end)) return 0
  const isKnown = startsWithGivenName(bytes, start, end)
  // In small letters they are words of other things as well: floor, mark-two, even order.
  if (words === 1 && capitalised === 0) return letters < 3 ? 0 : isKnown ? 0.06 : 0.05
  if (capitalised === 0) return startsWithNameAlone(bytes, start, end) ? 0.12 : 0.03
  if (words === 1) return isKnown && !isEverydayWord(bytes, start, end) ? 0.12 : 0.05
  if (capitalised < 2) return isKnown ? 0.12 : 0.03
  return isKnown ? 0.6 : 0.1
}

/** What stands between the parts of a name in HL7 and DICOM: `DOE^JOHN`. */
function partsOf(bytes: Uint8Array, start: number, end: number): number {
  let carets = 0
  for (let i = start; i < end; i++) if (bytes[i] === 0x5e) carets++
  return carets
}

/** Whether the first word is a given name, and no everyday word. */
function startsWithNameAlone(bytes: Uint8Array, start: number, end: number): boolean {
  const space = bytes.indexOf(0x20, start)
  const first = space < 0 || space > end ? end : space
  return startsWithGivenName(bytes, start, first) && !isEverydayWord(bytes, start, first)
}

/** Small letters of the longest prefix that a capital follows in a name: `MacDonald`, `FitzGerald`. */
const longestPrefix = 3

/** `GeneratorFunction`: words joined as programs do it. */
function isJoinedInCode(bytes: Uint8Array, start: number, end: number): boolean {
  let smalls = 0
  for (let i = start; i < end; i++) {
    if (isCapital(bytes[i]) && smalls > longestPrefix) return true
    smalls = bytes[i] >= 0x61 && bytes[i] <= 0x7a ? smalls + 1 : 0
  }
  return false
}

const english = [
  'full name',
  'first name',
  'firstname',
  'last name',
  'lastname',
  'middle name',
  'given name',
  'givenname',
  'family name',
  'surname',
  'forename',
  'maiden name',
  'birth name',
  'legal name',
  'preferred name',
  'real name',
  'display name',
  'customer name',
  'client name',
  'patient name',
  'name of the patient',
  'person name',
  'people name',
  'user full name',
  'member name',
  'employee name',
  'student name',
  'teacher name',
  'guest name',
  'passenger name',
  'driver name',
  'contact name',
  'contact person',
  'recipient name',
  'sender name',
  'applicant name',
  'candidate name',
  'owner name',
  'holder name',
  'card holder',
  'cardholder',
  'cardholder name',
  'account holder',
  'account name',
  'beneficiary name',
  'doctor name',
  'physician name',
  'nurse name',
  'author name',
  'buyer name',
  'seller name',
  'subscriber name',
  'policyholder',
  'policy holder',
  'policyholder name',
  'insured name',
  'father name',
  'mother name',
  'mothers maiden name',
  'spouse name',
  'child name',
  'guardian name',
  'emergency contact name',
  'fname',
  'lname',
  'ship to name',
  'shipping name',
  'billing name',
  'subject name',
  'attendee name',
  'payer name',
  'payee name',
  'witness name',
  'signatory',
  'name family',
  'name given',
]

const others = [
  // German
  'vorname',
  'vornamen',
  'nachname',
  'familienname',
  'geburtsname',
  'zuname',
  'vollstandiger name',
  'kundenname',
  'patientenname',
  'ansprechpartner',
  'kontoinhaber',
  'karteninhaber',
  'versicherter',
  'versicherungsnehmer',
  'empfanger name',
  'name des patienten',
  'rufname',
  // French
  'nom de famille',
  'nom complet',
  'nom patient',
  'nom client',
  'nom du patient',
  'nom du client',
  'nom de naissance',
  'nom naissance',
  'nom usage',
  'prenom',
  'prenoms',
  'titulaire',
  // Spanish
  'nombre completo',
  'nombres',
  'primer nombre',
  'segundo nombre',
  'apellido',
  'apellidos',
  'primer apellido',
  'segundo apellido',
  'nombre paciente',
  'nombre cliente',
  'nombre del paciente',
  'nombre del cliente',
  'nombre y apellidos',
  // Italian
  'cognome',
  'nome completo',
  'nome cognome',
  'nome e cognome',
  'nominativo',
  'intestatario',
  'nome paziente',
  'nome cliente',
  // Portuguese
  'sobrenome',
  'apelido',
  'nome proprio',
  'primeiro nome',
  'ultimo nome',
  'nome paciente',
  'nome do paciente',
  'nome do cliente',
  'nome da mae',
  // Dutch
  'voornaam',
  'voornamen',
  'achternaam',
  'familienaam',
  'volledige naam',
  'roepnaam',
  'geboortenaam',
  'klantnaam',
  'patientnaam',
  // Polish, Czech, Slovak, Croatian, Slovenian
  'imie',
  'imię',
  'jméno',
  'příjmení',
  'keresztnév',
  'vezetéknév',
  'teljes név',
  'επώνυμο',
  'soyadı',
  'imiona',
  'nazwisko',
  'imie i nazwisko',
  'nazwisko panienskie',
  'jmeno',
  'prijmeni',
  'meno',
  'priezvisko',
  'prezime',
  'priimek',
  // Swedish, Danish, Norwegian, Finnish
  'fornamn',
  'efternamn',
  'fullstandigt namn',
  'fornavn',
  'efternavn',
  'etternavn',
  'fulde navn',
  'fullt navn',
  'etunimi',
  'sukunimi',
  'koko nimi',
  // Hungarian, Romanian, Turkish, Estonian, Latvian, Lithuanian
  'vezeteknev',
  'keresztnev',
  'teljes nev',
  'prenume',
  'nume complet',
  'nume de familie',
  'soyad',
  'soyadi',
  'ad soyad',
  'eesnimi',
  'perekonnanimi',
  'vards',
  'uzvards',
  'vardas',
  'pavarde',
  // Greek, Russian, Ukrainian, Bulgarian
  'ονομα',
  'επωνυμο',
  'ονοματεπωνυμο',
  'имя',
  'фамилия',
  'отчество',
  'фио',
  'име',
  // Chinese, Japanese, Korean
  '姓名',
  '氏名',
  'お名前',
  '이름',
  '성명',
]

/** Names of what is no person. */
const otherNames = [
  ...['user name', 'username', 'login name', 'screen name', 'nick name', 'nickname', 'file name', 'filename'],
  ...[
    'host name',
    'hostname',
    'domain name',
    'server name',
    'service name',
    'class name',
    'classname',
    'tag name',
  ],
  ...['product name', 'item name', 'brand name', 'category name', 'company name', 'organisation name'],
  ...[
    'organization name',
    'business name',
    'firm name',
    'team name',
    'group name',
    'project name',
    'package name',
  ],
  ...['app name', 'application name', 'event name', 'city name', 'country name', 'region name', 'state name'],
  ...['street name', 'bank name', 'table name', 'column name', 'field name', 'key name', 'variable name'],
  ...['function name', 'method name', 'module name', 'space name', 'namespace', 'node name', 'pod name'],
  ...['container name', 'image name', 'cluster name', 'role name', 'rule name', 'policy name', 'short name'],
  ...['code name', 'type name', 'cookie name', 'header name', 'parameter name', 'template name', 'font name'],
  ...['font family', 'device name', 'model name', 'plan name', 'campaign name', 'channel name', 'store name'],
  ...['shop name', 'hospital name', 'department name', 'school name', 'course name', 'job name', 'task name'],
  ...['schema name', 'database name', 'index name', 'queue name', 'topic name', 'stream name', 'bucket name'],
  ...[
    'merchant name',
    'vendor name',
    'supplier name',
    'account name id',
    'user agent',
    'user id',
    'user type',
  ],
  ...[
    'customer id',
    'client id',
    'patient id',
    'owner id',
    'author id',
    'contact id',
    'contact type',
    'ad id',
  ],
]

/** Of names of fields that hold several: `lastNames`. */
function plurals(names: readonly string[]): string[] {
  return names.filter((each) => each.endsWith('name')).map((each) => `${each}s`)
}

export const name: Recogniser = {
  id: 'name',
  name: 'Name of a person',
  category: 'identity',
  forms: [],
  value: confidenceOfName,
  fieldNames: [...english, ...plurals(english), ...others],
  vagueFieldNames: [
    ...[
      'name',
      'names',
      'naam',
      'namn',
      'navn',
      'nom',
      'nome',
      'nombre',
      'nazwa',
      'nimi',
      'nev',
      'név',
      'nume',
      'ime',
      'ad',
    ],
    ...[
      'given',
      'family',
      'holder',
      'patient',
      'customer',
      'client',
      'employee',
      'recipient',
      'sender',
      'contact',
    ],
    ...[
      'author',
      'owner',
      'assignee',
      'manager',
      'doctor',
      'physician',
      'passenger',
      'guest',
      'user',
      'person',
    ],
    ...[
      'kunde',
      'empfanger',
      'inhaber',
      'arzt',
      'cliente',
      'paciente',
      'paziente',
      'medico',
      'klant',
      'beneficiary',
    ],
    ...[
      'payer',
      'payee',
      'applicant',
      'candidate',
      'attendee',
      'by',
      'creator',
      'organizer',
      'organiser',
      'attendees',
      'participant',
      'participants',
      'passengers',
      'guests',
      'reporter',
      'representative',
    ],
  ],
  notFieldNames: [...otherNames, ...plurals(otherNames)],
  contextWords: {},
  mask: (value) => maskMiddle(value, 1, 0),
  source: 'GDPR Art. 4(1); names of fields as records of nine and more languages have them',
  examples: {
    good: [
      'Anna Meier',
      "Siobhán O'Brien",
      'Kristýna van den Berg',
      'García Márquez, Gabriel',
      'ANNA MEIER',
      'DOE^JOHN',
    ],
    bad: [
      'GeneratorFunction',
      '4711',
      'null',
      'https://example.com',
      'anna@example.com',
      'A',
      'Room 12',
      '{}',
    ],
  },
}
