import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LocalApi } from '../../src/cli/local-api.ts'
import type { Role } from '../../src/model/permissions.ts'
import { startApiServer } from '../controller/api-fixture.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { pavise, startUp } from '../support/pavise-command.ts'

interface Report {
  framework: string
  origin: { ledger: string; size: number }
  controls: {
    id: string
    state: string
    objectives: { id: string; state: string; evidence: { kind: string; id: string }[] }[]
  }[]
}

test('a report says what was seen, with its evidence, and is on record itself', async (t) => {
  const folder = temporaryFolder(t)
  const state = join(folder, 'state')
  await startUp(t, state, '/api/v1/findings')
  const report = (...parameters: string[]) => pavise('report', ...parameters, '--state-dir', state)

  const json = await report('gdpr', '--period', '365000d', '--format', 'json')
  assert.equal(json.code, 0, json.errors)
  const { framework, origin, controls } = JSON.parse(json.output) as Report
  assert.equal(framework, 'gdpr')
  const roles = controls.flatMap(({ objectives }) => objectives).find(({ id }) => id === 'access-roles')
  assert.equal(roles?.state, 'partly', 'up to now, the present counts: one account, an administrator')
  const encryption = controls
    .flatMap(({ objectives }) => objectives)
    .find(({ id }) => id === 'transport-encryption')
  assert.equal(encryption?.state, 'partly', 'an account number goes in the clear between two workloads')
  const api = new LocalApi(state)
  const { items: findings } = await api.get<{ items: { recordId: string }[] }>('/api/v1/findings')
  const [proof] = encryption?.evidence ?? []
  assert.equal(proof.kind, 'finding')
  assert.ok(
    findings.some(({ recordId }) => recordId === proof.id),
    'its evidence is a record of the API',
  )

  const page = join(folder, 'gdpr.html')
  assert.equal((await report('gdpr', '--period', '30d', '-o', page)).code, 0)
  assert.match(readFileSync(page, 'utf8'), /<td class="id">Art\. 32\(1\)\(a\)<\/td>/)
  assert.match((await report('nist-csf', '--format', 'oscal')).output, /"import-ap"/)
  assert.match((await report('pci', '--format', 'csv')).output, /^framework,control,/)

  const given = await api.get<{ items: { body: { report?: string; format?: string } }[] }>(
    '/api/v1/evidence/entries?kind=export',
  )
  assert.deepEqual(
    given.items.map(({ body }) => [body.report, body.format]),
    [
      ['gdpr', 'json'],
      ['gdpr', 'html'],
      ['nist-csf', 'oscal'],
      ['pci', 'csv'],
    ],
  )
  const audit = await api.get<{ items: { action: string; target: string }[] }>(
    '/api/v1/audit?action=reportFile',
  )
  assert.equal(audit.items.length, 4)
  assert.ok(origin.size > 0)

  for (const [parameters, message] of [
    [['gdpr', '--period', 'yesterday'], /no period/],
    [['gdpr', '--period', '2999'], /in the future/],
    [['gdpr', '-o', page], /Name another file/],
  ] as const) {
    const ended = await report(...parameters)
    assert.equal(ended.code, 2)
    assert.match(ended.errors, message)
  }
})

test('reports are for who may read them', async (t) => {
  const api = await startApiServer(t)
  const of = (role: Role) => api.tokenOf([{ role, namespace: null }])
  const [auditor, reader] = [await of('auditor'), await of('reader')]
  const list = await api.ask('/api/v1/reports', { token: auditor })
  assert.equal(list.json.items.length, 8)
  for (const { controls, withQuery } of list.json.items) assert.ok(withQuery > 0 && withQuery <= controls)
  const { status, json } = await api.ask('/api/v1/reports/soc2', { token: auditor })
  assert.deepEqual([status, json.type, json.controls.length > 30], [200, 'report', true])
  assert.equal((await api.ask('/api/v1/reports/soc2', { token: reader })).status, 403)
  assert.equal((await api.ask('/api/v1/reports/cobit', { token: auditor })).status, 400)
})
