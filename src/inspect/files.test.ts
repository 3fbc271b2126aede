import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { inspectConnection, request, segmentsOf } from '../../test/support/inspected-connection.ts'
import { sharedPlans } from '../../test/support/shared-plans.ts'
import { docxOf, pdfOf, wordTable, wordXml, xlsxOf, zipOf } from '../content/files/fixtures.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'
import { AssessmentList } from './assessment-list.ts'
import { DocumentDetector } from './document-detector.ts'

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
  const { findings, flows } = inspectConnection(detector, segmentsOf(bytes, segmentBytes), 80)
  const anomalies = new Set(flows.flatMap((flow) => Object.keys(flow.anomalies ?? {})))
  return { fields: findings.map((found) => found.field).sort(), anomalies: [...anomalies] }
}

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const inSheet = ['sheet 1 IBAN', 'sheet 1 Name']
const cases: [name: string, bytes: Buffer, fields: string[], anomalies: string[]][] = [
  ['declared as it is', request(sheet, xlsx), inSheet.map((field) => `http.body ${field}`), []],
  ['declared as bytes', request('application/octet-stream', docx), ['http.body document'], []],
  [
    'in a form',
    request('multipart/form-data; boundary=b', form('cv', 'cv.xlsx', sheet, xlsx)),
    ['http.body cv sheet 1 IBAN', 'http.body cv sheet 1 Name', 'http.body note'],
    [],
  ],
  [
    'in a form, as bytes without an ending',
    request('multipart/form-data; boundary=b', form('cv', 'blob', 'application/octet-stream', docx)),
    ['http.body cv document', 'http.body note'],
    [],
  ],
  [
    'stored in an archive, and found once',
    request(
      'multipart/form-data; boundary=b',
      form('cv', 'a.zip', 'application/zip', zipOf({ 'a.txt': ` ${IBAN} ` }, { isStored: true })),
    ),
    ['http.body cv file 1', 'http.body note'],
    [],
  ],
  [
    'encrypted',
    request('application/zip', zipOf({ 'a.txt': IBAN }, { isEncrypted: true })),
    [],
    ['file-encrypted'],
  ],
  ['on a connection of its own', docx, ['payload document'], []],
  ['that is a PDF', request('application/pdf', pdf), ['http.body page 1', 'http.body page 1'], []],
  [
    'in base64 in JSON',
    request('application/json', Buffer.from(JSON.stringify({ cv: pdf.toString('base64') }))),
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
  const traced = compileRecognisers(builtInRecognisers, undefined, { trace: assessments, plans: sharedPlans })
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
