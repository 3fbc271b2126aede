import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startApiServer } from './api-fixture.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { eventually } from './fixture.ts'

const trial = '/api/v1/detectors/trial'
const iban = 'DE89370400440532013000'

suite('settings over the API', () => {
  test('a text is tried: masked, with the reason, nothing of it kept, and not too often or too long', async (t) => {
    const api = await startApiServer(t)
    const text = `{"note":"x",\n "iban":"${iban}"}`
    const { json, status, text: answered } = await api.ask(trial, { method: 'POST', body: { text } })
    assert.equal(status, 200, answered)
    assert.equal(json.format, 'json')
    const [found] = json.findings
    assert.deepEqual([found.identifier, found.line, found.column], ['iban', 2, 10])
    assert.match(found.field, /iban/)
    assert.ok(found.why.some(({ about }: { about: string }) => about === 'check'))
    assert.doesNotMatch(answered, new RegExp(iban))
    const kept = ['/api/v1/audit', '/api/v1/findings', '/api/v1/evidence/entries'].map((path) =>
      api.ask(path),
    )
    for (const answer of await Promise.all(kept)) assert.doesNotMatch(answer.text, new RegExp(`${iban}|DE89`))
    assert.doesNotMatch(api.log.join('\n'), new RegExp(iban))

    const { items } = (await api.ask('/api/v1/detectors')).json
    assert.ok(items.length > 100)
    const known = items.find(({ id }: { id: string }) => id === 'iban')
    assert.deepEqual([known.category, known.isOwn], ['financial', false])

    const ask = (token?: string) =>
      api.ask(trial, { method: 'POST', body: { text: 'x' }, ...(token !== undefined && { token }) })
    let limited = await ask()
    for (let i = 0; i < 40 && limited.status !== 429; i++) limited = await ask()
    assert.equal(limited.status, 429)
    assert.ok(Number(limited.headers['retry-after']) > 0)
    const reader = await api.tokenOf([{ role: 'reader', namespace: 'clinic' }])
    assert.equal((await ask(reader)).status, 200, 'another account has its own')
    const long = { text: 'x'.repeat(20_001) }
    assert.equal((await api.ask(trial, { method: 'POST', body: long, token: reader })).status, 400)
  })

  test('sessions of an account are ended, and that is in the audit log', async (t) => {
    const api = await startApiServer(t)
    const body = { name: 'anna', grants: [{ role: 'reader', namespace: null }] }
    const { account, link } = (await api.ask('/api/v1/accounts', { method: 'POST', body })).json
    const entered = await api.ask('/api/v1/session/link', { method: 'POST', body: { link }, token: null })
    const cookie = entered.headers['set-cookie']?.[0].split(';')[0] ?? ''
    const asked = () => api.ask('/api/v1/session', { token: null, headers: { cookie } })
    assert.equal((await asked()).status, 200)
    const path = `/api/v1/accounts/${account.id}/sessions`
    assert.equal((await api.ask(path, { method: 'DELETE' })).status, 200)
    assert.equal((await asked()).status, 401)
    const [entry] = (await api.ask('/api/v1/audit?action=endSessions')).json.items
    assert.deepEqual([entry.target, entry.outcome], ['anna', 'done'])
  })

  test('detectors are switched with a reason, the enforcers are told, and it can be taken back', async (t) => {
    const api = await startApiServer(t)
    const enforcer = await EnforcerClient.join(api.socketPath)
    enforcer.enforced(null)
    const policies = () => enforcer.received.filter((message) => message.kind === 'policy')
    await eventually(() => policies().length === 1, 'the policy has come')
    enforcer.enforced(policies()[0].digest)
    const path = '/api/v1/detection'
    const changes = [
      { kind: 'personal-data', name: 'iban', on: false },
      { kind: 'personal-data', name: 'email', on: true, confidence: 0.8 },
      { kind: 'attack', name: 'scanner', on: false },
      { kind: 'threat', name: 'TCP.SYN.Flood', on: true, threshold: 400, seconds: 10 },
    ]
    const body = { changes, reason: 'test data has many' }
    const changed = await api.ask(path, { method: 'PATCH', body })
    assert.equal(changed.status, 200, changed.text)
    assert.deepEqual(
      changed.json.changes.map(({ name, details }: { name: string; details: { after: string }[] }) => [
        name,
        details[0].after,
      ]),
      [
        ['detector iban', 'off'],
        ['detector email', 'from confidence 0.8 on'],
        ['attack scanner', 'off'],
        ['threat TCP.SYN.Flood', 'on from 400 on within 10 s'],
      ],
    )
    await eventually(() => policies().length === 2, 'the enforcer is told')
    const { detection } = JSON.parse(policies()[1].text)
    assert.deepEqual(detection.personalData.iban, { on: false })
    assert.deepEqual(detection.threats, { 'TCP.SYN.Flood': { threshold: 400, seconds: 10 } })
    const shown = (await api.ask(path)).json
    assert.deepEqual(shown.personalData, [
      { name: 'iban', on: false, confidence: null },
      { name: 'email', on: true, confidence: 0.8 },
    ])
    assert.equal(shown.attacks.find(({ name }: { name: string }) => name === 'scanner').on, false)
    const [entry] = (await api.ask('/api/v1/audit?action=changeDetection')).json.items
    assert.deepEqual([entry.reason, entry.outcome], ['test data has many', 'done'])
    const flood = shown.threats.find(({ name }: { name: string }) => name === 'TCP.SYN.Flood')
    assert.deepEqual([flood.threshold, flood.seconds, flood.measure.threshold], [400, 10, 800])
    const wrong = [
      { kind: 'threat', name: 'no such threat', on: false },
      { kind: 'threat', name: 'TCP.SYN.Flood', on: true, threshold: 0 },
      { kind: 'threat', name: 'TCP.SYN.Flood', on: true, confidence: 0.5 },
      { kind: 'threat', name: 'TCP.Land', on: true, seconds: 5 },
      { kind: 'attack', name: 'scanner', on: true, threshold: 5 },
    ]
    for (const change of wrong) {
      const answer = await api.ask(path, { method: 'PATCH', body: { changes: [change] } })
      assert.equal(answer.status, 400, `${JSON.stringify(change)} ${answer.text}`)
    }
    const reader = await api.tokenOf([{ role: 'reader', namespace: null }])
    assert.equal((await api.ask(path, { method: 'PATCH', body, token: reader })).status, 403)
    const usual = [{ kind: 'threat', name: 'TCP.SYN.Flood', on: true, threshold: null, seconds: null }]
    assert.equal((await api.ask(path, { method: 'PATCH', body: { changes: usual } })).status, 200)
    const again = (await api.ask(path)).json.threats
    assert.equal(again.find(({ name }: { name: string }) => name === 'TCP.SYN.Flood').threshold, null)
    await api.ask('/api/v1/policy/undo', { method: 'POST', body: {} })
    await api.ask('/api/v1/policy/undo', { method: 'POST', body: {} })
    assert.deepEqual((await api.ask(path)).json.personalData, [])
  })
})
