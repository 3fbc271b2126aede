import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import fc from 'fast-check'
import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { readValues } from '../../test/support/read-values.ts'
import { ContentLinesReader } from './content-lines.ts'
import { limits } from './limits.ts'

testFields('vCard', new ContentLinesReader(), [
  ['BEGIN:VCARD\r\nN:Dupont;¤', 'N.2 given name'],
  ['FN:¤', 'FN full name'],
  ['item1.ADR;TYPE=home:;;¤', 'ADR.3 street address'],
  ['ADR:;;;;;;;;;¤', 'ADR'],
  ['tel;type="a:b;c":¤', 'TEL phone'],
  ['X-CASE-NO:¤', 'X-CASE-NO'],
  ['ATTENDEE;CN="¤', 'ATTENDEE CN attendee name'],
  ['anna@example.org:¤', '*'],
])

testAnything('vCard', new ContentLinesReader(), [
  ...[
    'BEGIN:VCARD\r\n',
    'N:',
    'ADR;TYPE=x:',
    'ATTENDEE;CN=',
    ';ENCODING=QUOTED-PRINTABLE:',
    ';',
    ':',
    '"',
    '=',
  ],
  ...['\r\n', '\n ', '\\', '\\n', '=C3=BC', '=\r\n', 'Anna', 'X'.repeat(limits.nameBytes), '\xfc', '\0'],
])

const cases: [name: string, text: string, values: [name: string, value: string][]][] = [
  [
    'components of a structured value',
    'N:Dupont;Jean;;M.;\r\nFN:M. Jean Dupont\r\n',
    [
      ['N.1 family name', 'Dupont'],
      ['N.2 given name', 'Jean'],
      ['N.4 name prefix', 'M.'],
      ['FN full name', 'M. Jean Dupont'],
    ],
  ],
  ['separators of no structure, and a last line without an end', 'NOTE:a;b:c', [['NOTE', 'a;b:c']]],
  [
    'folded lines, in a value and in a name',
    'EMA\r\n IL;TY\n\tPE=x:jean@exa\r\n mple.org\n',
    [['EMAIL email', 'jean@example.org']],
  ],
  [
    'escapes',
    String.raw`ADR:;;Rue A\; 1\, B\nC\\;Paris` + '\n',
    [
      ['ADR.3 street address', 'Rue A; 1, B\nC\\'],
      ['ADR.4 address city', 'Paris'],
    ],
  ],
  [
    'quoted-printable, and lines that it goes on in',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=\r\nler;J=C3=B6rg\r\nNOTE;QUOTED-PRINTABLE:a=3db=zc\r\n',
    [
      ['N.1 family name', 'M\xc3\xbcller'],
      ['N.2 given name', 'J\xc3\xb6rg'],
      ['NOTE', 'a=bc'],
    ],
  ],
  [
    'no photo',
    'PHOTO;ENCODING=b:AAAA\r\n AAAA\r\nPHOTO;TYPE=JPEG;BASE64:BBBB\r\nFN:x\r\n',
    [['FN full name', 'x']],
  ],
  [
    'names of attendees',
    'ORGANIZER;CN="Maier, Bernd":mailto:b@x.org\r\nATTENDEE;ROLE=R;CN=Anna Meier;RSVP=TRUE:mailto:a@x.org\r\n',
    [
      ['ORGANIZER CN contact name', 'Maier, Bernd'],
      ['ORGANIZER email', 'mailto:b@x.org'],
      ['ATTENDEE CN attendee name', 'Anna Meier'],
      ['ATTENDEE email', 'mailto:a@x.org'],
    ],
  ],
  ['nothing where a name has no value', 'BEGIN\r\nN\r\n;;=:\r\nFN:x\r\n', [['FN full name', 'x']]],
]

describe('values of vCard and iCalendar', () => {
  for (const [name, text, values] of cases) {
    it(`${name}, wherever it is cut`, () => {
      const bytes = Buffer.from(text, 'latin1')
      for (const size of [1, 2, 5, 1000])
        assert.deepEqual(readValues(new ContentLinesReader(), bytes, size), values, `pieces of ${size}`)
    })
  }

  it('a card is a record, and so is each component of a calendar', () => {
    const reader = new ContentLinesReader()
    const records: [string, number][] = []
    const sink = { value: () => void records.push([reader.name(), reader.record()]) }
    const bytes = Buffer.from('BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nFN:b\nNOTE:c\nEND:VCARD\n')
    reader.reset()
    for (let i = 0; i < bytes.length; i++) reader.read(bytes, i, i + 1, sink)
    reader.end(sink)
    assert.deepEqual(
      [...new Set(records.map(([name, record]) => `${name} ${record}`))].filter(
        (each) => !/BEGIN|END/.test(each),
      ),
      ['FN full name 1', 'FN full name 2', 'NOTE 2'],
    )
  })
})

test('whatever is read, values are the same however it is cut', () => {
  const piece = fc.constantFrom(
    ...[
      'N:',
      'ADR:',
      ';',
      'A',
      '\\',
      'n',
      '=41',
      '=',
      '\r\n',
      ' ',
      '\t',
      '"',
      'CN=',
      'ATTENDEE;',
      'BEGIN:VCARD',
    ],
    ...['ENCODING=QUOTED-PRINTABLE', 'ENCODING=b', ':', '\n'],
  )
  const property = fc.property(
    fc.array(piece, { maxLength: 60 }),
    fc.integer({ min: 1, max: 9 }),
    (pieces, size) => {
      const bytes = Buffer.from(pieces.join(''))
      const whole = readValues(new ContentLinesReader(), bytes, bytes.length + 1)
      assert.deepEqual(readValues(new ContentLinesReader(), bytes, size), whole)
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})
