import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { accountLimits } from '../../src/accounts/limits.ts'
import { type Answer, type RunningApi, startApiServer } from '../controller/api-fixture.ts'

const password = 'a sentence that nobody else has'

/** The first start: a link, a session by it, a password. */
async function firstStart(t: TestContext, change: { now?: () => number } = {}) {
  const api = await startApiServer(t, change)
  await api.store.accounts.remove('account-1')
  const link = await api.accounts.firstLink()
  assert.ok(link)
  return { api, link }
}

function logInByLink({ ask }: RunningApi, link: string) {
  return ask('/api/v1/session/link', { method: 'POST', body: { link }, token: null })
}

function logIn({ ask }: RunningApi, name: string, given: string) {
  return ask('/api/v1/session', { method: 'POST', body: { name, password: given }, token: null })
}

/** The cookie as a browser sends it back. */
function cookieOf(answer: Answer): string {
  return answer.headers['set-cookie']?.[0].split(';')[0] ?? ''
}

/** A change by a browser that has the cookie, on this very site unless told otherwise. */
const browser = (cookie: string, more: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) => ({
  token: null,
  headers: { cookie, ...more },
})

async function withPassword(t: TestContext, change: { now?: () => number } = {}) {
  const { api, link } = await firstStart(t, change)
  const cookie = cookieOf(await logInByLink(api, link))
  const set = { method: 'PUT', body: { password }, ...browser(cookie) }
  assert.equal((await api.ask('/api/v1/session/password', set)).status, 200)
  return { api, cookie }
}

suite('the first start', () => {
  test('gives a link that makes an administrator, once', async (t) => {
    const { api, link } = await firstStart(t)
    const answer = await logInByLink(api, link)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.json.name, 'admin')
    assert.ok(answer.json.permissions.includes('accounts:manage'))
    assert.match(answer.headers['set-cookie']?.[0] ?? '', /; HttpOnly; SameSite=Strict;/)
    const again = await logInByLink(api, link)
    assert.equal(again.status, 401)
    assert.equal(again.headers['set-cookie'], undefined)
  })

  test('of many who use the link at once, one is let in', async (t) => {
    const { api, link } = await firstStart(t)
    const answers = await Promise.all(Array.from({ length: 8 }, () => logInByLink(api, link)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  test('is over once somebody has a password; until then each gives a new link and ends the old', async (t) => {
    const { api, link } = await firstStart(t)
    const newer = await api.accounts.firstLink()
    assert.equal((await logInByLink(api, link)).status, 401)
    const cookie = cookieOf(await logInByLink(api, newer ?? ''))
    await api.ask('/api/v1/session/password', { method: 'PUT', body: { password }, ...browser(cookie) })
    assert.equal(await api.accounts.firstLink(), null)
  })

  test('a link expires', async (t) => {
    let now = Date.now()
    const { api, link } = await firstStart(t, { now: () => now })
    now += accountLimits.linkMs
    assert.equal((await logInByLink(api, link)).status, 401)
  })
})

suite('a session', () => {
  test('comes by name and password, whatever the case of the name, and ends with log-out', async (t) => {
    const { api } = await withPassword(t)
    const answer = await logIn(api, 'ADMIN', password)
    assert.equal(answer.status, 200, answer.text)
    const cookie = cookieOf(answer)
    assert.equal((await api.ask('/api/v1/session', browser(cookie))).json.name, 'admin')
    const out = await api.ask('/api/v1/session', { method: 'DELETE', ...browser(cookie) })
    assert.match(out.headers['set-cookie']?.[0] ?? '', /=; .*Expires=Thu, 01 Jan 1970/)
    assert.equal((await api.ask('/api/v1/session', browser(cookie))).status, 401)
  })

  test('ends when nothing is asked, and after its time whatever is asked', async (t) => {
    let now = Date.now()
    const { api, cookie } = await withPassword(t, { now: () => now })
    const status = async () => (await api.ask('/api/v1/session', browser(cookie))).status
    const end = now + accountLimits.sessionMs
    for (; now < end; now += accountLimits.sessionIdleMs / 2) assert.equal(await status(), 200)
    assert.equal(await status(), 401, 'after its time')
    const other = cookieOf(await logIn(api, 'admin', password))
    now += accountLimits.sessionIdleMs + 1
    assert.equal((await api.ask('/api/v1/session', browser(other))).status, 401, 'idle')
  })

  test('of others ends when the password changes; the old one is asked for', async (t) => {
    const { api } = await withPassword(t)
    const one = cookieOf(await logIn(api, 'admin', password))
    const other = cookieOf(await logIn(api, 'admin', password))
    const change = (body: object) =>
      api.ask('/api/v1/session/password', { method: 'PUT', body, ...browser(one) })
    const next = 'another sentence, longer than it must be'
    assert.equal((await change({ password: next })).status, 401)
    assert.equal((await change({ password: next, old: 'wrong' })).status, 401)
    assert.equal((await change({ password: next, old: password })).status, 200)
    assert.equal((await api.ask('/api/v1/session', browser(other))).status, 401)
    assert.equal((await api.ask('/api/v1/session', browser(one))).status, 200)
  })

  test('is not made by a weak password, and the answer says what to take', async (t) => {
    const { api, cookie } = await withPassword(t)
    for (const weak of ['short', 'aaaaaaaaaaaaaaaaaaaa', 'adminadminadmin1', 'x'.repeat(300)]) {
      const body = { password: weak, old: password }
      const answer = await api.ask('/api/v1/session/password', { method: 'PUT', body, ...browser(cookie) })
      assert.equal(answer.status, 400, weak)
      assert.match(answer.json.nextStep, /sentence/)
    }
  })
})

suite('guessing', () => {
  test('locks the account after a few wrong passwords; the right one does not help then, a link does', async (t) => {
    let now = Date.now()
    const { api } = await withPassword(t, { now: () => now })
    for (let i = 0; i < accountLimits.failures; i++) {
      await assert.rejects(api.accounts.signIn.byPassword('admin', `wrong ${i}`), { code: 'LOGIN_FAILED' })
    }
    await assert.rejects(api.accounts.signIn.byPassword('admin', password), { code: 'LOGIN_FAILED' })
    now += accountLimits.lockMs
    assert.ok(await api.accounts.signIn.byPassword('admin', password))
  })

  test('tells nothing of which accounts there are', async (t) => {
    const { api } = await withPassword(t)
    const known = await logIn(api, 'admin', 'wrong')
    const unknown = await logIn(api, 'nobody-of-that-name', 'wrong')
    assert.equal(known.text, unknown.text)
    assert.equal(known.status, 401)
  })

  test('is slowed down for an address, whichever names it tries', async (t) => {
    const { api } = await firstStart(t)
    const statuses: number[] = []
    for (let i = 0; i < 14; i++) statuses.push((await logInByLink(api, `guess-${i}`)).status)
    assert.equal(statuses.at(-1), 429)
    assert.equal(statuses[0], 401)
    const { headers } = await logInByLink(api, 'guess')
    assert.ok(Number(headers['retry-after']) > 0)
  })
})

suite('requests that another site makes', () => {
  test('change nothing, though the browser sends the cookie along', async (t) => {
    const { api, cookie } = await withPassword(t)
    const forged: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${api.url}.evil.example` },
      {},
    ]
    const paths = [
      ['POST', '/api/v1/accounts'],
      ['DELETE', '/api/v1/session'],
      ['PUT', '/api/v1/session/password'],
      ['POST', '/api/v1/tokens'],
    ]
    for (const headers of forged) {
      for (const [method, path] of paths) {
        const answer = await api.ask(path, { method, body: {}, ...browser(cookie, headers) })
        assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}`)
      }
    }
    assert.equal((await api.ask('/api/v1/session', browser(cookie))).status, 200, 'still logged in')
  })

  test('do not log a victim in to the attacker’s account', async (t) => {
    const { api, link } = await firstStart(t)
    const asking = {
      method: 'POST',
      body: { link },
      token: null,
      headers: { 'sec-fetch-site': 'cross-site' },
    }
    const answer = await api.ask('/api/v1/session/link', asking)
    assert.equal(answer.status, 403)
    assert.equal(answer.headers['set-cookie'], undefined)
  })

  test('are not read as JSON when a form sends them', async (t) => {
    const { api, cookie } = await withPassword(t)
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const asking = { method: 'POST', body: {}, token: null, headers: { ...headers, 'content-type': type } }
      assert.equal((await api.ask('/api/v1/tokens', asking)).status, 415, type)
    }
  })

  test('of this very site are served, by either header', async (t) => {
    const { api, cookie } = await withPassword(t)
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: api.url }]) {
      const body = { name: 'ci', scope: ['status:read'], days: 1 }
      const answer = await api.ask('/api/v1/tokens', { method: 'POST', body, ...browser(cookie, headers) })
      assert.equal(answer.status, 200, answer.text)
    }
  })
})
