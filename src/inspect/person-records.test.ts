import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { fieldsInBody } from '../../test/support/inspected-body.ts'
import { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import { ContentInspector } from './content-inspector.ts'
import { documentFormat } from '../content/document-format.ts'
import { DocumentDetector } from './document-detector.ts'
import { DetectionChoice } from './detection-choice.ts'
import { FlowFindings } from './flow-findings.ts'
import { limits } from './limits.ts'

const many = (count: number, text: string): string => Array.from({ length: count }, () => text).join(',')

/** Names and places under vague names count in the record of a person, wherever they stand in it, and nowhere else. */
const cases: [name: string, mediaType: string, text: string, found: string[]][] = [
  [
    'an object, the vague name first',
    'application/json',
    '{"nom":"Dupont","prenom":"Jean"}',
    ['name $.nom', 'name $.prenom'],
  ],
  [
    'an object, the vague name last',
    'application/json',
    '{"birthDate":"1980-03-01","x":[{"y":1}],"name":"Dupont","city":"Lyon"}',
    ['date-of-birth $.birthDate', 'name $.name', 'postal-address $.city'],
  ],
  [
    'an object with another in it',
    'application/json',
    '{"name":"Dupont","home":{"city":"Lyon"},"birthDate":"1980-03-01"}',
    ['date-of-birth $.birthDate', 'name $.name'],
  ],
  [
    'a value in an array',
    'application/json',
    '{"names":["Dupont","Durand"],"birthDate":"1980-03-01"}',
    ['date-of-birth $.birthDate', 'name $.names[]', 'name $.names[]'],
  ],
  [
    'not the next object',
    'application/json',
    '[{"birthDate":"1980-03-01"},{"name":"Dupont"},{"x":{"birthDate":"1980-03-01"},"name":"Durand"}]',
    ['date-of-birth $[].birthDate', 'date-of-birth $[].x.birthDate'],
  ],
  [
    'a person with a whole name has no other, and an address',
    'application/json',
    '{"customerName":"Anna Meier","name":"Blue Mug","city":"Lyon"}',
    ['name $.customerName', 'postal-address $.city'],
  ],
  [
    'not a company',
    'application/json',
    '{"name":"Acme GmbH","email":"info@acme.example","phone":"+49 30 901820","city":"Lyon","iban":"DE89370400440532013000"}',
    ['email $.email', 'iban $.iban', 'phone $.phone'],
  ],
  ['not a product', 'application/json', '{"name":"Blue Mug","created":"2024-03-12","sku":"B-1"}', []],
  ['not a book', 'application/json', '{"author":"Anna Meier","name":"Blue Mug"}', ['name $.author']],
  ['not a place', 'application/json', '{"name":"Berlin","population":3600000,"zip":"10115"}', []],
  [
    'no more values than are held',
    'application/json',
    `{${many(limits.waitingValues + 1, '"name":"Dupont"')},"prenom":"Jean"}`,
    [...Array.from({ length: limits.waitingValues }, () => 'name $.name'), 'name $.prenom'],
  ],
  [
    'records of persons behind many others, from the first that is known on',
    'application/json',
    `[${many(limits.waitedInVain, '{"name":"Blue Mug"}')},${many(2, '{"name":"Dupont","prenom":"Jean"}')}]`,
    ['name $[].name', 'name $[].prenom', 'name $[].prenom'],
  ],
  [
    'rows of a table',
    'text/csv',
    'nom,prenom,ville_id\nDupont,Jean,1\nDurand,,2\nMaier,Luc,3\n',
    ['name nom', 'name nom', 'name prenom', 'name prenom'],
  ],
  [
    'elements and attributes of XML',
    'application/xml',
    '<a><p><nom>Dupont</nom><prenom>Jean</prenom></p><p nom="Durand" prenom="Luc"/><p><nom>Maier</nom></p></a>',
    ['name /a/p/@nom', 'name /a/p/@prenom', 'name /a/p/nom', 'name /a/p/prenom'],
  ],
  [
    'a form',
    'application/x-www-form-urlencoded',
    'nom=Dupont&city=Lyon&prenom=Jean',
    ['name nom', 'name prenom', 'postal-address city'],
  ],
  [
    'rows of an INSERT',
    'application/sql',
    "INSERT INTO p (nom, prenom) VALUES ('Dupont', 'Jean'), ('Durand', '')",
    ['name nom', 'name prenom'],
  ],
  [
    'conditions of a query',
    'application/sql',
    "SELECT * FROM p WHERE last_name = 'Dupont' AND city = 'Lyon'; SELECT * FROM q WHERE city = 'Lyon'",
    ['name last_name', 'postal-address city'],
  ],
  [
    'YAML',
    'application/yaml',
    '---\npeople:\n- nom: Dupont\n  prenom: Jean\n- nom: Durand\n- {nom: Maier, prenom: Luc}\n',
    ['name $.people[].nom', 'name $.people[].nom', 'name $.people[].prenom', 'name $.people[].prenom'],
  ],
]

const documents = new DocumentDetector(detector)

function fieldsInDocument(text: string): string[] {
  const bytes = Buffer.from(text)
  return documents
    .detect(bytes, documentFormat(bytes))
    .map(({ identifier, field }) => `${identifier} ${field}`)
}

/** As a flow adds them up, and in the order of their names. */
function countsOf(found: readonly string[], place: string): string[] {
  const counts = new Map<string, number>()
  for (const each of found) {
    const [identifier, ...field] = each.split(' ')
    const key = `${identifier} ${place} ${field.join(' ')}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).toSorted()
}

test('a row of a query is a record of its own', () => {
  const hashes = new KeyedHash(Buffer.alloc(32, 1))
  const inspector = new ContentInspector({ detector, hashes, now: 0 })
  const owner = { findings: new FlowFindings(new DetectionChoice()) }
  for (const row of [
    ['Dupont', 'Jean', 'Lyon'],
    ['Durand', '4711', 'Torino'],
    ['Maier', 'Luc', '-'],
  ]) {
    inspector.beginRecord(owner, 1)
    for (const [i, value] of row.entries()) {
      const bytes = Buffer.from(value)
      inspector.named(owner, 1, 'sql.column', ['nom', 'prenom', 'city'][i]).write(bytes, 0, bytes.length)
    }
    inspector.endRecord()
  }
  const records = owner.findings.records('flow')
  assert.deepEqual(
    records.map(({ identifier, field, count }) => `${identifier} ${field} ${count}`).toSorted(),
    ['name sql.column nom 2', 'name sql.column prenom 2', 'postal-address sql.column city 1'],
  )
})

for (const [name, mediaType, text, found] of cases) {
  test(`a record of a person is known in a document: ${name}`, () => {
    assert.deepEqual(fieldsInDocument(text).toSorted(), found.toSorted())
  })
  test(`a record of a person is known in a flow, wherever it is cut: ${name}`, () => {
    const place = mediaType.endsWith('urlencoded') ? 'http.form' : 'http.body'
    for (const size of [1, 7, 23, 1400])
      assert.deepEqual(
        fieldsInBody(detector, mediaType, text, size),
        countsOf(found, place),
        `segments of ${size}`,
      )
  })
}
