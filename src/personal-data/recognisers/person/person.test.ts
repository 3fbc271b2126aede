import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../../test/support/detect-all.ts'

/** What is found in a text whose format is not known. */
const idsIn = (text: string): string[] => detectAll(detector, text).map(({ id }) => id)

function assertFound(table: readonly [text: string, ids: string[]][]): void {
  for (const [text, ids] of table) assert.deepEqual(idsIn(text), ids, text)
}

test('what people are is found by its names in nine languages', () => {
  assertFound([
    ['{"gender":"F"}', ['gender']],
    ['Geschlecht: weiblich', ['gender']],
    ['{"płeć":"kobieta"}', ['gender']],
    ['sexo=mujer', ['gender']],
    ['{"sex":2}', ['gender']],
    ['{"nationality":"Portuguese"}', ['nationality']],
    ['<staatsangehoerigkeit>österreichisch</staatsangehoerigkeit>', ['nationality']],
    ['Nationalité: sénégalaise', ['nationality']],
    ['{"obywatelstwo":"PL"}', ['nationality']],
    ['{"maritalStatus":"W"}', ['marital-status']],
    ['Familienstand: geschieden', ['marital-status']],
    ['{"stato_civile":"coniugata"}', ['marital-status']],
    ['{"civilstånd":"sambo"}', ['marital-status']],
    ['{"birthPlace":"Cork"}', ['place-of-birth']],
    ['Geburtsort: Bad Tölz', ['place-of-birth']],
    ['{"lieu_de_naissance":"Lyon 3e"}', ['place-of-birth']],
    ['{"jobTitle":"Beekeeper"}', ['job-title']],
    ['Zawód: pielęgniarka', ['job-title']],
    ['{"profissão":"pedreiro"}', ['job-title']],
    ['{"salary":52000}', ['salary']],
    ['Bruttogehalt: 3.200,00 EUR', ['salary']],
    ['{"wynagrodzenie":"8 500 zł"}', ['salary']],
  ])
})

test('fields of other things are not', () => {
  assertFound([
    ['{"age":12}', []],
    ['{"title":"Director"}', []],
    ['{"position":"Nurse"}', []],
    ['{"gender":"neuter"}', []],
    ['{"sex":"sells"}', []],
    ['{"status":"single"}', []],
    ['{"relationship_status":"pending"}', []],
    ['{"salary":"negotiable"}', []],
    ['{"salary_range":"1"}', []],
    ['{"income":-4}', []],
    ['{"nationality":"Nationality"}', []],
    ['{"place_of_birth":null}', []],
  ])
})
