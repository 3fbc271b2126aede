import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { docxOf, pdfOf, wordTable, wordXml, xlsxOf, zipOf } from '../content/files/fixtures.ts'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'
import { AssessmentList } from './assessment-list.ts'
import { DocumentDetector } from './document-detector.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

const IBAN = 'DE89370400440532013000'
const docx = docxOf(['Pay to DE89 3704 ', '0044 0532 0130 00'])
const xlsx = xlsxOf([
  ['Name', 'IBAN'],
  ['Anna Meier', IBAN],
])
const pdf = pdfOf([
  'BT /F1 10 Tf 12 TL 50 700 Td (Dear Ms Anna Meier,) Tj T* (pay to DE89 3704 0044 0532 0130 00) Tj ET',
])
const form = (name: string, fileName: string, type: string, file: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\njane@example.org\r\n' +
        `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    file,
    Buffer.from('\r\n--b--\r\n'),
  ])

/** Fields in which something was found, and what was off, in a flow that sends `bytes` in segments. */
function inspect(bytes: Buffer, segmentBytes: number): { fields: string[]; anomalies: string[] } {
  const fields: string[] = []
  const anomalies = new Set<string>()
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow: (view) => {
      fields.push(...view.news().map((found) => found.field))
      for (const code of Object.keys(view.record().anomalies ?? {})) anomalies.add(code)
    },
  })
  for (let at = 0; at < bytes.length; at += segmentBytes) {
    const ports = { sourcePort: 40_000, destinationPort: 80 }
    const packet = new Packet()
    packet.bytes = ipv4(
      { protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' },
      tcp(
        { ...ports, sequence: 101 + at, acknowledgment: 1, flags: TcpFlag.ack },
        bytes.subarray(at, at + segmentBytes),
      ),
    )
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000 + at
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return { fields: fields.sort(), anomalies: [...anomalies] }
}

function upload(type: string, body: Buffer): Buffer {
  const head = `PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const inSheet = ['sheet 1 IBAN', 'sheet 1 Name']
const cases: [name: string, bytes: Buffer, fields: string[], anomalies: string[]][] = [
  ['declared as it is', upload(sheet, xlsx), inSheet.map((field) => `http.body ${field}`), []],
  ['declared as bytes', upload('application/octet-stream', docx), ['http.body document'], []],
  [
    'in a form',
    upload('multipart/form-data; boundary=b', form('cv', 'cv.xlsx', sheet, xlsx)),
    ['http.body cv sheet 1 IBAN', 'http.body cv sheet 1 Name', 'http.body note'],
    [],
  ],
  [
    'in a form, as bytes without an ending',
    upload('multipart/form-data; boundary=b', form('cv', 'blob', 'application/octet-stream', docx)),
    ['http.body cv document', 'http.body note'],
    [],
  ],
  [
    'stored in an archive, and found once',
    upload(
      'multipart/form-data; boundary=b',
      form('cv', 'a.zip', 'application/zip', zipOf({ 'a.txt': ` ${IBAN} ` }, { isStored: true })),
    ),
    ['http.body cv file 1', 'http.body note'],
    [],
  ],
  [
    'encrypted',
    upload('application/zip', zipOf({ 'a.txt': IBAN }, { isEncrypted: true })),
    [],
    ['file-encrypted'],
  ],
  ['on a connection of its own', docx, ['payload document'], []],
  ['that is a PDF', upload('application/pdf', pdf), ['http.body page 1', 'http.body page 1'], []],
  [
    'in base64 in JSON',
    upload('application/json', Buffer.from(JSON.stringify({ cv: pdf.toString('base64') }))),
    ['http.body $.cv base64 page 1', 'http.body $.cv base64 page 1'],
    [],
  ],
]

for (const [name, bytes, fields, anomalies] of cases) {
  test(`a file ${name} is inspected, wherever it is cut`, () => {
    // A connection is known for what it carries by its first segment.
    for (const segmentBytes of fields[0]?.startsWith('payload') ? [61, 1400] : [3, 61, 1400])
      assert.deepEqual(inspect(bytes, segmentBytes), { fields, anomalies }, `segments of ${segmentBytes}`)
  })
}

test('of a document that is encrypted it is told that it was not inspected', () => {
  const document = new DocumentDetector(detector)
  assert.deepEqual(document.detect(pdfOf([], { trailer: '/Encrypt 9 0 R' }), 'pdf'), [])
  assert.deepEqual([...document.problems], ['encrypted'])
  document.detect(docx, 'zip')
  assert.equal(document.problems.size, 0)
})

test('why a value in a file was found is told of each', () => {
  const assessments = new AssessmentList()
  const traced = compileRecognisers(builtInRecognisers, undefined, { trace: assessments })
  const found = new DocumentDetector(traced, assessments).detect(xlsx, 'zip')
  assert.deepEqual(
    found.map((finding) => [finding.field, assessments.of(finding)?.field]),
    [
      ['sheet 1 Name', 'Name'],
      ['sheet 1 IBAN', 'IBAN'],
    ],
  )
})

test('a file as a document tells the column, its place is all of it', () => {
  const table = [
    ['Account', 'Name'],
    [IBAN, 'Anna Meier'],
  ]
  const file = zipOf({ 'word/document.xml': wordXml(wordTable(table)) })
  const found = new DocumentDetector(detector).detect(file, 'zip')
  assert.deepEqual(
    found.map(({ identifier, field, start, end }) => [identifier, field, start, end]),
    [
      ['iban', 'table 1 Account', 0, file.length],
      ['name', 'table 1 Name', 0, file.length],
    ],
  )
})
