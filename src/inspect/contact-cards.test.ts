import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { fieldsInBody } from '../../test/support/inspected-body.ts'
import { documentFormat } from '../content/document-format.ts'
import { DocumentDetector } from './document-detector.ts'

const card = [
  'BEGIN:VCARD',
  'N:Dupont;Jean;;M.;',
  'ADR;TYPE=home:;;12 rue de la Paix;Paris;;75002;France',
  'item1.TEL;TYPE=cell:+33 1 60 67 80 23',
  'EMAIL;TYPE=internet:jean.dupont@exam',
  ' ple.org',
  'BDAY:19800301',
  'FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller',
  'END:VCARD',
  'BEGIN:VEVENT',
  'ORGANIZER;CN="Bernd Maier":mailto:bernd@example.org',
  'END:VEVENT',
].join('\r\n')

const expected: [identifier: string, field: string, written: string][] = [
  ['name', 'N.1 family name', 'Dupont'],
  ['name', 'N.2 given name', 'Jean'],
  ['postal-address', 'ADR.3 street address', '12 rue de la Paix'],
  ['postal-address', 'ADR.4 address city', 'Paris'],
  ['postal-address', 'ADR.6 address postal code', '75002'],
  ['phone', 'TEL phone', '+33 1 60 67 80 23'],
  ['email', 'EMAIL email', 'jean.dupont@exam\r\n ple.org'],
  ['date-of-birth', 'BDAY date of birth', '19800301'],
  ['name', 'FN full name', 'J=C3=B6rg M=C3=BCller'],
  ['name', 'ORGANIZER CN contact name', 'Bernd Maier'],
  ['email', 'ORGANIZER email', 'bernd@example.org'],
]

test('people on a card are found where they stand, in lines that are folded and encoded', () => {
  const bytes = Buffer.from(card)
  const found = new DocumentDetector(detector).detect(bytes, documentFormat(bytes))
  const seen = found.map(({ identifier, field, start, end }) => [identifier, field, card.slice(start, end)])
  // A value that was decoded begins and ends where its runs do, which may be an escape.
  assert.deepEqual(
    seen.filter(([, field]) => field !== 'FN full name'),
    expected.filter(([, field]) => field !== 'FN full name'),
  )
  assert.equal(seen.filter(([, field]) => field === 'FN full name').length, 1)
})

test('people on a card that is uploaded are found, wherever it is cut', () => {
  const fields = expected.map(([identifier, field]) => `${identifier} http.body ${field} 1`).toSorted()
  for (const size of [1, 7, 50, 1400])
    assert.deepEqual(fieldsInBody(detector, 'text/vcard', card, size), fields, `segments of ${size}`)
})
