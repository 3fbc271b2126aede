import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { inflateSync } from 'node:zlib'
import { anyText } from '../../../test/support/any-text.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { type Block, paragraph, type PrintedDocument } from '../blocks.ts'
import { columnWidths } from './column-widths.ts'
import { pdf } from './pdf.ts'
import { linesOf, showable } from './text-lines.ts'

const made = Date.UTC(2026, 10, 21, 12)
const data = '{"type":"document","name":"Zoë"}'
const files = [{ name: 'record.json', type: 'application/json', description: 'Data', content: data }]

const table: Block = {
  style: 'Table',
  columns: ['Name', 'State'],
  rows: Array.from({ length: 40 }, (_, i) => [
    { text: `row ${i} 中文\u0000` },
    { text: 'met', tone: 'good' as const },
  ]),
}
const document: PrintedDocument = {
  title: 'Verzeichnis von Verarbeitungstätigkeiten',
  language: 'de',
  blocks: [
    paragraph('Title', 'Verzeichnis'),
    paragraph('Notice', 'Ein Entwurf.'),
    paragraph('ListBullet', 'eins'),
    paragraph('ListBullet', 'zwei'),
    paragraph('Heading1', 'Tabelle'),
    table,
    paragraph('Missing', 'x'.repeat(400)),
  ],
}

/** Once for all tests: most of the time that it takes is that of loading what writes it. */
const written = pdf(document, { made, files })

/** All that is in a file, streams with their compression taken off. */
function opened(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  const streams = [...text.matchAll(/\/FlateDecode[^]*?stream\r?\n/g)].map(({ index, 0: head }) => {
    const start = index + head.length
    const end = text.indexOf('endstream', start)
    return inflateSync(bytes.subarray(start, end)).toString('latin1')
  })
  return [text, ...streams].join('\n')
}

suite('PDF', () => {
  test('has what PDF/A-3 asks for: its part, an output intent, embedded fonts, tags, and no glyph that stands for nothing', async () => {
    const all = opened(await written)
    for (const part of [
      /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B<\/pdfaid:conformance>/,
      /\/S \/GTS_PDFA1/,
      /\/Marked true/,
      /\/Lang \(de\)/,
      /\/FontFile2 /,
      /\/S \/TH\n/,
      /\/S \/TD\n/,
    ]) {
      assert.ok(part.test(all), `${part}`)
    }
    const fonts = [...all.matchAll(/\/Type \/Font\n/g)].length
    assert.ok(fonts > 0)
    assert.equal(
      [...all.matchAll(/\/Subtype \/(Type1|TrueType)\n/g)].length,
      0,
      'a font that is not embedded',
    )
    // Glyphs are numbers of two bytes; 0 is the one that stands for nothing.
    assert.ok(!/<(?:[0-9a-f]{4})*?0000(?:[0-9a-f]{4})*>[^\n]*TJ/.test(all))
  })

  test('holds the data that it was made of, as an associated file', async () => {
    const all = opened(await written)
    for (const part of ['/AFRelationship /Data', '/AF [', '/Subtype /application#2Fjson'])
      assert.ok(all.includes(part), part)
    assert.ok(all.includes(Buffer.from(data).toString('latin1')))
  })

  test('of the same content is the same bytes', async () => {
    assert.deepEqual(await pdf(document, { made, files }), await written)
  })
})

suite('lines', () => {
  const measure = (text: string) => text.length

  test('break at spaces, and words that are too wide after a mark or anywhere', () => {
    for (const [text, lines] of [
      ['', ['']],
      ['one two three', ['one two', 'three']],
      ['lab.example.org', ['lab.', 'example.', 'org']],
      ['abcdefghijkl', ['abcdefgh', 'ijkl']],
    ] as const) {
      assert.deepEqual(linesOf(text, 8, measure), lines, text)
    }
  })

  test('are never wider than there is room, and lose nothing', () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        const shown = showable(text, (codePoint) => codePoint < 0x250)
        const lines = linesOf(shown, 8, measure)
        assert.ok(lines.every((line) => measure(line) <= 8))
        assert.equal(lines.join('').replaceAll(' ', ''), shown.replaceAll(' ', ''))
      }),
      { numRuns: fuzzRuns },
    )
  })

  test('what a font has no glyph for is named', () => {
    assert.equal(
      showable('a\tb中😀', (codePoint) => codePoint < 0x80),
      'a b[U+4E2D][U+1F600]',
    )
  })

  test('columns fill the width, and each has room for its words where that can be', () => {
    const columns = [['id', 'a b c d e f g h i j'], ['x']]
    const widths = columnWidths(columns, 30, measure)
    assert.equal(Math.round(widths.reduce((sum, each) => sum + each)), 30)
    assert.ok(widths[0] > widths[1] && widths[1] >= 1)
  })

  test('where there is little room, cells are broken at their spaces before words are', () => {
    const columns = [['Purpose'], ...Array.from({ length: 10 }, () => ['a b'])]
    const widths = columnWidths(columns, 35, measure)
    assert.equal(Math.round(widths.reduce((sum, each) => sum + each)), 35)
    assert.ok(widths[0] >= 'Purpose'.length && widths[1] >= 1)
    assert.deepEqual(columnWidths([['aaaa'], ['bbbb']], 2, measure), [1, 1])
  })
})
