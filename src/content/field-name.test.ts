import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldName } from './field-name.ts'
import { TableTracker } from './table.ts'

test('names of fields stay as they are', () => {
  const names = `email customerEmail cust_ref taxId IBAN x-forwarded-for xml:lang address1 utf8mb4 sha256 iso27001 2fa
    MAX_LENGTH_OF_FIELD_2 numberOfRequestsIn24Hours p95 H1 SHA256 t.col12 p.name X-Request-ID PHPSESSID $1 $12 Имя 電話番号 prénom $ref _id we"ird`
  for (const name of [
    '',
    'First Name',
    'Date of birth',
    'Nom de famille',
    'E-Mail',
    'Telefon privat nummer',
    'column 2',
    '$2 ethnic_group',
    ...names.split(/\s+/),
  ])
    assert.equal(fieldName(name), name)
})

test('names that are values are not shown', () => {
  const values = [
    ...[
      'jane@example.org',
      'DE89370400440532013000',
      '4111 1111 1111 1111',
      '+49 30 901820',
      '536-90-4399',
      '10.0.0.1',
    ],
    ...[
      '2001:db8::1',
      'fe80::1',
      '17',
      '2024-11-20',
      '8f14e45f-ceea-467f-a0e6-9cf1b6d5f3a1',
      'V1StGXR8Z5jdHi6B',
    ],
    ...[
      'ABCPE1234F',
      'E11.9',
      'I10',
      'AKIAHLQWBLYRAUINS2H7',
      'tok_tG9vKq2LmZ4xWc7RbQ',
      'P<UTOERIKSSON<<ANNA',
      'AB-123-CD',
      'A10BA02',
      'p.Phe508del',
    ],
    ...['Anna Meier', 'Meier,Anna', 'Dr. Anna Meier', 'Иван Петров', '42 Elm', '$2 Anna Meier'],
  ]
  for (const value of values) assert.equal(fieldName(value), '*', value)
})

test('indexes in brackets are left out, and what is a value in them is not shown', () => {
  const table: [name: string, shown: string][] = [
    ['items[0][email]', 'items[][email]'],
    ['items[][email]', 'items[][email]'],
    ['patients[Anna Meier][phone]', 'patients[*][phone]'],
    ['jane@example.org[0]', '*[]'],
    ['a[b', 'a[b]'],
    ['a[0]jane@example.org', 'a[]*'],
    ['[7]', '[]'],
  ]
  for (const [name, shown] of table) assert.equal(fieldName(name), shown, name)
})

const tables: [first: string, columns: string[]][] = [
  ['name,email', ['name', 'email']],
  ['Vorname;Nachname;Geburtsdatum;Straße', ['Vorname', 'Nachname', 'Geburtsdatum', 'Straße']],
  ['prénom,nom,adresse e-mail,n°', ['prénom', 'nom', 'adresse e-mail', 'n°']],
  [
    'Nombre;Apellidos;Fecha de nacimiento;Teléfono',
    ['Nombre', 'Apellidos', 'Fecha de nacimiento', 'Teléfono'],
  ],
  ['imię;nazwisko;PESEL;płeć', ['imię', 'nazwisko', 'PESEL', 'płeć']],
  ['voornaam\tachternaam\tgeboortedatum', ['voornaam', 'achternaam', 'geboortedatum']],
  ['Fornavn;Etternavn;Fødselsdato', ['Fornavn', 'Etternavn', 'Fødselsdato']],
  ['Ad;Soyadı;Doğum tarihi', ['Ad', 'Soyadı', 'Doğum tarihi']],
  ['Имя;Фамилия;Телефон', ['Имя', 'Фамилия', 'Телефон']],
  ['姓名,手机号,地址', ['姓名', '手机号', '地址']],
  ['氏名,住所,電話番号', ['氏名', '住所', '電話番号']],
  ['이름,주소,전화번호', ['이름', '주소', '전화번호']],
  ['cust_ref,firstName,x_17', ['cust_ref', 'firstName', 'x_17']],
  ['Customer Number|Email|', ['Customer Number', 'Email', 'column 3']],
  ['\ufeffid,name', ['id', 'name']],
  // A name among known ones that is none by itself.
  ['Name;Anna Meier;Telefon;Ort', ['Name', 'column 2', 'Telefon', 'Ort']],
]

const people = [
  'Anna Meier,Berlin',
  'Meier;Anna;Lehrerin',
  'jane@example.org,Jane',
  'Anna,+49 30 901820',
  'Katie,Price,London',
  'Rose Street,unknown,Bristol',
  'Dupont,Jean,Lyon',
  'García,María,Sevilla',
  'Kowalski;Jan;Kraków',
  'Иванов;Иван;Москва',
  '王,伟,北京',
  'McDonald;Ronald',
  'Müller,Hans,DE89370400440532013000',
  '17,name',
]

function columnsAfter(first: string, count: number): string[] {
  const tracker = new TableTracker(first.includes('\t') ? 0x09 : 0)
  const bytes = Buffer.from(`${first}\r\n`)
  tracker.read(bytes, 0, bytes.length)
  const separator = Buffer.from(/[,;\t|]/.exec(first)?.[0] ?? ',')
  return Array.from({ length: count }, () => {
    const name = tracker.field()
    tracker.read(separator, 0, 1)
    return name
  })
}

test('a first record of names names the columns, in many languages', () => {
  for (const [first, columns] of tables) assert.deepEqual(columnsAfter(first, columns.length), columns)
})

test('a first record of people does not', () => {
  for (const first of people)
    assert.deepEqual(columnsAfter(first, 3), ['column 1', 'column 2', 'column 3'], first)
})

test('no name whatever makes it fail, and what it shows is no longer', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]@:1a B_é,\n') }), (name) => {
      assert.ok(fieldName(name).length <= name.length + 2)
    }),
  )
})
