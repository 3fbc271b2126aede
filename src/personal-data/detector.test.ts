import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import * as fc from 'fast-check'
import { detectAll } from '../../test/support/detect-all.ts'
import { builtInRecognisers } from './recognisers/index.ts'

const card = '4111111111111111'

test('the field decides where the form alone does not', () => {
  const table: [value: string, field: string, found: string | undefined][] = [
    [card, '$.payment.pan', 'payment-card'],
    [card, '$.orderId', undefined],
    [card, '$.order.trackingNumber', undefined],
    [card, '$.order.cardNumber', 'payment-card'],
    [card, '$.cardOrderId', undefined],
    [card, 'value', 'payment-card'],
    ['4111 1111 1111 1111', '$.ref1', 'payment-card'],
    ['4222222222222', '$.ean', undefined],
    ['4222222222222', '$.value', undefined],
    ['4222222222222', '$.cc_num', 'payment-card'],
    ['274901186', '$.ref', undefined],
    ['274901186', '$.customer.ssn', 'us-ssn'],
    ['274901186', 'socialSecurityNumber', 'us-ssn'],
    ['274-90-1186', '', 'us-ssn'],
    ['86.231.85.193', '$.version', undefined],
    ['86.231.85.193', 'x-forwarded-for', 'ip-address'],
    ['DE89370400440532013000', '$.orderId', 'iban'],
    ['+33 1 60678023', '$.msisdn', 'phone'],
    // Both checksums hold.
    ['356025628419704', '$.device.imei', 'imei'],
    ['356025628419704', '$.patient.nir', 'fr-nir'],
  ]
  for (const [value, field, expected] of table) {
    assert.equal(detectAll(detector, value, field)[0]?.id, expected, `${value} in ${field}`)
  }
})

test('in a text the label before a value is its field', () => {
  const table: [text: string, found: string | undefined][] = [
    [`order id: ${card}`, undefined],
    [`{"orderId":"${card}"}`, undefined],
    [`{ "pan" : "${card}" }`, 'payment-card'],
    [`order=${card}&x=1`, undefined],
    ['SSN: 274901186', 'us-ssn'],
    ['Here’s my SSN: 274901186', 'us-ssn'],
    ['ticket: 274901186', undefined],
    ['heap 80321507721 1794204222784', undefined],
    ['id: 80321507721', 'pl-pesel'],
    [card, 'payment-card'],
    ['time: 12:30, version: 10.11.12.13', undefined],
    ['Call me: 030 901820 tomorrow', 'phone'],
    ['Tel. (mobil): 030 901820', 'phone'],
    ['Please call: 030 901820', 'phone'],
    ['Delivery: 030 901820', undefined],
  ]
  for (const [text, expected] of table) assert.equal(detectAll(detector, text)[0]?.id, expected, text)
})

test('words near a value count in free text, and only in the same value of structured content', () => {
  const table: [text: string, field: string, found: string | undefined][] = [
    ['My social security number is 274901186.', '', 'us-ssn'],
    ['Meine Kreditkartennummer ist 5018000000000009, danke', '', 'payment-card'],
    ['The parcel 274901186 has arrived.', '', undefined],
    ['Segment rolled at offset 44051401359.', '', undefined],
    ['The order no 44051401359 of last week', '$.note', undefined],
    ['4222222222222 of CC38994481', '', undefined],
    ['4222222222222, my CC', '', 'payment-card'],
    ['{"note":"his ssn is 274901186"}', '$.note', 'us-ssn'],
    ['{"ssn":"","batchNo":"274901186"}', '$.batchNo', undefined],
    ['Mon numéro de sécurité sociale\n\n274901186', '', undefined],
  ]
  for (const [text, field, expected] of table)
    assert.equal(detectAll(detector, text, field)[0]?.id, expected, text)
})

test('the whole value of a field counts where only its name can tell', () => {
  const table: [text: string, found: string | undefined, value: string][] = [
    ['{"fullName":"Anna Meier","x":1}', 'name', 'Anna Meier'],
    ['{ "last_name" : "O\'Brien" }', 'name', "O'Brien"],
    ['{"patient":{"dateOfBirth":"1 March 1980"}}', 'date-of-birth', '1 March 1980'],
    ['<patient><familyName>Novák</familyName></patient>', 'name', 'Novák'],
    ['<a></familyName>Novák</a>', undefined, ''],
    ['Anschrift: Lindenallee 67, 16809 Torino\nTel: -', 'postal-address', 'Lindenallee 67, 16809 Torino'],
    ["customer_name='Zoë García' AND x = 1", 'name', 'Zoë García'],
    ['Prénom : Jean\nNom de famille : Dupont', 'name', 'Jean'],
    [
      'Adresse : 12 rue de la Paix, 75002 Paris\nTél. : -',
      'postal-address',
      '12 rue de la Paix, 75002 Paris',
    ],
    ['const diagnostics = require(1)', undefined, ''],
    ['{"příjmení":"Novák"}', 'name', 'Novák'],
    ['{"keresztnév":"Péter"}', 'name', 'Péter'],
    ['{"datum narození":"1980-03-01"}', 'date-of-birth', '1980-03-01'],
    ['diagnosis: Bronchialkarzinom', 'diagnosis', 'Bronchialkarzinom'],
    ['diagnosis: Bronchial\u0001karzinom', undefined, ''],
    ['moveCursor(dx: number, dy: number): void', undefined, ''],
    ['(patient name: Anna Meier), aged 24', 'name', 'Anna Meier'],
    ['connect(address: SubchannelAddress): void', undefined, ''],
    ['metadata:\n  name: mark-two', undefined, ''],
    ['memberName: node.id.name', undefined, ''],
    ['{"fileName":"Anna Meier"}', undefined, ''],
    ['{"name":"left-pad"}', undefined, ''],
    ['{"name":"Anna Meier"}', 'name', 'Anna Meier'],
    ['{"name":"anna meier"}', 'name', 'anna meier'],
    ['{"name":"even order"}', undefined, ''],
    ['{"lastName":"Nachname","street":"Straße und Hausnummer"}', undefined, ''],
    ['{"lastName":"Page"}', 'name', 'Page'],
    ['{"street":"Market Street"}', 'postal-address', 'Market Street'],
    ['{"name":"table for anna"}', undefined, ''],
    ['{"productName":"Anna Meier"}', undefined, ''],
    ['{"ipAddress":"10 Downing Street"}', undefined, ''],
    [`{"fullName":"${'A'.repeat(200)}"}`, undefined, ''],
  ]
  for (const [text, expected, value] of table) {
    const [found] = detectAll(detector, text)
    assert.deepEqual([found?.id, found?.text ?? ''], [expected, value], text)
  }
})

test('a content that is the whole value of a field is judged by the name of the field', () => {
  const table: [value: string, field: string, found: string | undefined][] = [
    ['Anna Meier', 'customer_name', 'name'],
    ['Anna Meier', '$2 last_name', 'name'],
    ['Anna Meier', 'title', undefined],
    ['anna@example.com', 'name', 'email'],
    ['I10', 'icd', 'diagnosis'],
    ['Porto', '$.endereco.cidade', 'postal-address'],
    ['10115', '$.user.addresses[].zip', 'postal-address'],
    ['Porto', '$.cidade', undefined],
    ['Anna Meier', '$.organizer', 'name'],
  ]
  for (const [value, field, expected] of table) {
    const found: string[] = []
    const bytes = Buffer.from(value)
    detector.detectField(bytes, 0, bytes.length, {
      pass: () => undefined,
      field: () => field,
      found: ({ recogniser }) => found.push(recogniser.id),
    })
    assert.deepEqual(found, expected === undefined ? [] : [expected], `${value} in ${field}`)
  }
})

test('what is part of a longer token is not a value', () => {
  const table = [
    `0.${card}`,
    `-${card}`,
    `${card}-1`,
    `file_${card}.txt`,
    `${card}@example`,
    `0,${card}`,
    `274-90-1186-33`,
    '550e8400-e29b-41d4-a716-446655440000',
    'Mozilla/5.0 Chrome/119.10.0.1 Safari/537.36',
    'npm@10.8.2.14',
  ]
  for (const text of table) assert.deepEqual(detectAll(detector, text, ''), [], text)
})

test('a value followed by punctuation or in a list is whole', () => {
  const text = `Cards ${card}, 5555555555554444. (378282246310005)`
  assert.deepEqual(
    detectAll(detector, text).map((found) => found.text),
    [card, '5555555555554444', '378282246310005'],
  )
})

test('of overlapping claims the surer one is found', () => {
  const text = 'IBAN DE89 3704 0044 0532 0130 00 and card 4111 1111 1111 1111 123'
  assert.deepEqual(
    detectAll(detector, text).map((found) => [found.id, found.text]),
    [
      ['iban', 'DE89 3704 0044 0532 0130 00'],
      ['payment-card', '4111 1111 1111 1111'],
    ],
  )
})

test('findings are the same however a stream is cut', () => {
  const good = builtInRecognisers.flatMap(({ examples }) => [...examples.good, ...examples.bad])
  const part = fc.oneof(
    fc.constantFrom(...good),
    fc.constantFrom('{"pan":"', '","orderId":"', 'My SSN is ', '\n', ', ', ' ', '<ip>', '</ip>', 'email='),
    fc.constantFrom(
      '{"fullName":"',
      '{"names":["',
      '","',
      '"],["',
      ']]',
      '"',
      '<surname>',
      '</surname>',
      'address: ',
      "name='",
      "'",
      'Anna Meier',
    ),
    fc.string({ size: 'small' }),
  )
  const property = fc.property(
    fc.array(part, { size: 'max', minLength: 30, maxLength: 150 }),
    fc.array(fc.nat(700), { size: 'max', minLength: 1, maxLength: 20 }),
    (parts, cuts) => {
      const text = parts.join('')
      assert.deepEqual(detectAll(detector, text, '', cuts), detectAll(detector, text))
    },
  )
  fc.assert(property, { numRuns: Math.ceil(fuzzRuns / 3) })
})

test('any bytes are read without failing, and findings lie in order, apart and within', () => {
  const property = fc.property(fc.uint8Array({ size: 'max', maxLength: 3000 }), (bytes) => {
    let last = 0
    for (const { start, end } of detectAll(detector, bytes, '')) {
      assert.ok(start >= last && end > start && end <= bytes.length)
      last = end
    }
  })
  fc.assert(property, { numRuns: fuzzRuns })
})

test('the fields around values are asked for where they stand', () => {
  const bytes = Buffer.from(`first ${card} second 5555555555554444 third`)
  const passed: string[] = []
  const sink = {
    pass: (seen: Uint8Array, start: number, end: number) =>
      passed.push(Buffer.from(seen.slice(start, end)).toString()),
    field: () => '',
    found: () => undefined,
  }
  detector.detect(bytes, 0, bytes.length, sink)
  assert.deepEqual(passed, ['first ', `${card} second `])
})
