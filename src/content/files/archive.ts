import { documentFormat } from '../document-format.ts'
import type { FileFormat } from './file-start.ts'
import type { FileTexts } from './file-texts.ts'
import { limits } from './limits.ts'
import { MarkupText, type PartNames } from './markup-text.ts'
import { readDateStyles } from './number-text.ts'
import { readPdf } from './pdf/pdf.ts'
import { readSharedStrings, SheetReader } from './workbook.ts'
import { scanXml } from './xml-scan.ts'
import { memberBytes, type Member, zipMembers } from './zip.ts'

const DOCUMENT: PartNames = { text: 'document', page: 'page', table: 'table' }

/** Reads an archive: an office document by its parts, anything else member by member. False where there are no members. */
export function readArchive(bytes: Uint8Array, texts: FileTexts, depth = 0): boolean {
  const archive = new Archive(bytes, texts)
  if (archive.has(/^word\//)) readWord(archive)
  else if (archive.has(/^xl\//)) readWorkbook(archive)
  else if (archive.has(/^ppt\//)) readPresentation(archive)
  else if (archive.has(/^content\.xml$/)) readOpenDocument(archive)
  else readMembers(archive, depth)
  return archive.members.length > 0
}

class Archive {
  readonly texts: FileTexts
  readonly members: readonly Member[]
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, texts: FileTexts) {
    this.texts = texts
    this.#bytes = bytes
    this.members = zipMembers(bytes, texts.budget)
  }

  has(name: RegExp): boolean {
    return this.members.some((member) => name.test(member.name))
  }

  /** In the order of the numbers in their names. */
  parts(name: RegExp): Member[] {
    const numbered = this.members.filter((member) => name.test(member.name))
    return numbered.toSorted((a, b) => numberIn(a.name) - numberIn(b.name))
  }

  bytesOf(member: Member): Uint8Array {
    return memberBytes(this.#bytes, member, this.texts.budget)
  }

  xmlOf(member: Member): string {
    return xmlText(this.bytesOf(member))
  }
}

function numberIn(name: string): number {
  return Number(/(\d{1,9})\.xml$/.exec(name)?.[1] ?? 0)
}

/** UTF-8, or UTF-16 by its byte order mark (XML 1.0 section 4.3.3). */
function xmlText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return buffer.toString('utf16le', 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(buffer.subarray(2, buffer.length & ~1))
      .swap16()
      .toString('utf16le')
  return buffer.toString('utf8')
}

function readWord(archive: Archive): void {
  const { texts } = archive
  const body = new MarkupText(texts, DOCUMENT, false)
  for (const part of archive.parts(/^word\/document\d*\.xml$/)) body.read(archive.xmlOf(part), texts.budget)
  for (const [name, text] of WORD_PARTS) {
    const reader = new MarkupText(texts, { ...DOCUMENT, text }, false)
    for (const part of archive.parts(name)) reader.read(archive.xmlOf(part), texts.budget)
  }
}

const WORD_PARTS: readonly [name: RegExp, text: string][] = [
  [/^word\/header\d*\.xml$/, 'header'],
  [/^word\/footer\d*\.xml$/, 'footer'],
  [/^word\/(?:footnotes|endnotes)\.xml$/, 'notes'],
  [/^word\/comments\.xml$/, 'comments'],
]

function readWorkbook(archive: Archive): void {
  const { texts } = archive
  const { budget } = texts
  const sharedStrings = archive
    .parts(/^xl\/sharedStrings\.xml$/i)
    .flatMap((part) => readSharedStrings(archive.xmlOf(part), budget))
  const [styles] = archive.parts(/^xl\/styles\.xml$/i)
  const dateStyles = styles === undefined ? new Set<number>() : readDateStyles(archive.xmlOf(styles), budget)
  for (const [index, part] of archive.parts(/^xl\/worksheets\/[^/]+\.xml$/i).entries()) {
    const sheet = new SheetReader(`sheet ${index + 1}`, { sharedStrings, dateStyles }, texts)
    scanXml(archive.xmlOf(part), sheet, budget)
  }
  const comments = new MarkupText(texts, { ...DOCUMENT, text: 'comments' }, false)
  for (const part of archive.parts(/^xl\/(?:comments\d*|threadedComments\/[^/]+)\.xml$/i))
    comments.read(archive.xmlOf(part), budget)
}

function readPresentation(archive: Archive): void {
  const { texts } = archive
  for (const [name, kind] of SLIDE_PARTS) {
    for (const [index, part] of archive.parts(name).entries()) {
      const text = `${kind} ${index + 1}`
      new MarkupText(texts, { text, page: kind, table: `${text} table` }, false).read(
        archive.xmlOf(part),
        texts.budget,
      )
    }
  }
}

const SLIDE_PARTS: readonly [name: RegExp, kind: string][] = [
  [/^ppt\/slides\/[^/]+\.xml$/, 'slide'],
  [/^ppt\/notesSlides\/[^/]+\.xml$/, 'notes'],
  [/^ppt\/comments\/[^/]+\.xml$/, 'comments'],
]

function readOpenDocument(archive: Archive): void {
  const { texts } = archive
  const [manifest] = archive.parts(/^META-INF\/manifest\.xml$/)
  if (manifest !== undefined && archive.xmlOf(manifest).includes('encryption-data')) {
    texts.budget.problems.add('encrypted')
    return
  }
  for (const part of archive.parts(/^(?:content|styles)\.xml$/)) {
    const xml = archive.xmlOf(part)
    const isSheet = /<office:spreadsheet[\s>]/.test(xml)
    const isSlides = /<office:presentation[\s>]/.test(xml)
    const names = {
      text: part.name === 'content.xml' ? 'document' : 'header',
      page: isSlides ? 'slide' : 'page',
      table: isSheet ? 'sheet' : 'table',
    }
    new MarkupText(texts, names, true).read(xml, texts.budget)
  }
}

/** Names of members are not shown: people call files after people. */
function readMembers(archive: Archive, depth: number): void {
  const { texts } = archive
  for (const [index, member] of archive.members.entries()) {
    const bytes = archive.bytesOf(member)
    const format = documentFormat(bytes)
    if (format === 'zip' || format === 'pdf') readNested(bytes, format, texts, depth + 1)
    else if (format !== 'binary') texts.addBytes(`file ${index + 1}`, bytes)
  }
}

function readNested(bytes: Uint8Array, format: FileFormat, texts: FileTexts, depth: number): void {
  if (depth > limits.nesting) texts.budget.problems.add('limit')
  else if (format === 'zip') readArchive(bytes, texts, depth)
  else readPdf(bytes, texts)
}
