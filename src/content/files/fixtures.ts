import zlib from 'node:zlib'

/** Files written by hand for tests, as small as programs would read them. */

/** How an archive is written. */
interface ZipOptions {
  /** As programs write that cannot go back: sizes stand behind the data. */
  isStreamed?: boolean
  isStored?: boolean
  isEncrypted?: boolean
  withoutDirectory?: boolean
}

/** An archive of named parts. */
export function zipOf(parts: Record<string, string | Buffer>, options: ZipOptions = {}): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content)
    const packed = options.isStored === true ? data : zlib.deflateRawSync(data)
    const local = localHeader(name, packed.length, data.length, options)
    const descriptor = options.isStreamed === true ? sizesOf(0x08074b50, packed.length, data.length) : []
    directory.push(centralHeader(name, packed.length, data.length, at, options))
    pieces.push(local, packed, ...descriptor)
    at += local.length + packed.length + Buffer.concat(descriptor).length
  }
  if (options.withoutDirectory === true) return Buffer.concat(pieces)
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, entries, end])
}

function sizesOf(signature: number, packed: number, size: number): Buffer[] {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(signature, 0)
  descriptor.writeUInt32LE(packed, 8)
  descriptor.writeUInt32LE(size, 12)
  return [descriptor]
}

function flagsOf({ isStreamed, isEncrypted }: ZipOptions): number {
  return (isStreamed === true ? 8 : 0) | (isEncrypted === true ? 1 : 0)
}

function localHeader(name: string, packed: number, size: number, options: ZipOptions): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(flagsOf(options), 6)
  header.writeUInt16LE(options.isStored === true ? 0 : 8, 8)
  if (options.isStreamed !== true) {
    header.writeUInt32LE(packed, 18)
    header.writeUInt32LE(size, 22)
  }
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name)])
}

function centralHeader(name: string, packed: number, size: number, at: number, options: ZipOptions): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(flagsOf(options), 8)
  header.writeUInt16LE(options.isStored === true ? 0 : 8, 10)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(at, 42)
  return Buffer.concat([header, Buffer.from(name)])
}

/** A text document of paragraphs, each of runs: what is typed in one go is often several. */
export function docxOf(...paragraphs: string[][]): Buffer {
  const body = paragraphs.map((runs) => `<w:p>${runs.map(wordRun).join('')}</w:p>`).join('')
  return zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': wordXml(body) })
}

function wordRun(text: string): string {
  return `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
}

export function wordXml(body: string): string {
  return `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`
}

export function wordTable(rows: string[][]): string {
  const cell = (text: string): string => `<w:tc><w:tcPr/><w:p>${wordRun(text)}</w:p></w:tc>`
  return `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`
}

/** A cell of a sheet: a text, or a number with the index of its format. */
export type Cell = string | { number: string; style?: number }

/** A workbook whose texts are shared; format 1 shows days. */
export function xlsxOf(...sheets: Cell[][][]): Buffer {
  const shared: string[] = []
  const indexes = new Map<string, number>()
  const cellXml = (cell: Cell, row: number, column: number): string => {
    const reference = `${String.fromCharCode(65 + column)}${row + 1}`
    if (typeof cell !== 'string')
      return `<c r="${reference}" s="${cell.style ?? 0}"><v>${cell.number}</v></c>`
    if (cell === '') return ''
    let index = indexes.get(cell)
    if (index === undefined) indexes.set(cell, (index = shared.push(cell) - 1))
    return `<c r="${reference}" t="s"><v>${index}</v></c>`
  }
  const parts: Record<string, string> = { 'xl/workbook.xml': '<workbook/>' }
  for (const [i, rows] of sheets.entries()) {
    const xml = rows.map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, row, column)).join('')}</row>`,
    )
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet><sheetData>${xml.join('')}</sheetData></worksheet>`
  }
  parts['xl/sharedStrings.xml'] = `<sst>${shared.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`
  parts['xl/styles.xml'] =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
  return zipOf(parts)
}

export function odfOf(kind: 'text' | 'spreadsheet' | 'presentation', body: string): Buffer {
  const xml = `<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`
  return zipOf({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': xml })
}

/** How a PDF is written. */
interface PdfOptions {
  /** Of the font: what is in its dictionary beside its kind. */
  font?: string
  /** Objects of its own: `20 0 obj … endobj`. */
  more?: string
  trailer?: string
  filter?: 'FlateDecode' | 'ASCII85Decode' | 'ASCIIHexDecode' | 'RunLengthDecode'
  /** All but the pages' contents are in an object stream, as writers have it since PDF 1.5. */
  inObjectStream?: boolean
}

/** A document with a page for each content stream. */
export function pdfOf(contents: readonly string[], options: PdfOptions = {}): Buffer {
  const { font = '/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding', more = '' } = options
  const kids = contents.map((_, i) => `${10 + 2 * i} 0 R`).join(' ')
  const objects: [number: number, text: string][] = [
    [1, '<< /Type /Catalog /Pages 2 0 R >>'],
    [
      2,
      `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} /Resources << /Font << /F1 3 0 R >> >> >>`,
    ],
    [3, `<< /Type /Font ${font} >>`],
    ...contents.map((_, i): [number, string] => [
      10 + 2 * i,
      `<< /Type /Page /Parent 2 0 R /Contents ${11 + 2 * i} 0 R >>`,
    ]),
  ]
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  if (options.inObjectStream === true) pieces.push(objectStream(objects))
  else for (const [number, text] of objects) pieces.push(Buffer.from(`${number} 0 obj\n${text}\nendobj\n`))
  for (const [i, content] of contents.entries())
    pieces.push(streamObject(11 + 2 * i, '', Buffer.from(content, 'latin1'), options.filter))
  const trailer = `trailer\n<< /Root 1 0 R ${options.trailer ?? ''} >>\n%%EOF\n`
  return Buffer.concat([...pieces, Buffer.from(more, 'latin1'), Buffer.from(trailer)])
}

function objectStream(objects: readonly [number: number, text: string][]): Buffer {
  let at = 0
  const pairs = objects.map(([number, text]) => {
    const pair = `${number} ${at}`
    at += text.length + 1
    return pair
  })
  const header = `${pairs.join(' ')} `
  const body = objects.map(([, text]) => text).join('\n')
  const entries = `/Type /ObjStm /N ${objects.length} /First ${header.length}`
  return streamObject(500, entries, Buffer.from(header + body, 'latin1'), 'FlateDecode')
}

/** A stream as an object, encoded. */
export function streamObject(
  number: number,
  entries: string,
  content: Buffer,
  filter?: PdfOptions['filter'],
): Buffer {
  const data = filter === undefined ? content : ENCODERS[filter](content)
  const name = filter === undefined ? '' : `/Filter /${filter}`
  const head = `${number} 0 obj\n<< ${entries} ${name} /Length ${data.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')])
}

const ENCODERS: Record<NonNullable<PdfOptions['filter']>, (bytes: Buffer) => Buffer> = {
  FlateDecode: (bytes) => zlib.deflateSync(bytes),
  ASCIIHexDecode: (bytes) => Buffer.from(`${bytes.toString('hex')}>`),
  RunLengthDecode: (bytes) =>
    Buffer.concat([...bytes].map((byte) => Buffer.from([0, byte])).concat(Buffer.from([128]))),
  ASCII85Decode: (bytes) => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 4) {
      const four = Buffer.alloc(4)
      const length = bytes.copy(four, 0, at, at + 4)
      let number = four.readUInt32BE(0)
      let digits = ''
      for (let i = 0; i < 5; i++) {
        digits = String.fromCharCode(0x21 + (number % 85)) + digits
        number = Math.floor(number / 85)
      }
      text += digits === '!!!!!' && length === 4 ? 'z' : digits.slice(0, length + 1)
    }
    return Buffer.from(`${text}~>`)
  },
}
