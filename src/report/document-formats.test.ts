import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentKinds } from '../model/document-words.ts'
import { defaultPersonalDataLabels } from '../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../model/processor.ts'
import { type DocumentSources, missingOf } from '../privacy/documents/document.ts'
import { makeDocument } from '../privacy/documents/make-document.ts'
import { standingDifferences } from '../privacy/differences/standing-differences.ts'
import { dataFlowMap } from '../privacy/map/data-flow-map.ts'
import {
  context,
  data,
  joinLetters,
  observed,
  outside,
  processor,
  server,
  workload,
} from '../privacy/map/map-fixtures.ts'
import { transfersOf } from '../privacy/map/transfers-of.ts'
import { privacyDocument } from './document-blocks.ts'
import { documentCsv, documentHtml, documentMarkdown } from './document-formats.ts'
import { docx } from './docx.ts'

const labels = { gdpr: 'true', purpose: 'treatment <b>', owner: '=records' }
const api = workload('api', { labels })
const lab = processor({ name: 'cn-lab', displayName: 'Lab | CN', country: 'CN', addresses: ['lab.example'] })
const clinic = processor({
  name: 'clinic',
  displayName: 'Clinic Ltd',
  role: 'controller',
  addresses: ['clinic.example'],
  contact: 'dpo@clinic.example',
})

function sources(processors: ProcessorDefinition[] = [lab]): DocumentSources {
  const flows = [
    observed(outside, workload('web'), { carried: [data('email', 'contact')] }),
    observed(workload('web'), api, {
      carried: [data('diagnosis', 'health')],
      subjects: { toServer: 'abc', toClient: '' },
    }),
    observed(api, server('lab.example'), {
      carried: [data('email', 'contact')],
      encrypted: true,
      tlsVersions: ['TLSv1.3'],
    }),
    observed(server('clinic.example'), api, { carried: [data('email', 'contact')] }),
  ]
  const transfers = dataFlowMap(transfersOf(flows, joinLetters), context(processors))
  const acceptances = new Map()
  return {
    ...{ now: Date.UTC(2026, 10, 21), transfers, processors, countrySource: 'a database' },
    differences: standingDifferences({
      transfers,
      processors,
      services: [],
      labels: defaultPersonalDataLabels,
      acceptances,
      now: 0,
    }),
    personsOf: (party) => (party === 'clinic/api' ? 3 : 0),
    measured: {
      workloads: { running: 3, seen: 2, notSeen: [{ name: 'clinic/legacy', why: 'host-network' }] },
      modes: { Discover: 2, Monitor: 1, Protect: 0 },
      rules: { written: 4, learned: 5, askingForEncryption: 1 },
      ...{ policyVersion: 7, evidenceEntries: 99, quarantined: 0 },
      retentionDays: { flows: 7, findings: 30, evidence: 1095 },
    },
  }
}

test('the record has an activity for each service, with what was seen and what was not', () => {
  const record = makeDocument('record', sources())
  assert.deepEqual(
    record.overview.rows.map(({ cells }) => cells.slice(0, 7)),
    [
      [
        ...['clinic/api', 'treatment <b>', '=records', 'health, contact', '3'],
        ...['clinic/web; clinic.example:443 (not declared)', 'Lab | CN (processor)'],
      ],
      ['clinic/web', '', '', 'contact, health', 'not told from each other', 'clients outside', 'clinic/api'],
    ],
  )
  const [row] = record.overview.rows
  assert.match(
    row.cells[7],
    /Lab \| CN \(processor\), CN, as declared: no ground declared; no adequacy decision speaks of CN/,
  )
  assert.deepEqual(
    [row.cells[8], row.cells[9]],
    ['in the clear, TLSv1.3', 'categories of data subjects; time limits for erasure'],
  )
  assert.ok(missingOf(record).includes('Activity clinic/web: purposes of the processing'))
  assert.ok(!missingOf(record).includes('Activity clinic/api: purposes of the processing'), 'a label says it')
})

test('every figure of every document leads to transfers or differences that there are', () => {
  const given = sources([lab, clinic])
  const known = new Set([...given.transfers, ...given.differences].map(({ id }) => id))
  for (const kind of documentKinds) {
    const { overview, sections } = makeDocument(kind, given)
    const rows = [overview, ...sections.flatMap(({ table }) => table ?? [])].flatMap((table) => table.rows)
    assert.ok(
      rows.some(({ records }) => records.length > 0),
      kind,
    )
    for (const { records } of rows)
      assert.deepEqual(
        records.filter((id) => !known.has(id)),
        [],
        kind,
      )
  }
})

test('the record of a processor is by the controllers on whose behalf it acts', () => {
  const record = makeDocument('processor-record', sources([lab, clinic]))
  assert.deepEqual(
    record.overview.rows.map(({ cells }) => cells.slice(0, 2)),
    [['Clinic Ltd', 'dpo@clinic.example']],
  )
  assert.ok(record.sections.some(({ title }) => title === 'On behalf of Clinic Ltd'))
  assert.deepEqual(makeDocument('processor-record', sources()).overview.rows, [])
})

test('partners stand in the record with what binds them, and with what is missing of that', () => {
  const bound = processor({
    ...{ name: 'cn-lab', displayName: 'Lab', country: 'CN', addresses: ['lab.example'], contract: 'DPA-7' },
    ...{ contractDate: '2026-01-15', transferMechanism: 'standard-contractual-clauses' },
    subProcessors: [{ name: 'Courier', country: 'SG', purpose: 'samples' }],
    securityMeasures: ['encryption at rest'],
  })
  const section = (kind: 'record' | 'measures', title: string, given: ProcessorDefinition[]) =>
    makeDocument(kind, sources(given)).sections.find((each) => each.title === title)
  const partners = section('record', 'Recipients and processors', [bound])
  assert.deepEqual(partners?.table?.rows[0].cells.slice(1, 6), [
    ...['processor', 'CN', 'DPA-7, 2026-01-15', 'standard-contractual-clauses', 'Courier (SG), samples'],
  ])
  assert.equal(partners?.table?.rows[0].records.length, 1)
  const reference = '(EU) 2021/914, module 2'
  const record = makeDocument('record', sources([{ ...bound, transferReference: reference }]))
  assert.deepEqual(record.overview.rows[0].cells[7].split('; '), [
    `Lab (processor), CN, as declared: standard-contractual-clauses (${reference})`,
    'Courier (sub-processor of Lab), SG, as declared: standard-contractual-clauses',
  ])
  assert.deepEqual(partners?.toFill, [])
  assert.deepEqual(section('measures', 'Measures of processors', [bound])?.lines, [
    'Lab, as declared: encryption at rest.',
  ])
  assert.deepEqual(section('record', 'Recipients and processors', [lab])?.toFill, [
    'reference of the contract (Art. 28(3)) with Lab | CN',
  ])
  assert.deepEqual(section('measures', 'Measures of processors', [lab])?.toFill, [
    'security measures of Lab | CN',
  ])
})

test('the assessment names what speaks for one, and the measures what is not watched', () => {
  const assessment = makeDocument('impact-assessment', sources())
  assert.match(assessment.sections[0].lines.join(), /health \(Art\. 35\(3\)\(b\)\)/)
  const measures = makeDocument('measures', sources())
  assert.match(JSON.stringify(measures.sections), /clinic\/legacy.*host-network/)
  assert.match(JSON.stringify(measures.overview), /1 of 4 transfers, 25 %/)
})

test('what was named by others is text in every format', async () => {
  const record = makeDocument('record', sources())
  const page = documentHtml(record)
  assert.match(page, /treatment &#60;b&#62;/)
  assert.doesNotMatch(page, /<b>|<script|https?:\/\//)
  assert.match(documentMarkdown(record), /treatment \\<b>[^]*Lab \\\| CN/)
  assert.match(documentCsv(record), /,'=records,/)
  assert.equal((await docx(privacyDocument(record))).subarray(0, 2).toString(), 'PK')
  for (const kind of documentKinds) {
    const document = makeDocument(kind, sources())
    for (const what of missingOf(document))
      assert.ok(documentMarkdown(document).includes(what.split(': ')[1]), what)
  }
})

test('what nothing was seen of says so', () => {
  const record = makeDocument('record', { ...sources(), transfers: [], differences: [] })
  assert.match(documentMarkdown(record), /nothing was seen yet[^]*Nothing was seen\./)
})
