import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { paragraph, type PrintedDocument } from '../blocks.ts'
import { pdf } from './pdf.ts'

/*
 * What ISO 19005-3 (PDF/A-3, conformance B) asks of a file, clause by clause, as far as it concerns what we write. A validator such as veraPDF is a
 * program of its own; this holds each change to the clauses without one.
 */

const made = Date.UTC(2026, 10, 21, 12)
const data = '{"type":"document"}'
const title = 'Verzeichnis von Verarbeitungstätigkeiten'
const document: PrintedDocument = {
  ...{ title, language: 'de' },
  blocks: [
    paragraph('Title', title),
    paragraph('Notice', 'Ein Entwurf – ≈ 5.'),
    {
      style: 'Table',
      columns: ['Name', 'State'],
      rows: [[{ text: 'Zoë' }, { text: 'met', tone: 'good' }]],
    },
  ],
}
const files = [{ name: 'record.json', type: 'application/json', description: 'Data', content: data }]

interface FileObject {
  dictionary: string
  /** As it is in the file; null where it is no stream. */
  stream: Buffer | null
}

/** Objects by their number: what we write has no object streams. */
class PdfFile {
  readonly bytes: Buffer
  readonly text: string
  readonly objects = new Map<number, FileObject>()
  readonly trailer: string

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.text = bytes.toString('latin1')
    this.trailer = this.text.slice(this.text.lastIndexOf('trailer'))
    for (const [, offset] of this.text.slice(this.text.lastIndexOf('\nxref')).matchAll(/^(\d{10}) 00000 n/gm))
      this.#read(Number(offset))
  }

  #read(offset: number): void {
    const head =
      /^(\d+) 0 obj\n/.exec(this.text.slice(offset, offset + 20)) ?? assert.fail(`no object at ${offset}`)
    const start = offset + head[0].length
    const end = this.text.indexOf('\nendobj', start)
    const at = this.text.indexOf('\nstream\n', start)
    if (at < 0 || at > end) {
      this.objects.set(Number(head[1]), { dictionary: this.text.slice(start, end), stream: null })
      return
    }
    const dictionary = this.text.slice(start, at)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
    const begin = at + '\nstream\n'.length
    assert.equal(
      this.text
        .slice(begin + length, begin + length + 10)
        .trimStart()
        .slice(0, 9),
      'endstream',
    )
    this.objects.set(Number(head[1]), { dictionary, stream: this.bytes.subarray(begin, begin + length) })
  }

  /** The one that a key of a dictionary refers to. */
  at(dictionary: string, key: string): FileObject {
    const number = Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1])
    return this.objects.get(number) ?? assert.fail(`${key} leads nowhere`)
  }

  all(pattern: RegExp): FileObject[] {
    return [...this.objects.values()].filter(({ dictionary }) => pattern.test(dictionary))
  }

  get catalog(): string {
    return this.at(this.trailer, 'Root').dictionary
  }
}

function contentOf({ dictionary, stream }: FileObject): Buffer {
  const bytes = stream ?? assert.fail('no stream')
  return dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes
}

/** A text string: UTF-16 with its mark, or as it stands. */
function infoText(dictionary: string): string {
  const inner = /^\(([^]*)\)$/.exec(dictionary.trim())?.[1] ?? ''
  const bytes = Buffer.from(inner.replaceAll(/\\([()\\])/g, '$1'), 'latin1')
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : inner
}

const clauses: readonly [clause: string, check: (file: PdfFile) => void][] = [
  [
    '6.1.2: a header, and a comment of four bytes above 127',
    ({ bytes, text }) => {
      assert.match(text, /^%PDF-1\.[4-7]\n%/)
      const comment = text.indexOf('\n%') + 2
      assert.ok(bytes.subarray(comment, comment + 4).every((byte) => byte > 127))
    },
  ],
  [
    '6.1.3: an identifier, no encryption, nothing after the end',
    ({ trailer, text }) => {
      assert.match(trailer, /\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/)
      assert.doesNotMatch(trailer, /\/Encrypt/)
      assert.match(text, /%%EOF\n?$/)
    },
  ],
  [
    '6.1.7: streams are as long as they say, in this file, and by no filter but Flate',
    (file) => {
      for (const { dictionary } of file.all(/\/Length /)) {
        assert.doesNotMatch(dictionary, /\/(F|FFilter|FDecodeParms) /)
        for (const [, filter] of dictionary.matchAll(/\/Filter (\S+)/g)) assert.equal(filter, '/FlateDecode')
      }
    },
  ],
  [
    '6.2.3: one output intent, whose profile is of RGB',
    (file) => {
      const intents = file.all(/\/S \/GTS_PDFA1/)
      assert.equal(intents.length, 1)
      assert.match(file.catalog, /\/OutputIntents \[/)
      const profile = file.at(intents[0].dictionary, 'DestOutputProfile')
      assert.match(profile.dictionary, /\/N 3\b/)
      const icc = contentOf(profile).toString('latin1')
      assert.deepEqual([icc.slice(36, 40), icc.slice(16, 20), icc.slice(12, 16)], ['acsp', 'RGB ', 'mntr'])
    },
  ],
  [
    '6.2.4: colours are those of the intent',
    (file) => {
      const pages = file.all(/\/Type \/Page\n/)
      assert.ok(pages.length > 0)
      for (const { dictionary } of pages) {
        const drawn = contentOf(file.at(dictionary, 'Contents')).toString('latin1')
        assert.doesNotMatch(drawn, /(^|\s)[\d.]+ [\d.]+ [\d.]+ [\d.]+ [kK]\s|\/DeviceCMYK|\sri\s/)
      }
      assert.doesNotMatch(file.text, /\/DeviceCMYK|\/Separation|\/DeviceN/)
    },
  ],
  [
    '6.2.5, 6.2.10: no transfer functions, halftones, transparency',
    (file) => {
      assert.deepEqual(file.all(/\/ExtGState|\/S \/Transparency|\/Type \/XObject|\/Type \/Pattern/), [])
      for (const { dictionary } of file.objects.values())
        assert.doesNotMatch(dictionary, /\/(SMask|BM|CA|ca|Group) /)
    },
  ],
  [
    '6.2.11: every font is in it, glyphs lead to characters and to widths',
    (file) => {
      const fonts = file.all(/\/Type \/Font\n/)
      const composite = fonts.filter(({ dictionary }) => dictionary.includes('/Subtype /Type0'))
      assert.equal(composite.length, 2)
      for (const { dictionary } of composite) {
        assert.match(dictionary, /\/Encoding \/Identity-H/)
        assert.match(contentOf(file.at(dictionary, 'ToUnicode')).toString('latin1'), /beginbf(range|char)/)
        const [, number] = /\/DescendantFonts \[(\d+) 0 R\]/.exec(dictionary) ?? assert.fail('no descendant')
        const descendant = file.objects.get(Number(number))?.dictionary ?? ''
        assert.match(descendant, /\/Subtype \/CIDFontType2[^]*\/W \[/)
        assert.match(descendant, /\/CIDToGIDMap \/Identity/)
        const descriptor = file.at(descendant, 'FontDescriptor').dictionary
        const kind = contentOf(file.at(descriptor, 'FontFile2')).toString('latin1', 0, 4)
        assert.ok(kind === 'true' || kind === '\u0000\u0001\u0000\u0000', 'outlines of TrueType')
      }
      assert.equal(fonts.length, 2 * composite.length, 'none but those')
    },
  ],
  [
    '6.3, 6.4, 6.5: no annotations, forms or actions',
    ({ text }) => {
      for (const key of [
        'Annots',
        'AcroForm',
        'XFA',
        'OpenAction',
        'AA',
        'JavaScript',
        'JS',
        'Launch',
        'URI',
      ])
        assert.doesNotMatch(text, new RegExp(`/${key}[ /\\n<[]`), key)
    },
  ],
  [
    '6.6.2: metadata is in plain text, says which part it is, and the same as the information dictionary',
    (file) => {
      const { dictionary, stream } = file.at(file.catalog, 'Metadata')
      assert.match(dictionary, /\/Type \/Metadata[^]*\/Subtype \/XML|\/Subtype \/XML[^]*\/Type \/Metadata/i)
      assert.doesNotMatch(dictionary, /\/Filter/)
      const xmp = stream?.toString('utf8') ?? ''
      const said = (name: string) => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xmp)?.[1]
      assert.match(
        xmp,
        /^\s*<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>[^]*<\?xpacket end="[rw]"\?>\s*$/,
      )
      assert.deepEqual([said('pdfaid:part'), said('pdfaid:conformance')], ['3', 'B'])
      const info = file.at(file.trailer, 'Info').dictionary
      const known = (key: string) => infoText(file.at(info, key).dictionary)
      assert.deepEqual([known('Title'), known('Creator'), known('Producer')], [title, 'Pavise', 'pdfkit'])
      assert.match(xmp, new RegExp(`<rdf:li xml:lang="x-default">${title}</rdf:li>`))
      assert.deepEqual([said('xmp:CreatorTool'), said('pdf:Producer')], ['Pavise', 'pdfkit'])
      assert.deepEqual(
        [known('CreationDate'), said('xmp:CreateDate')],
        ['D:20261121120000Z', '2026-11-21T12:00:00Z'],
      )
    },
  ],
  [
    '6.8: files in it say what they are, are those of the document, and are as they were given',
    (file) => {
      assert.match(file.catalog, /\/AF \[\d+ 0 R\]/)
      const [specification] = file.all(/\/Type \/Filespec/)
      for (const part of ['/F (record.json)', '/UF (record.json)', '/AFRelationship /Data', '/Desc (Data)'])
        assert.ok(specification.dictionary.includes(part), part)
      const embedded = file.at(specification.dictionary.replace(/\/F \(/, ''), 'F')
      assert.match(embedded.dictionary, /\/Subtype \/application#2Fjson/)
      assert.match(embedded.dictionary, /\/ModDate \(D:20261121120000Z\)/)
      assert.equal(contentOf(embedded).toString(), data)
    },
  ],
]

suite('ISO 19005-3', async () => {
  const file = new PdfFile(await pdf(document, { made, files }))
  for (const [clause, check] of clauses) test(clause, () => check(file))
})
