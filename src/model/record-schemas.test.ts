import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { EnforcerStatus, WorkloadState } from './enforcer-messages.ts'
import * as schemas from './record-schemas.ts'
import type {
  Category,
  CertificateSummary,
  CoverageRecord,
  DnsDetails,
  Endpoint,
  FileRecord,
  FlowRecord,
  HttpDetails,
  PersonalDataRecord,
  PostgresDetails,
  ProcessActor,
  ProcessRecord,
  TlsDetails,
  AttackRecord,
  ThreatRecord,
  ViolationRecord,
} from './records.ts'
import type { Workload } from './workload.ts'

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? [] : ['the type has more']) : ['the schema has more']

/** Takes an argument that nobody can give, and so does not compile, unless both are assignable to each other. */
function same<A, B>(..._difference: Same<A, B>): void {}

// Checked by `npm run check`: running these does nothing.
same<Static<typeof schemas.endpointSchema>, Endpoint>()
same<Static<typeof schemas.certificateSchema>, CertificateSummary>()
same<Static<typeof schemas.tlsSchema>, TlsDetails>()
same<Static<typeof schemas.httpSchema>, HttpDetails>()
same<Static<typeof schemas.dnsSchema>, DnsDetails>()
same<Static<typeof schemas.postgresSchema>, PostgresDetails>()
same<Static<typeof schemas.flowSchema>, FlowRecord>()
same<Static<typeof schemas.categorySchema>, Category>()
same<Static<typeof schemas.personalDataSchema>, PersonalDataRecord>()
same<Static<typeof schemas.coverageSchema>, CoverageRecord>()
same<Static<typeof schemas.violationSchema>, ViolationRecord>()
same<Static<typeof schemas.threatSchema>, ThreatRecord>()
same<Static<typeof schemas.attackSchema>, AttackRecord>()
same<Static<typeof schemas.processActorSchema>, ProcessActor>()
same<Static<typeof schemas.processSchema>, ProcessRecord>()
same<Static<typeof schemas.fileSchema>, FileRecord>()
same<Static<typeof schemas.workloadSchema>, Workload>()
same<Static<typeof schemas.workloadStateSchema>, WorkloadState>()
same<Static<typeof schemas.enforcerStatusSchema>, EnforcerStatus>()

const finding: PersonalDataRecord = {
  type: 'personal-data',
  flow: 'f1',
  identifier: 'iban',
  category: 'financial',
  confidence: 0.99,
  direction: 'to-server',
  field: 'http.body $.iban',
  count: 1,
  distinct: 1,
  masked: 'DE89 **** **** **** **30 00',
  hash: '0011223344556677',
  first: '2026-11-20T09:30:00.000Z',
  last: '2026-11-20T09:30:00.000Z',
}

const cases: [name: string, change: Record<string, unknown>, accepted: boolean][] = [
  ['as it is', {}, true],
  ['with a field of a newer version', { sketch: 'x' }, true],
  ['with a time that is no time', { last: 'yesterday' }, false],
  ['with a time that no calendar has', { last: '2026-13-45T09:30:00.000Z' }, false],
  ['with a time without milliseconds', { last: '2026-11-20T09:30:00Z' }, false],
  ['with a negative count', { count: -1 }, false],
  ['with a count that is no number', { count: '7' }, false],
  ['with an unknown category', { category: 'gossip' }, false],
  ['with a confidence over 1', { confidence: 1.5 }, false],
  ['without an identifier', { identifier: '' }, false],
]

test('a finding is accepted or refused by its schema', () => {
  const validator = Compile(schemas.personalDataSchema)
  for (const [name, change, accepted] of cases) {
    assert.equal(validator.Check({ ...finding, ...change }), accepted, name)
  }
})
