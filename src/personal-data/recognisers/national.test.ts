import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../test/support/detect-all.ts'
import { nationalIdentifiers } from './national.ts'

const idsOf = (value: string, field: string): string[] =>
  detectAll(detector, `{"x":"${value}","y":1}`, field).map(({ id }) => id)

test('a name that every country has speaks for whichever checksum passes', () => {
  const table: [field: string, value: string, id: string][] = [
    ['nationalId', '02070803628', 'pl-pesel'],
    ['national_id', '85073003328', 'be-national-number'],
    ['$.patient.personalNumber', '8112189876', 'se-personnummer'],
    ['personal_id', '2003120246452', 'lu-matricule'],
    ['taxId', '86095742719', 'de-tax-id'],
    ['tax_number', '251792811', 'pt-nif'],
    ['tin', '8071592153', 'hu-adoazonosito'],
    ['social_security_number', '281234567840', 'es-nuss'],
    ['identityNumber', '7360285163', 'cz-rodne-cislo'],
    ['personalCode', '16117519997', 'lv-personas-kods'],
  ]
  for (const [field, value, id] of table) assert.deepEqual(idsOf(value, field), [id], `${field} ${value}`)
})

test('it speaks for none whose checksum fails', () => {
  for (const value of ['02070803629', '8112189875', '274901187', '2003120246453']) {
    assert.deepEqual(idsOf(value, 'nationalId'), [], value)
  }
})

test('a country in the name decides where several checksums pass', () => {
  // Estonia and Lithuania give the same numbers; each German tax number is a Croatian one as well.
  const table: [field: string, value: string, id: string][] = [
    ['nationalId', '38703181745', 'ee-isikukood'],
    ['lithuanianNationalId', '38703181745', 'lt-asmens-kodas'],
    ['$.lithuania.personalCode', '38703181745', 'lt-asmens-kodas'],
    ['personal_code_lt', '38703181745', 'lt-asmens-kodas'],
    ['personal_code_ee', '38703181745', 'ee-isikukood'],
    ['taxId', '86095742719', 'de-tax-id'],
    ['croatianTaxId', '86095742719', 'hr-oib'],
    ['hr_tax_id', '86095742719', 'hr-oib'],
    ['nationalId', '7360285163', 'cz-rodne-cislo'],
    ['slovakNationalId', '7360285163', 'sk-rodne-cislo'],
  ]
  for (const [field, value, id] of table) assert.deepEqual(idsOf(value, field), [id], `${field} ${value}`)
})

test('a country in the name speaks less for the numbers of others', () => {
  assert.deepEqual(idsOf('946336891', 'bsn'), ['nl-bsn'])
  assert.deepEqual(idsOf('946336891', 'canadian_tax_id'), [])
})

test('nine digits without a checksum are a US number only where tax or social security is spoken of', () => {
  assert.deepEqual(idsOf('274901187', 'ssn'), ['us-ssn'])
  assert.deepEqual(idsOf('274901187', 'taxId'), ['us-ssn'])
  assert.deepEqual(idsOf('274901187', 'nationalId'), [])
})

test('a Latvian code without a checksum gives way to one with', () => {
  assert.deepEqual(idsOf('34286179074', 'taxId'), ['de-tax-id'])
  assert.deepEqual(idsOf('34286179075', 'personas_kods'), ['lv-personas-kods'])
})

test('groups of digits that go on are no number of the state', () => {
  assert.deepEqual(idsOf('5276 3144 0223', 'aadhaar'), ['in-aadhaar'])
  assert.deepEqual(idsOf('5276 3144 0223 1234', 'aadhaar'), [])
  assert.deepEqual(idsOf('BE12 5276 3144 0223', 'aadhaar'), [])
})

test('a machine-readable zone is found in a text and as it is escaped', () => {
  const lines = [
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ]
  for (const between of ['\n', '\r\n', '\\n', ' ', '']) {
    const text = `scan: ${lines.join(between)} ok`
    const [found, ...others] = detectAll(detector, text)
    assert.deepEqual([found.id, found.text, others.length], ['passport-mrz', lines.join(between), 0])
  }
})

test('words near by tell it in free text, whatever their script and case', () => {
  const table: [text: string, id: string][] = [
    ['ο ΑΦΜ του πελάτη είναι 094259216', 'gr-afm'],
    ['αφμ 094259216', 'gr-afm'],
    ['ЕГН на лицето 7523169263', 'bg-egn'],
    ['Cartão de cidadão 00000000 0 ZZ4', 'pt-cc'],
    ['his citizen service number is 111222333', 'nl-bsn'],
    ['rodné číslo pacienta je 7360285163', 'cz-rodne-cislo'],
    ['EMŠO: 0101006500006', 'si-emso'],
    ['National ID (Poland): 44051401359', 'pl-pesel'],
    ['Personal code (Lithuania): 38703181745', 'lt-asmens-kodas'],
  ]
  for (const [text, id] of table) {
    const found = detectAll(detector, text)
    assert.deepEqual(
      found.map((finding) => finding.id),
      [id],
      text,
    )
  }
})

test('each has a country, but for what several states give alike', () => {
  const without = nationalIdentifiers.filter(({ country }) => country === undefined).map(({ id }) => id)
  assert.deepEqual(without, ['passport-mrz', 'ehic'])
  for (const { id, country } of nationalIdentifiers) {
    if (country !== undefined) assert.ok(id.startsWith(`${country}-`), id)
  }
})
