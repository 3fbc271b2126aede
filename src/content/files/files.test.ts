import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { FileReader, heldFileBytes } from './file-reader.ts'
import type { FileProblem } from './budget.ts'
import { docxOf, odfOf, wordTable, wordXml, xlsxOf, zipOf } from './fixtures.ts'
import { limits } from './limits.ts'

/** What a file has: its texts by their fields, `field: text`, and what was not read of it. */
function read(file: Uint8Array, pieces = 1): { texts: string[]; problems: FileProblem[] } {
  const reader = new FileReader()
  const texts: string[] = []
  for (let i = 0; i < pieces; i++)
    reader.read(file, Math.floor((i * file.length) / pieces), Math.floor(((i + 1) * file.length) / pieces))
  reader.end({
    value: (bytes, start, end) => {
      texts.push(`${reader.name()}: ${Buffer.from(bytes).toString('utf8', start, end)}`)
    },
  })
  return { texts, problems: [...reader.problems] }
}

const IBAN = 'DE89370400440532013000'
const people = [
  ['Name', 'IBAN', 'Date of birth'],
  ['Anna Meier', IBAN, { number: '29189', style: 1 }],
  ['Jan Novak', '', { number: '4.1111111111111111E+15' }],
]
const cells = (...row: string[]): string =>
  `<table:table-row>${row.map((text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`).join('')}</table:table-row>`

const cases: [name: string, file: Buffer, texts: string[]][] = [
  [
    'runs of a paragraph belong together, paragraphs do not',
    docxOf(['Pay to DE89 3704 ', '0044 0532 ', '0130 00'], ['Tom &amp; Jerry &#x2013; &#252;ber']),
    ['document: Pay to DE89 3704 0044 0532 0130 00\nTom & Jerry – über'],
  ],
  [
    'a table of a document has its columns',
    zipOf({
      'word/document.xml': wordXml(
        `<w:p/>${wordTable([
          ['Name', 'IBAN'],
          ['Anna Meier', IBAN],
        ])}`,
      ),
    }),
    [`table 1 Name: Anna Meier`, `table 1 IBAN: ${IBAN}`],
  ],
  [
    'a table of labels and values is read by its labels',
    zipOf({
      'word/document.xml': wordXml(
        wordTable([
          ['Name:', 'Anna Meier'],
          ['IBAN', IBAN],
        ]),
      ),
    }),
    [
      'table 1 column 1: Name:',
      'table 1 Name: Anna Meier',
      'table 1 column 1: IBAN',
      `table 1 IBAN: ${IBAN}`,
    ],
  ],
  [
    'headers, notes and comments are read, what was deleted and field codes are not',
    zipOf({
      'word/document.xml': wordXml('<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>body</w:t></w:r></w:p>'),
      'word/header1.xml': '<w:hdr><w:p><w:r><w:t>head</w:t></w:r></w:p></w:hdr>',
      'word/comments.xml': '<w:comments><w:p><w:r><w:t>aside</w:t></w:r></w:p></w:comments>',
    }),
    ['document: body', 'header: head', 'comments: aside'],
  ],
  [
    'a cell of a sheet has its column, days and long numbers are written out',
    xlsxOf([['List of people'], ...people]),
    [
      'sheet 1 column 1: List of people',
      'sheet 1 Name: Anna Meier',
      `sheet 1 IBAN: ${IBAN}`,
      'sheet 1 Date of birth: 1979-11-30',
      'sheet 1 Name: Jan Novak',
      'sheet 1 Date of birth: 4111111111111111',
    ],
  ],
  [
    'slides are told apart',
    zipOf({
      'ppt/slides/slide10.xml': '<p:sld><a:p><a:r><a:t>ten</a:t></a:r></a:p></p:sld>',
      'ppt/slides/slide2.xml': '<p:sld><a:p><a:r><a:t>two</a:t></a:r></a:p></p:sld>',
    }),
    ['slide 1: two', 'slide 2: ten'],
  ],
  [
    'an OpenDocument text',
    odfOf(
      'text',
      '<text:p>Call <text:span>0151</text:span><text:s/>23<text:tab/>x<text:line-break/>y</text:p>',
    ),
    ['document: Call 0151 23\tx\ny'],
  ],
  [
    'an OpenDocument sheet, with the value of a day instead of how it is shown',
    odfOf(
      'spreadsheet',
      `<table:table>${cells('Name', 'IBAN', 'Date of birth')}<table:table-row>` +
        `<table:table-cell><text:p>Anna Meier</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1"/>` +
        '<table:table-cell office:value-type="date" office:date-value="1979-11-30"><text:p>30. Nov.</text:p></table:table-cell>' +
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>',
    ),
    ['sheet 1 Name: Anna Meier', 'sheet 1 Date of birth: 1979-11-30'],
  ],
  [
    'any other archive is read file by file, documents in it too',
    zipOf({
      'anna.meier@example.org.txt': 'hello',
      'a.docx': docxOf(['inner']),
      'x.png': Buffer.from([0x89, 0, 1, 2]),
    }),
    ['file 1: hello', 'document: inner'],
  ],
  ['stored members', zipOf({ 'a.txt': 'stored text' }, { isStored: true }), ['file 1: stored text']],
]

for (const [name, file, texts] of cases) {
  test(name, () => {
    assert.deepEqual(read(file), { texts, problems: [] })
    assert.deepEqual(read(file, 7), { texts, problems: [] })
  })
}

test('an archive that is cut, or written as it streams, is read from its beginning', () => {
  const parts = { 'a.txt': 'first text', 'b.txt': 'second text' }
  const texts = ['file 1: first text', 'file 2: second text']
  for (const isStreamed of [false, true]) {
    assert.deepEqual(read(zipOf(parts, { isStreamed })), { texts, problems: [] })
    const cut = zipOf(parts, { isStreamed, withoutDirectory: true })
    assert.deepEqual(read(cut), { texts, problems: ['damaged'] })
  }
})

test('of a damaged member the beginning is read', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} ${(i * 7919) % 10007}`).join('\n')
  const file = zipOf({ 'a.txt': lines })
  for (let i = 0; i < 512; i++) file[(file.length >> 1) + i] = (i * 167) & 0xff
  const { texts, problems } = read(file)
  assert.deepEqual(problems, ['damaged'])
  assert.ok(texts[0].length > lines.length / 4)
  assert.ok(`file 1: ${lines}`.startsWith(texts[0].slice(0, lines.length / 4)))
})

test('encrypted members are told of', () => {
  assert.deepEqual(read(zipOf({ 'a.txt': 'secret' }, { isEncrypted: true })), {
    texts: [],
    problems: ['encrypted'],
  })
})

test('an encrypted OpenDocument is told of', () => {
  const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>'
  const file = zipOf({ 'content.xml': Buffer.from([1, 2, 3]), 'META-INF/manifest.xml': manifest })
  assert.deepEqual(read(file), { texts: [], problems: ['encrypted'] })
})

test('what is no archive for all its first bytes is read as text', () => {
  assert.deepEqual(read(Buffer.from(`PK\x03\x04 ${IBAN}`)).texts, [`: PK\x03\x04 ${IBAN}`])
})

test('bombs are bounded', () => {
  const zeros = zipOf({ 'a.txt': Buffer.alloc(64 * 1024 * 1024, 'a') })
  assert.ok(read(zeros).problems.includes('limit'))
  let nested = zipOf({ 'a.txt': 'deep' })
  for (let i = 0; i < 5; i++) nested = zipOf({ 'a.zip': nested })
  assert.deepEqual(read(nested), { texts: [], problems: ['limit'] })
})

test('of a file that is too long the beginning is read, and no more is held than all may hold', () => {
  const long = zipOf({ 'a.txt': 'first', 'b.bin': Buffer.alloc(limits.fileBytes) }, { isStored: true })
  const { texts, problems } = read(long, 100)
  assert.equal(texts[0], 'file 1: first')
  assert.ok(problems.includes('too-large'))
  const readers = Array.from({ length: 20 }, () => new FileReader())
  for (const reader of readers) reader.read(long, 0, limits.fileBytes)
  assert.ok(heldFileBytes() <= limits.memoryBytes)
  for (const reader of readers) reader.end()
  assert.equal(heldFileBytes(), 0)
})

test('what only may be a file is given up as soon as it is none', () => {
  const reader = new FileReader(true)
  reader.read(Buffer.from('PK'), 0, 2)
  assert.ok(reader.isCollecting)
  reader.read(Buffer.from('no archive'), 0, 10)
  reader.read(Buffer.from('PK\x03\x04'), 0, 4)
  assert.ok(!reader.isCollecting)
  assert.equal(heldFileBytes(), 0)
})

test('any change to a file: no error, and no more text than one may have', () => {
  const seeds = cases.map(([, file]) => file)
  const change = fc.tuple(fc.nat(), fc.nat(255))
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
        assert.equal(heldFileBytes(), 0)
      },
    ),
    { numRuns: fuzzRuns },
  )
})
