import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import {
  type Block,
  type Cell,
  isWide,
  type Paragraph,
  type PrintedDocument,
  type Table,
  type Tone,
} from './blocks.ts'

/** Of all files in a document, so that the same content gives the same bytes. The first that ZIP can say. */
const fileTime = new Date(1980, 0, 1)

/** A document of Word (WordprocessingML, ECMA-376 part 1): paragraphs with styles, and tables. */
export async function docx(document: PrintedDocument): Promise<Buffer> {
  const zip = new ZipFile()
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': packageRelations,
    'docProps/core.xml': propertiesXml(document),
    'word/document.xml': documentXml(document),
    'word/_rels/document.xml.rels': documentRelations,
    'word/styles.xml': stylesXml(document.language),
    'word/numbering.xml': numberingXml,
  }
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name, { mtime: fileTime, forceDosTimestamp: true })
  }
  zip.end()
  return buffer(zip.outputStream)
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageTypes = 'http://schemas.openxmlformats.org/package/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${types}.numbering+xml"/></Types>`
const packageRelations = `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="${packageTypes}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
const documentRelations = `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${office}/numbering" Target="numbering.xml"/></Relationships>`
const numberingXml = `${head}<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="360" w:hanging="240"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

/** A4 with margins of 25 mm, upright or on its side, in twentieths of a point. */
function pageXml(isLandscape: boolean): string {
  const size = isLandscape ? 'w:w="16838" w:h="11906" w:orient="landscape"' : 'w:w="11906" w:h="16838"'
  return `<w:sectPr><w:pgSz ${size}/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>`
}

function propertiesXml({ title, language }: PrintedDocument): string {
  return `${head}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(title)}</dc:title><dc:language>${language}</dc:language><dc:creator>Pavise</dc:creator></cp:coreProperties>`
}

function documentXml(document: PrintedDocument): string {
  const body = document.blocks.map(blockXml).join('')
  return `${head}<w:document xmlns:w="${word}"><w:body>${body}${pageXml(isWide(document))}</w:body></w:document>`
}

function blockXml(block: Block): string {
  return block.style === 'Table' ? tableXml(block) : paragraphXml(block)
}

function paragraphXml({ style, text }: Paragraph): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`
}

/** As wide as the page; its titles are repeated on each. Word wants a paragraph between a table and the next. */
function tableXml({ columns, rows }: Table): string {
  const borders = ['top', 'bottom', 'insideH'].map(
    (side) => `<w:${side} w:val="single" w:sz="4" w:color="D0D7DE"/>`,
  )
  const margins =
    '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
  const look = `<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders.join('')}</w:tblBorders>${margins}</w:tblPr>`
  const grid = `<w:tblGrid>${'<w:gridCol/>'.repeat(columns.length)}</w:tblGrid>`
  const titles = columns.map((text) => cellXml({ text }, '<w:b/>')).join('')
  const head = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${titles}</w:tr>`
  const all = rows.map((row) => `<w:tr>${row.map((cell) => cellXml(cell, runOf(cell))).join('')}</w:tr>`)
  return `<w:tbl>${look}${grid}${head}${all.join('')}</w:tbl>${paragraphXml({ style: 'Normal', text: '' })}`
}

function cellXml({ text }: Cell, run: string): string {
  return `<w:tc><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr><w:r><w:rPr>${run}</w:rPr><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p></w:tc>`
}

const toneColours: Readonly<Record<Tone, string>> = {
  good: '116329',
  fair: '7A4B00',
  bad: 'A40E26',
  quiet: '57606A',
}

function runOf({ tone }: Cell): string {
  if (tone === undefined) return ''
  return `${tone === 'quiet' ? '' : '<w:b/>'}<w:color w:val="${toneColours[tone]}"/>`
}

function stylesXml(language: string): string {
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="${language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`
  const styles = [
    styleXml('Normal', '', ''),
    styleXml('Title', '<w:spacing w:after="200"/>', '<w:b/><w:sz w:val="36"/>'),
    styleXml(
      'Heading1',
      '<w:keepNext/><w:spacing w:before="280" w:after="40"/><w:outlineLvl w:val="0"/>',
      '<w:b/><w:sz w:val="26"/>',
    ),
    styleXml(
      'Heading2',
      '<w:keepNext/><w:spacing w:before="200" w:after="20"/><w:outlineLvl w:val="1"/>',
      '<w:b/><w:sz w:val="22"/>',
    ),
    styleXml(
      'Cell',
      '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>',
      '<w:sz w:val="16"/>',
    ),
    styleXml('Law', '<w:keepNext/>', '<w:i/><w:color w:val="57606A"/><w:sz w:val="19"/>'),
    styleXml(
      'Notice',
      '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="9A6700"/></w:pBdr>',
      '',
    ),
    styleXml('Missing', '', '<w:b/><w:highlight w:val="yellow"/>'),
    styleXml('ListBullet', '<w:numPr><w:numId w:val="1"/></w:numPr>', ''),
  ]
  return `${head}<w:styles xmlns:w="${word}">${defaults}${styles.join('')}</w:styles>`
}

type StyleId = Paragraph['style'] | 'Cell'

function styleXml(id: StyleId, paragraph: string, run: string): string {
  const isUsual = id === 'Normal' ? ' w:default="1"' : ''
  return `<w:style w:type="paragraph"${isUsual} w:styleId="${id}"><w:name w:val="${styleNames[id]}"/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
}

/** As Word knows those that it has of its own. */
const styleNames: Readonly<Record<StyleId, string>> = {
  Normal: 'Normal',
  Title: 'Title',
  Heading1: 'heading 1',
  Heading2: 'heading 2',
  Cell: 'Cell',
  ListBullet: 'List Bullet',
  Law: 'Law',
  Notice: 'Notice',
  Missing: 'Missing',
}

/** Characters that XML 1.0 cannot hold at all go. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
