import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startApiServer } from './api-fixture.ts'

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
})
