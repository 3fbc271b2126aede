import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { suite, test } from 'node:test'
import { startApiServer } from '../controller/api-fixture.ts'

interface Shown {
  actor: { kind: string; name: string }
  action: string
  target: string
  outcome: string
}

suite('the audit log', () => {
  test('has every change with who, what, when and how it ended, and no secret', async (t) => {
    const api = await startApiServer(t)
    const grants = [{ role: 'security', namespace: 'clinic' }]
    const added = await api.ask('/api/v1/accounts', { method: 'POST', body: { name: 'anna', grants } })
    assert.equal(added.status, 200, added.text)
    const { id } = added.json.account
    await api.ask(`/api/v1/accounts/${id}`, { method: 'PATCH', body: { disabled: true } })
    await api.ask('/api/v1/accounts', { method: 'POST', body: { name: 'ANNA', grants: [] } })
    const reader = await api.tokenOf([{ role: 'reader', namespace: null }])
    await api.ask(`/api/v1/accounts/${id}`, { method: 'DELETE', token: reader })
    const guess = { name: 'anna', password: 'a wrong password' }
    await api.ask('/api/v1/session', { method: 'POST', body: guess, token: null })
    const swapped = { name: 'a wrong password', password: 'anna' }
    await api.ask('/api/v1/session', { method: 'POST', body: swapped, token: null })
    const { json, text } = await api.ask('/api/v1/audit')
    const shown = json.items.map((item: Shown) => [
      `${item.actor.kind} ${item.actor.name}`,
      `${item.action} ${item.target} ${item.outcome}`,
    ])
    const administrator = 'token account-1 (token t)'
    assert.deepEqual(shown.toReversed(), [
      [administrator, 'addAccount anna done'],
      [administrator, 'changeAccount anna done'],
      [administrator, 'addAccount ANNA failed'],
      ['token account-2 (token t)', 'removeAccount  refused'],
      ['nobody ', 'logIn anna failed'],
      ['nobody ', 'logIn unknown name failed'],
    ])
    assert.deepEqual(json.items.at(-1).detail, { grants })
    assert.doesNotMatch(text, /wrong password|pavise_/)
    assert.deepEqual((await api.ask('/api/v1/audit?action=logIn')).json.items.length, 2)
  })

  test('shows that an entry was changed, taken out or put in', async (t) => {
    const changes = [
      `UPDATE audit SET record = replace(record, 'addAccount', 'removeAccount') WHERE id LIKE '%2'`,
      `DELETE FROM audit WHERE id LIKE '%2'`,
      `INSERT INTO audit (id, at_ms, actor, action, record, hash) SELECT '0000000000000004', at_ms, actor, action, record, hash FROM audit WHERE id LIKE '%3'`,
    ]
    const broken = [2, 3, 4]
    for (const [index, change] of changes.entries()) {
      const api = await startApiServer(t)
      for (const name of ['a', 'b', 'c'])
        await api.ask('/api/v1/accounts', { method: 'POST', body: { name, grants: [] } })
      const verify = async () => (await api.ask('/api/v1/audit/verification')).json
      assert.deepEqual(await verify(), { type: 'audit-verification', checked: 3, broken: null })
      const database = new DatabaseSync(join(api.folder, 'store.db'))
      database.exec(change)
      database.close()
      assert.equal((await verify()).broken, broken[index], change)
    }
  })
})
