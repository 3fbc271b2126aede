import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../../test/support/detect-all.ts'
import { builtInRecognisers } from '../index.ts'
import { specialRecognisers } from '../special.ts'

/** What is found in a text whose format is not known. */
const idsIn = (text: string): string[] => detectAll(detector, text).map(({ id }) => id)

test('special categories are found by their names in nine languages', () => {
  const table: [text: string, id: string][] = [
    ['{"ethnic_origin":"Sami"}', 'ethnicity'],
    ['<origineEthnique>maghrébine</origineEthnique>', 'ethnicity'],
    ['{"Parteizugehörigkeit":"Piratenpartei"}', 'political-opinion'],
    ['partido_politico=Podemos', 'political-opinion'],
    ['Poglądy polityczne: lewica', 'political-opinion'],
    ['Konfession: ev.-luth.', 'religion'],
    ['{"religião":"Católica"}', 'religion'],
    ['{"godsdienst":"hindoe"}', 'religion'],
    ['<Gewerkschaft>ver.di</Gewerkschaft>', 'trade-union'],
    ['{"tesseraSindacale":"FIOM-CGIL"}', 'trade-union'],
    ['{"sexuell_läggning":"bisexuell"}', 'sexual-orientation'],
    ['seksuele_voorkeur=lesbisch', 'sexual-orientation'],
    ['{"identidad_de_genero":"mujer trans"}', 'gender-identity'],
    ['{"casier_judiciaire":"vol à main armée"}', 'criminal-record'],
    ['Strafblad: inbraak', 'criminal-record'],
    ['<przestepstwo>kradzież</przestepstwo>', 'criminal-record'],
    ['{"Klassenstufe":"4"}', 'child'],
    ['{"vårdnadshavare":"Farmor"}', 'child'],
  ]
  for (const [text, id] of table) assert.deepEqual(idsIn(text), [id], text)
})

test('yes and no count where the field asks for them, in JSON without quotes too', () => {
  const table: [text: string, ids: string[]][] = [
    ['{"union_member":true}', ['trade-union']],
    ['{"unionMember" : false, "x":1}', ['trade-union']],
    ['{"criminal_record":"yes"}', ['criminal-record']],
    ['criminal_record=0', ['criminal-record']],
    ['{"is_minor":true}', ['child']],
    ['{"is_minor":false}', []],
    ['{"religion":true}', []],
    ['{"union_member":null}', []],
  ]
  for (const [text, ids] of table) assert.deepEqual(idsIn(text), ids, text)
})

test('a name that other things have as well needs a term that tells', () => {
  const table: [text: string, ids: string[]][] = [
    ['{"race":"Caucasian"}', ['ethnicity']],
    ['{"race":"Monza"}', []],
    ['WARNING: DATA RACE: goroutine', []],
    ['{"denomination":"quaker"}', ['religion']],
    ['{"denomination":"fifty"}', []],
    ['{"offenses":"Layout/LineLength"}', []],
    ['{"offence":"burglary"}', ['criminal-record']],
    ['{"fingerprint":"47DEQpj8HBSa+TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}', []],
  ]
  for (const [text, ids] of table) assert.deepEqual(idsIn(text), ids, text)
})

test('what is called alike elsewhere is not found', () => {
  const lookalikes = [
    '{"isChild":true}',
    '{"votedFor":"node-2"}',
    '{"conviction":"high"}',
    '{"biometric_score":0.987}',
    '{"biometricSimilarity":0.98712}',
    '{"eta":12}',
    '{"union":"string | number"}',
    '{"orientation":"landscape"}',
    '{"party":"third"}',
    '{"religion":"${religion}"}',
    '{"ethnicity":{"type":"string"}}',
    '{"minor":4}',
    'background: white; transition: none',
    'class: a{color:black}',
  ]
  for (const text of lookalikes) assert.deepEqual(idsIn(text), [], text)
})

test('a biometric template is found by how it begins, however long it is, and wherever a record of a standard stands', () => {
  const template = Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 73 + 41) % 251)).toString('base64')
  const record = Buffer.concat([Buffer.from('FMR\0 20\0'), Buffer.alloc(40, 7)]).toString('base64')
  const table: [text: string, ids: string[]][] = [
    [`{"fingerprint_template":"${template}"}`, ['biometric']],
    [`{"a":1,"iris_code" : "${template}","b":2}`, ['biometric']],
    [`<voiceprint>${template}</voiceprint>`, ['biometric']],
    [`{"dna_sequence":"${'GATTACA'.repeat(60)}"}`, ['genetic-data']],
    [`{"data":"${record}"}`, ['biometric']],
    [`{"data":"${template}"}`, []],
    [`{"public_key":"${template}"}`, []],
    [`{"fingerprint_template":"${'see below '.repeat(30)}"}`, []],
    [`{"religion":"${'catholic '.repeat(30)}"}`, []],
    [`<religion>${'catholic '.repeat(30)}</religion>`, []],
    [`{"full_name":"${'Anna Meier '.repeat(30)}"}`, []],
  ]
  for (const [text, ids] of table) assert.deepEqual(idsIn(text), ids, text)
})

test('an age below sixteen is a child’s, where the field tells that it is a person’s', () => {
  const table: [text: string, ids: string[]][] = [
    ['{"patient":{"age":15}}', ['child-age']],
    ['{"patient":{"age":16}}', ['age']],
    ['{"customerAge":"42"}', ['age']],
    ['Wiek: 9 lat', ['child-age']],
    ['{"age":42}', []],
    ['max-age=15', []],
    ['Cache: hit, age=12', []],
    ['{"cacheAge":9}', []],
  ]
  for (const [text, ids] of table) {
    const field = text.startsWith('{"patient"') ? '$.patient.age' : ''
    assert.deepEqual(
      detectAll(detector, text, field).map(({ id }) => id),
      ids,
      text,
    )
  }
})

test('no field of a special category is taken for one of another', () => {
  for (const { id, fieldNames } of specialRecognisers) {
    const others = specialRecognisers.filter((other) => other.id !== id && !isOfAge(other.id, id))
    for (const name of fieldNames) {
      for (const other of others) assert.ok(!other.fieldNames.includes(name), `${name}: ${id}, ${other.id}`)
    }
  }
  assert.ok(builtInRecognisers.length > specialRecognisers.length)
})

function isOfAge(...ids: string[]): boolean {
  return ids.every((id) => id.startsWith('child'))
}
