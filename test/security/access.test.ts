import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { serverLimits } from '../../src/api/limits.ts'
import type { Operation } from '../../src/api/contract/operation.ts'
import { operations } from '../../src/api/contract/operations.ts'
import { permissions, roleNames, roles, type Permission, type Role } from '../../src/model/permissions.ts'
import { type Answer, type Asking, type RunningApi, startApiServer } from '../controller/api-fixture.ts'

/* Every route with every kind of login. What a request lacks besides does not matter: who may not is told so first. */

const all: Operation[] = Object.values(operations)
const guarded = all.filter(({ access }) => access !== 'anyone')

/** There are more routes than an address may ask at once: the rate limit answers before anybody looks at who asks. */
async function ask({ ask }: RunningApi, { method, path, body }: Operation, asking: Asking) {
  const change = body === undefined ? {} : { body: {} }
  for (;;) {
    const answer = await ask(path.replaceAll(/:\w+/g, 'x'), { method, ...change, ...asking })
    if (answer.status !== tooMany) return answer
    await setTimeout(20)
  }
}

const tooMany = 429

/** Answers that a route gives to those who may use it; none of them is a refusal. */
const isRefused = (status: number) => status === 401 || status === 403

suite('every route', () => {
  test('is refused without a login, and says how to log in', async (t) => {
    const api = await startApiServer(t)
    assert.ok(guarded.length > 10)
    for (const operation of guarded) {
      const answer = await ask(api, operation, { token: null })
      assert.equal(answer.status, 401, operation.id)
      assert.match(answer.json.nextStep, /Log in/, operation.id)
      assertProblem(operation.id, answer)
    }
  })

  test('is refused with a token that is none, is malformed, or is of another kind', async (t) => {
    const api = await startApiServer(t)
    const link = (await api.accounts.firstLink()) ?? ''
    const wrong = ['', 'Bearer', 'Bearer x', `Bearer ${'x'.repeat(5_000)}`, 'Basic YTpi', `Bearer ${link}`]
    for (const authorization of wrong) {
      for (const operation of guarded) {
        const answer = await ask(api, operation, { token: null, headers: { authorization } })
        assert.equal(answer.status, 401, `${operation.id} ${authorization.slice(0, 20)}`)
      }
    }
  })

  test('is refused with a token that has expired, was ended, or whose account is disabled', async (t) => {
    let now = Date.now()
    const api = await startApiServer(t, { now: () => now })
    const administrator = { role: 'administrator', namespace: null } as const
    const ended = await api.tokenOf([administrator])
    const disabled = await api.tokenOf([administrator])
    const { accounts } = api.store
    const [{ id }] = await accounts.secrets('account-2', 'token')
    await accounts.removeSecret(id)
    await accounts.change('account-3', { disabled: true })
    for (const token of [ended, disabled])
      for (const operation of guarded)
        assert.equal((await ask(api, operation, { token })).status, 401, operation.id)
    now += 3_600_000
    for (const operation of guarded) assert.equal((await ask(api, operation, {})).status, 401, operation.id)
  })

  test('is open to the roles that have its permission, and to no other', async (t) => {
    const api = await startApiServer(t)
    for (const role of roleNames) {
      const token = await api.tokenOf([{ role, namespace: null }])
      for (const operation of guarded) await checkRole(api, operation, role, token)
    }
  })

  test('is closed to a token whose scope lacks its permission, whatever its account may', async (t) => {
    const api = await startApiServer(t)
    for (const permission of permissions) {
      const token = await api.tokenOf([{ role: 'administrator', namespace: null }], [permission])
      for (const operation of guarded.filter(({ access }) => access !== 'account')) {
        const { status } = await ask(api, operation, { token })
        assert.equal(isRefused(status), operation.access !== permission, `${operation.id} with ${permission}`)
      }
    }
  })

  test('that is not about workloads is closed to a role in one namespace', async (t) => {
    const api = await startApiServer(t)
    const token = await api.tokenOf([{ role: 'administrator', namespace: 'clinic' }])
    const open = new Set(['account', 'traffic:read', 'status:read'])
    for (const operation of guarded) {
      const { status } = await ask(api, operation, { token })
      if (!open.has(operation.access)) assert.equal(status, 403, operation.id)
    }
  })

  test('refuses what it does not know before it does anything, and says so as a problem (RFC 9457)', async (t) => {
    const api = await startApiServer(t)
    // Where a provider sends a browser back it may add parameters of its own (RFC 6749 section 4.1.2).
    const strict = all.filter(
      ({ query }) => 'additionalProperties' in query && query.additionalProperties === false,
    )
    assert.deepEqual(
      all.filter((each) => !strict.includes(each)).map(({ id }) => id),
      ['logInByProvider'],
    )
    for (const operation of strict) {
      const path = `${operation.path}?no-such-parameter=1`
      const answer = await ask(api, { ...operation, path }, {})
      assert.equal(answer.status, 400, `${operation.id} ${answer.text}`)
      assertProblem(operation.id, answer)
    }
    const { items } = (await api.ask('/api/v1/audit')).json
    assert.deepEqual(items, [])
  })

  test('that changes something looks at its Idempotency-Key', async (t) => {
    const api = await startApiServer(t)
    const headers = { 'idempotency-key': 'k'.repeat(serverLimits.idempotencyKeyLength + 1) }
    for (const operation of guarded) {
      const { method, changes = method !== 'GET' } = operation
      if (!changes) continue
      const answer = await ask(api, operation, { headers })
      assert.equal(answer.status, 400, operation.id)
      assert.match(answer.json.detail, /Idempotency-Key/, operation.id)
    }
  })

  test('refuses a body that is too large, and one that is no JSON, as a problem', async (t) => {
    const api = await startApiServer(t)
    for (const operation of all.filter(({ body }) => body !== undefined)) {
      const path = operation.path.replaceAll(/:\w+/g, 'x')
      const asked = { method: operation.method, headers: { 'content-type': 'text/plain' } }
      const answer = await api.ask(path, { ...asked, body: 'x' })
      assert.equal(answer.status, 415, `${operation.id} ${answer.text}`)
      assertProblem(operation.id, answer)
      const headers = { 'content-type': 'application/json', 'content-length': '99999999999' }
      const large = await api.ask(path, { method: operation.method, headers })
      assert.equal(large.status, 413, `${operation.id} ${large.text}`)
      assertProblem(operation.id, large)
    }
  })

  test('is declared for a permission that some role has', () => {
    const known = new Set<string>(['account', 'anyone', ...permissions])
    for (const { id, access } of all) assert.ok(known.has(access), id)
    for (const permission of permissions) assert.ok(holds('administrator', permission), permission)
  })
})

function assertProblem(id: string, { headers, json, status }: Answer): void {
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8', id)
  assert.deepEqual([json.type, json.status], ['about:blank', status], id)
  assert.ok(json.title !== '' && json.detail !== '', id)
}

function holds(role: Role, permission: string): boolean {
  return (roles[role] as readonly Permission[]).includes(permission as Permission)
}

async function checkRole(api: RunningApi, operation: Operation, role: Role, token: string): Promise<void> {
  // A token is no session: what concerns one's own session is refused to it with 403 by the route itself.
  if (operation.access === 'account') return
  const { status } = await ask(api, operation, { token })
  assert.equal(isRefused(status), !holds(role, operation.access), `${operation.id} as ${role}: ${status}`)
}
