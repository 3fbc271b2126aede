import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { NewAccount, StoredSecret } from '../../src/store/account-store.ts'
import type { AuditEvent } from '../../src/store/audit-store.ts'
import { defaultRetention, storeLimits } from '../../src/store/limits.ts'
import { all, type Open } from './store-contract.ts'

/** What every store must do with accounts and the audit log. */
export function accountContract(name: string, open: Open): void {
  suite(`account contract: ${name}`, () => {
    accountKeeping(open)
    auditKeeping(open)
  })
}

function accountKeeping(open: Open): void {
  const account = (id: string, name = id): NewAccount => ({ id, name, grants: [], createdAt: 1 })
  const secret = (change: Partial<StoredSecret>): StoredSecret => ({
    ...{ id: 's', hash: 'h', kind: 'session', account: 'a', name: '', scope: null },
    ...{ createdAt: 1, usedAt: 1, expiresAt: 100 },
    ...change,
  })

  test('accounts are found by id and by name, whatever its case, and a name is given once', async (t) => {
    const { accounts } = await open(t)
    const grants = [{ role: 'reader', namespace: 'lab' } as const]
    assert.ok(await accounts.add({ ...account('1', 'Änna'), grants }))
    assert.ok(!(await accounts.add(account('2', 'änna'))))
    assert.deepEqual(await accounts.byName('ÄNNA'), {
      ...{ id: '1', name: 'Änna', grants, createdAt: 1 },
      ...{ password: null, disabled: false, failures: 0, lockedUntil: 0 },
    })
    assert.equal((await accounts.byId('1'))?.name, 'Änna')
    assert.equal(await accounts.byId('2'), null)
    assert.equal(await accounts.byName("' OR 1=1 --"), null)
  })

  test('accounts change field by field, and go with their secrets', async (t) => {
    const { accounts } = await open(t)
    await accounts.add(account('a'))
    assert.ok(await accounts.change('a', { disabled: true, password: 'x', lockedUntil: 9 }))
    assert.ok(!(await accounts.change('b', { disabled: true })))
    assert.deepEqual(
      [await accounts.countFailure('a'), await accounts.countFailure('a'), await accounts.countFailure('b')],
      [1, 2, 0],
    )
    await accounts.addSecret(secret({}))
    assert.ok(await accounts.remove('a'))
    assert.ok(!(await accounts.remove('a')))
    assert.equal(await accounts.secretByHash('h'), null)
  })

  test('a passkey is known once, counts on, and goes with its account', async (t) => {
    const { accounts } = await open(t)
    await accounts.add(account('a'))
    const passkey = {
      id: 'p',
      account: 'a',
      name: 'laptop',
      publicKey: 'k',
      counter: 1,
      createdAt: 1,
      usedAt: 1,
    }
    assert.equal(await accounts.hasPasskeys(), false)
    assert.ok(await accounts.addPasskey(passkey))
    assert.ok(!(await accounts.addPasskey({ ...passkey, account: 'b' })), 'of another account either')
    await accounts.usePasskey('p', 5, 9)
    assert.deepEqual(await accounts.passkeys('a'), [{ ...passkey, counter: 5, usedAt: 9 }])
    assert.ok(!(await accounts.removePasskey('b', 'p')))
    await accounts.remove('a')
    assert.equal(await accounts.passkey('p'), null)
    assert.equal(await accounts.hasPasskeys(), false)
  })

  test('a secret is taken by one, its last use never goes back, and what has expired is pruned', async (t) => {
    const { accounts } = await open(t)
    await accounts.addSecret(secret({ scope: ['audit:read'] }))
    await accounts.addSecret(secret({ id: 'later', hash: 'i', createdAt: 2, expiresAt: 200 }))
    await accounts.addSecret(secret({ id: 'token', hash: 'j', kind: 'token' }))
    await accounts.touchSecret('s', 50)
    await accounts.touchSecret('s', 40)
    assert.deepEqual(await accounts.secretByHash('h'), secret({ scope: ['audit:read'], usedAt: 50 }))
    assert.deepEqual(
      (await accounts.secrets('a', 'session')).map(({ id }) => id),
      ['later', 's'],
    )
    assert.equal(await accounts.pruneSecrets(100), 2)
    const taken = await Promise.all([accounts.removeSecret('later'), accounts.removeSecret('later')])
    assert.equal(taken.filter(Boolean).length, 1)
  })
}

function auditKeeping(open: Open): void {
  test('the audit log is read newest first, in pages, and follows from its beginning', async (t) => {
    const { audit } = await open(t)
    const actor = { kind: 'local', id: 'local', name: 'local' } as const
    const event = (at: number): AuditEvent => ({
      ...{ at, actor, action: at % 2 === 0 ? 'even' : 'odd', target: 't\0', outcome: 'done' },
      ...{ reason: null, detail: { at } },
    })
    await Promise.all(Array.from({ length: 7 }, (_, i) => audit.append(event(i))))
    const entries = await all((query) => audit.list(query), 3)
    assert.deepEqual(
      entries.map(({ sequence }) => sequence),
      [7, 6, 5, 4, 3, 2, 1],
    )
    assert.deepEqual(
      entries.map(({ at }) => event(at)),
      entries.map(({ sequence: _sequence, hash: _hash, ...rest }) => rest),
    )
    assert.equal((await audit.list({ limit: 10, action: 'odd', since: 2 })).items.length, 2)
    assert.deepEqual(await audit.verify(0, 4), { checked: 4, last: 4, broken: null })
    assert.deepEqual(await audit.verify(4, 4), { checked: 3, last: 7, broken: null })
    assert.deepEqual(await audit.verify(7, 4), { checked: 0, last: 7, broken: null })
  })

  test('the audit log loses its oldest entries after more than a year, and still follows', async (t) => {
    const store = await open(t)
    const actor = { kind: 'local', id: 'local', name: 'local' } as const
    const base = { actor, action: 'a', target: '', outcome: 'done', reason: null, detail: null } as const
    const now = storeLimits.auditMs * 2
    for (const at of [0, 1, now, now + 1]) await store.audit.append({ ...base, at })
    await store.prune({ now, retention: defaultRetention, rows: 10 })
    assert.deepEqual(
      (await store.audit.list({ limit: 9 })).items.map(({ sequence }) => sequence),
      [4, 3],
    )
    assert.deepEqual(await store.audit.verify(0, 9), { checked: 2, last: 4, broken: null })
    await store.prune({ now: now * 2, retention: defaultRetention, rows: 10 })
    assert.equal((await store.audit.append({ ...base, at: now * 2 })).sequence, 5, 'it goes on')
  })
}
