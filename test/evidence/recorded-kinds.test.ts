import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { StateChecks } from '../../src/controller/reports/state-checks.ts'
import { silentLog } from '../../src/lib/log.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { EvidenceKind } from '../../src/model/evidence-kinds.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { startApiServer } from '../controller/api-fixture.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import { eventually, openLedger } from '../controller/fixture.ts'
import {
  at,
  sampleAttack,
  sampleCoverage,
  sampleFinding,
  sampleFlow,
  sampleProcess,
  sampleState,
  sampleThreat,
  sampleViolation,
} from '../records.ts'

const rule = `
apiVersion: pavise.dev/v1
kind: ResponseRule
metadata: { name: open }
spec: { event: security-event, conditions: [{ type: level, value: Critical }], actions: [open-case] }
`

const file: ObservedRecord = {
  ...{ type: 'file', id: 'file-1', recordId: 'file-1', first: at(1), last: at(1), count: 1 },
  ...{ workload: 'docker:web', path: '/etc/passwd', operation: 'written', action: 'reported' },
  ...{ rule: 'predefined', from: 'container' },
}

/** What is done, and what the ledger says of it after Pavise was stopped. */
const recorded: [what: string, kind: EvidenceKind, body: RegExp][] = [
  ['a start', 'run', /"what":"started"/],
  ['a stop', 'run', /"what":"stopped"/],
  ['a change of the policy', 'policy', /"action":"apply","reason":"why it changed"/],
  ['a change of a mode', 'policy', /"action":"mode","reason":"learned enough".*"after":"Protect"/],
  ['findings, added up', 'findings', /"identifier":"iban".*"count":70,.*"masked":"DE89 \*/],
  ['a block', 'violations', /"action":"blocked","criterion":"no-rule".*"count":5/],
  ['a gap', 'coverage', /"reason":"ring-full"/],
  ['a quarantine', 'quarantine', /"workload":"docker:web".*"reason":"it scans"/],
  ['an attack', 'incidents', /"what":"attack","class":"sql-injection"/],
  ['a threat', 'incidents', /"name":"syn-flood"/],
  ['a program', 'incidents', /"what":"process".*"kind":"reverse-shell"/],
  ['a file', 'incidents', /"what":"file"/],
  ['what a response rule did', 'response', /open-case/],
  ['a log-in', 'audit', /"action":"logInByLink"[^}]*"outcome":"done"/],
  ['a log-in that failed', 'audit', /"action":"logIn"[^}]*"outcome":"failed"/],
  ['an opening of packets', 'audit', /"reason":"case 7"[^}]*"action":"openCapture"[^}]*"target":"run-0-c1"/],
  ['an export', 'export', /"first":0,"end":\d+/],
  ['a case', 'case', /"what":"opened".*"title":"A suspicion"/],
  ['a step of a case', 'case', /"what":"sent gdpr-authority"/],
  ['results of checks', 'check', /"objectives":/],
  ['another key', 'key', /"reason":"once a year"/],
  ['an erasure', 'erasure', /"days":\["2020-01-01"\]/],
]

test('whatever happens is found in the ledger', async (t) => {
  const api = await startApiServer(t, { captures: 'headers' })
  const { ask, controller, folder } = api
  const enforcer = await EnforcerClient.join(api.socketPath)
  enforcer.send({ kind: 'workloads', workloads: [sampleState({ id: 'docker:web' })], complete: true })
  enforcer.enforced(null)
  await eventually(() => controller.workloads().length === 1, 'the workload is known')
  const change = async (path: string, body: object, method = 'POST') => {
    const answer = await ask(`/api/v1/${path}`, { method, body })
    assert.equal(answer.status, 200, `${path}: ${answer.text}`)
    return answer.json
  }

  await change('policy/changes', { files: [{ name: 'rule.yaml', text: rule }], reason: 'why it changed' })
  const by = { author: 'anna', reason: 'learned enough' }
  await controller.policy.setMode('nv.web.clinic', { network: 'Protect' }, by)
  enforcer.batch(1, [
    sampleFlow(),
    sampleFinding({ count: 70 }),
    sampleViolation({ action: 'blocked', count: 5 }),
    sampleCoverage({ workload: 'docker:web' }),
    sampleAttack(),
    sampleThreat({ severity: 'critical' }),
    sampleProcess({ suspicion: { kind: 'reverse-shell', severity: 'critical' } }),
    file,
  ])
  await enforcer.acknowledged(1)
  await change('quarantine', { workload: 'docker:web', reason: 'it scans' })
  const grants = [{ role: 'reader', namespace: null }]
  const { link } = await change('accounts', { name: 'anna', grants })
  await ask('/api/v1/session/link', { method: 'POST', body: { link }, token: null })
  await ask('/api/v1/session', {
    method: 'POST',
    body: { name: 'anna', password: 'guessed-it' },
    token: null,
  })
  const about = { workload: 'docker:web', since: new Date().toISOString(), headersOnly: true }
  const data = Buffer.from('packets').toString('base64')
  const part = { file: 'run-0-c1', part: 0, isLast: true, data, about, packets: 3, dropped: 0 }
  controller.captures?.take('node-1', part)
  await ask('/api/v1/captures/files/run-0-c1?reason=case%207')
  await ask('/api/v1/evidence/bundle')
  const { id } = await change('cases', { title: 'A suspicion' })
  await change(`cases/${id}`, { sent: { duty: 'gdpr-authority' } }, 'PATCH')
  const checks = new StateChecks(controller, { now: Date.now, log: silentLog })
  await checks.look()
  await checks.stop()
  await controller.ledger.rotateKey('anna', 'once a year')
  await controller.ledger.append({ kind: 'run', actor: 'test', at: Date.parse('2020-01-01'), body: {} })
  await controller.ledger.eraseDays(
    { from: '2020-01-01', before: '2020-01-02' },
    'anna',
    'their time is over',
  )
  await eventually(
    async () => (await controller.cases.list()).length === 2,
    'the response rule opened a case',
  )
  await api.api.close()
  await api.stop()

  const store = await SqliteStore.open(join(folder, 'store.db'))
  const ledger = await openLedger(folder, store)
  t.after(() => ledger.close().then(() => store.close()))
  const entries = await ledger.entries({ from: 0, limit: 1_000 })
  for (const [what, kind, body] of recorded) {
    const bodies = entries.flatMap(({ header, body: said }) =>
      header.kind === kind ? [said?.text ?? ''] : [],
    )
    assert.ok(
      bodies.some((text) => body.test(text)),
      `${what}: no entry of kind ${kind} says ${body.source}: ${bodies.join('\n').slice(0, 2_000)}`,
    )
  }
})
