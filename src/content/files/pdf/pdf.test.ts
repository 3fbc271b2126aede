import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../../test/support/fuzz-runs.ts'
import type { FileProblem } from '../budget.ts'
import { FileReader } from '../file-reader.ts'
import { pdfOf, streamObject, zipOf } from '../fixtures.ts'
import { limits } from '../limits.ts'

/** What a file has: its texts by their fields, `field: text`, and what was not read of it. */
function read(file: Uint8Array): { texts: string[]; problems: FileProblem[] } {
  const reader = new FileReader()
  const texts: string[] = []
  reader.read(file, 0, file.length)
  reader.end({
    value: (bytes, start, end) => {
      texts.push(`${reader.name()}: ${Buffer.from(bytes).toString('utf8', start, end)}`)
    },
  })
  return { texts, problems: [...reader.problems] }
}

const show = (operators: string): string => `BT /F1 10 Tf 50 700 Td ${operators} ET`
const hello = show('(Hello) Tj')

/** Two-byte codes, as programs write that embed parts of fonts. */
const composite = {
  font: '/Subtype /Type0 /Encoding /Identity-H /ToUnicode 20 0 R /DescendantFonts [21 0 R]',
  more:
    streamObject(
      20,
      '',
      Buffer.from(
        '1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0003> <0020> <0040> <00660069> endbfchar ' +
          '2 beginbfrange <0010> <0019> <0030> <0021> <0022> [<0044> <0045>] endbfrange',
      ),
      'FlateDecode',
    ).toString('latin1') + '21 0 obj << /W [16 25 600 33 [700 700]] /DW 500 >> endobj\n',
}
const differences = {
  font: '/Subtype /TrueType /Encoding << /Differences [1 /M /uni00FC /l /Euro 65 /eacute] >> /FirstChar 1 /Widths [900 500 300 500]',
}

const cases: [name: string, file: Buffer, texts: string[]][] = [
  ['a string', pdfOf([hello]), ['page 1: Hello']],
  [
    'a header behind other bytes',
    Buffer.concat([Buffer.from('HTTP junk\n'), pdfOf([hello])]),
    ['page 1: Hello'],
  ],
  ['pages by their number', pdfOf([hello, show('(there) Tj')]), ['page 1: Hello', 'page 2: there']],
  ...(['FlateDecode', 'ASCII85Decode', 'ASCIIHexDecode', 'RunLengthDecode'] as const).map(
    (filter): [string, Buffer, string[]] => [filter, pdfOf([hello], { filter }), ['page 1: Hello']],
  ),
  ['objects in a stream', pdfOf([hello], { inObjectStream: true }), ['page 1: Hello']],
  [
    'escapes, octal codes, nested brackets and hexadecimal strings',
    pdfOf([show(String.raw`(a\(b\) (c) \344\n) Tj <20 41 4> Tj`)]),
    ['page 1: a(b) (c) ä\n A@'],
  ],
  [
    'kerned pieces are one word, wide gaps are spaces',
    pdfOf([show('[(DE) 20 (89) -300 (3704)] TJ')]),
    ['page 1: DE89 3704'],
  ],
  [
    'a number whose groups are placed one by one, in any order',
    pdfOf([
      'BT /F1 10 Tf 1 0 0 1 103 500 Tm (0440) Tj 1 0 0 1 50 500 Tm (DE89) Tj 1 0 0 1 78 500 Tm (3704) Tj ET ' +
        'BT /F1 10 Tf 50 700 Td (above) Tj ET',
    ]),
    ['page 1: above\nDE89 3704 0440'],
  ],
  [
    'lines by leading and by quote operators',
    pdfOf([show(`12 TL (one) Tj T* (two) Tj (three) ' 0 0 (four) " 0 -12 TD (five) Tj T* (six) Tj`)]),
    ['page 1: one\ntwo\nthree\nfour\nfive\nsix'],
  ],
  [
    'a number goes on in the next line where its rest had no room, other lines end',
    pdfOf([
      show(
        '12 TL (Please pay the whole sum to the account DE89 3704) Tj T* (0044 0532 0130 00 until the end of the month) Tj ' +
          'T* (or call.) Tj 0 -30 Td (Yours) Tj',
      ),
    ]),
    [
      'page 1: Please pay the whole sum to the account DE89 3704 0044 0532 0130 00 until the end of the month\nor call.\nYours',
    ],
  ],
  [
    'columns are told apart by a tab',
    pdfOf(['BT /F1 10 Tf 50 700 Td (left) Tj 200 0 Td (right) Tj ET']),
    ['page 1: left\tright'],
  ],
  [
    'a page that is turned',
    pdfOf(['BT /F1 10 Tf 0 1 -1 0 100 50 Tm (first) Tj 0 1 -1 0 112 50 Tm (second) Tj ET']),
    ['page 1: first\nsecond'],
  ],
  [
    'a scaled space',
    pdfOf([`q 2 0 0 2 0 0 cm ${hello} Q ${show('0 -50 Td (there) Tj')}`]),
    ['page 1: Hello\nthere'],
  ],
  ['two-byte codes', pdfOf([show('<0011001200030021002200400003> Tj')], composite), ['page 1: 12 DEfi']],
  ['names of glyphs', pdfOf([show(String.raw`(\001\002\003\003\004A) Tj`)], differences), ['page 1: Müll€é']],
  [
    'a form on a page that draws itself, once',
    pdfOf(['/X Do'], {
      more:
        streamObject(
          30,
          '/Type /XObject /Subtype /Form /Resources << /Font << /F1 3 0 R >> /XObject << /X 30 0 R >> >>',
          Buffer.from(`${hello} /X Do`),
        ).toString('latin1') +
        '2 0 obj << /Type /Pages /Kids [10 0 R] /Resources << /XObject << /X 30 0 R >> >> >> endobj\n',
    }),
    ['page 1: Hello'],
  ],
  [
    'an image within the page is passed over',
    pdfOf([`BI /W 1 /H 1 ID (\xff(EI\xfe EI ${hello}`]),
    ['page 1: Hello'],
  ],
  [
    'fields of forms, notes and what is said of the document',
    pdfOf([hello], {
      more:
        '40 0 obj << /FT /Tx /T (IBAN) /V (DE89370400440532013000) >> endobj ' +
        '41 0 obj << /Subtype /Text /Contents <FEFF004A00E4> >> endobj 42 0 obj << /Author (Anna Meier) >> endobj\n',
      trailer: '/Info 42 0 R',
    }),
    ['page 1: Hello', 'form IBAN: DE89370400440532013000', 'note: Jä', 'author: Anna Meier'],
  ],
  [
    'what an update replaces is not read',
    pdfOf([hello], { more: streamObject(11, '', Buffer.from(show('(Goodbye) Tj'))).toString('latin1') }),
    ['page 1: Goodbye'],
  ],
  ['in an archive', zipOf({ 'a.pdf': pdfOf([hello]) }), ['page 1: Hello']],
]

for (const [name, file, texts] of cases) {
  test(name, () => {
    const { problems, texts: told } = read(file)
    assert.deepEqual(told, texts)
    assert.deepEqual(problems, name.startsWith('a form') ? ['limit'] : [])
  })
}

test('a document that is cut is read as far as it goes', () => {
  const file = pdfOf([hello, show('(there) Tj')])
  const cut = file.subarray(0, file.indexOf('there'))
  assert.equal(read(cut).texts[0], 'page 1: Hello')
})

test('a string that does not end hides nothing of the pages', () => {
  const file = pdfOf([hello])
  const hiding = Buffer.concat([
    file.subarray(0, 9),
    Buffer.from('99 0 obj ( '),
    Buffer.alloc(70_000, ' '),
    file.subarray(9),
  ])
  assert.deepEqual(read(hiding).texts, ['page 1: Hello'])
})

test('an encrypted document is told of', () => {
  assert.deepEqual(read(pdfOf([hello], { trailer: '/Encrypt 9 0 R' })), {
    texts: [],
    problems: ['encrypted'],
  })
})

test('codes that nothing tells of are told of as damage', () => {
  const font = '/Subtype /Type0 /Encoding /Identity-H'
  assert.deepEqual(read(pdfOf([show('<00110012> Tj')], { font })), { texts: [], problems: ['damaged'] })
})

test('what is no document for all its first bytes is read as text', () => {
  assert.deepEqual(read(Buffer.from('%PDF- jane@example.org')).texts, [': %PDF- jane@example.org'])
})

const hostile: [name: string, file: Buffer][] = [
  ['arrays within arrays', Buffer.from(`%PDF-1.7 1 0 obj ${'['.repeat(300_000)}`)],
  ['dictionaries', Buffer.from(`%PDF-1.7 1 0 obj [${'<<>>'.repeat(300_000)}]`)],
  ['objects', Buffer.from(`%PDF-1.7 ${'1 0 obj '.repeat(100_000)}`)],
  [
    'streams that say a wrong length',
    Buffer.from(`%PDF-1.7 ${'1 0 obj<</Length 9>>stream\n'.repeat(100_000)}`),
  ],
  [
    'maps of many codes',
    pdfOf([show('(x) Tj')], {
      font: '/Subtype /Type0 /DescendantFonts [21 0 R] /ToUnicode 20 0 R',
      more:
        `21 0 obj << /W [${'0 60000 5 '.repeat(50_000)}] >> endobj\n` +
        streamObject(20, '', Buffer.from(`${'<0000> <ffff> <0000> '.repeat(50_000)} endbfrange`)).toString(
          'latin1',
        ),
    }),
  ],
  [
    'a tree of pages that contains itself',
    pdfOf([hello], {
      more: '2 0 obj << /Kids [2 0 R 2 0 R 50 0 R] >> endobj 50 0 obj << /Kids [2 0 R 51 0 R 51 0 R] >> endobj 51 0 obj << /Kids [50 0 R] >> endobj\n',
    }),
  ],
  ['operators', pdfOf([`/F1 1 Tf ${'(a)Tj '.repeat(300_000)}`])],
]

for (const [name, file] of hostile) {
  test(`${name} end soon`, () => {
    const { texts } = read(file)
    assert.ok(texts.reduce((sum, text) => sum + text.length, 0) <= limits.fileBytes + 100)
  })
}

test('any change to a file: no error, and no more text than one may have', () => {
  const change = fc.tuple(fc.nat(), fc.nat(255))
  const seeds = cases.map(([, file]) => file)
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(change, { maxLength: 12 }),
      fc.nat(),
      (seed, changes, cut) => {
        const file = Buffer.from(seed)
        for (const [at, value] of changes) file[at % file.length] = value
        const { texts } = read(cut % 3 === 0 ? file.subarray(0, cut % file.length) : file)
        assert.ok(texts.reduce((sum, text) => sum + text.length, 0) <= limits.textBytes * 2)
      },
    ),
    { numRuns: fuzzRuns },
  )
})

test('any operators: no error', () => {
  const operand = fc.oneof(
    fc.constantFrom('/F1', '(ab)', '[(a) 3 (b)]', '<41>', '<<', '>>', '[', ']', '/X', 'null', '1e9'),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
  )
  const operator = fc.constantFrom(
    'q',
    'Q',
    'cm',
    'BT',
    'ET',
    'Tf',
    'Td',
    'Tm',
    'T*',
    'Tj',
    'TJ',
    "'",
    '"',
    'Do',
    'BI',
    'ID',
  )
  const content = fc.array(fc.oneof(operand, operator), { maxLength: 60 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(content, (words) => {
      assert.ok(Array.isArray(read(pdfOf([words])).texts))
    }),
    { numRuns: fuzzRuns },
  )
})
