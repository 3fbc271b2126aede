import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test, type TestContext } from 'node:test'
import { Provider } from 'oidc-provider'
import { startApiServer, type RunningApi } from '../controller/api-fixture.ts'

/* Against a real provider: oidc-provider, which is certified for OpenID Connect, on the loopback. */

const groups: Record<string, string[]> = { anna: ['security-team', 'lunch'], bob: ['lunch'] }

/** Cookies of a browser, by host and port. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  async ask(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url)
    const own = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, own)
    const cookie = Array.from(own, ([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = each.split(';')[0].split(/=(.*)/s)
      own.set(name, value)
    }
    return response
  }

  /** Follows until something is shown, or until an address that it is to stop before. */
  async follow(url: string | URL, stop?: string): Promise<{ url: string; response: Response | null }> {
    let at = new URL(url)
    for (let hops = 0; hops < 20; hops++) {
      if (stop !== undefined && at.href.includes(stop)) return { url: at.href, response: null }
      const response = await this.ask(at)
      const location = response.headers.get('location')
      if (location === null) return { url: at.href, response }
      at = new URL(location, at)
    }
    throw new Error('it leads in a circle')
  }
}

async function startProvider(t: TestContext, redirectUri: string): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'pavise', client_secret: 'a shared secret', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub', 'groups'], profile: ['preferred_username'], email: ['email'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: groups[id] }),
    }),
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
  })
  server.on('request', provider.callback())
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return issuer
}

/** Pavise and a provider that know each other. */
async function start(t: TestContext) {
  // The port of each is needed by the other: the provider is told where Pavise is before that listens.
  const reserved = createServer().listen(0, '127.0.0.1')
  await once(reserved, 'listening')
  const { port } = reserved.address() as AddressInfo
  reserved.close()
  await once(reserved, 'close')
  const callback = `http://127.0.0.1:${port}/api/v1/session/provider/callback`
  const issuer = await startProvider(t, callback)
  const oidc = {
    ...{ issuer, clientId: 'pavise', clientSecret: 'a shared secret', roleClaim: 'groups' },
    roles: new Map([['security-team', 'security'] as const]),
  }
  const api = await startApiServer(t, { oidc, port })
  return { api, issuer }
}

/** Through the provider's pages for log-in and consent; ends before the browser comes back to Pavise. */
async function logInThere(browser: Browser, api: RunningApi, name: string): Promise<string> {
  const stop = '/session/provider/callback'
  let at = await browser.follow(`${api.url}/api/v1/session/provider`, stop)
  for (const body of [`prompt=login&login=${name}&password=x`, 'prompt=consent']) {
    const form = new URLSearchParams(body)
    const posted = await browser.ask(at.url, { method: 'POST', body: form })
    at = await browser.follow(new URL(posted.headers.get('location') ?? '', at.url), stop)
  }
  return at.url
}

suite('log-in with an OpenID provider', () => {
  test('makes an account with the roles that the provider gives, and comes to the same again', async (t) => {
    const { api, issuer } = await start(t)
    const methods = await api.ask('/api/v1/session/methods', { token: null })
    assert.equal(methods.json.provider, new URL(issuer).host)
    for (let times = 0; times < 2; times++) {
      const browser = new Browser()
      const back = await browser.ask(await logInThere(browser, api, 'anna'))
      assert.equal(back.headers.get('location'), '/', await back.text())
      const session = (await (await browser.ask(`${api.url}/api/v1/session`)).json()) as object
      assert.partialDeepStrictEqual(session, {
        ...{ name: 'anna', kind: 'account', hasPassword: false },
        grants: [{ role: 'security', namespace: null }],
      })
    }
    const { items } = (await api.ask('/api/v1/accounts')).json as { items: { name: string }[] }
    assert.equal(items.filter(({ name }) => name === 'anna').length, 1)
    const [entry] = (await api.ask('/api/v1/audit?action=logInByProvider')).json.items
    assert.deepEqual([entry.actor.name, entry.target, entry.outcome], ['anna', 'anna', 'done'])
  })

  test('lets nobody in whom the provider gives no role, and says so in words', async (t) => {
    const { api } = await start(t)
    const browser = new Browser()
    const back = await browser.ask(await logInThere(browser, api, 'bob'))
    assert.equal(back.headers.get('location'), '/login?failed=provider')
    assert.equal((await browser.ask(`${api.url}/api/v1/session`)).status, 401)
    const [entry] = (await api.ask('/api/v1/audit?action=logInByProvider')).json.items
    assert.equal(entry.outcome, 'failed')
    assert.match(entry.reason, /no role/)
  })

  test('is of the browser that began it, works once, and takes no answer of another', async (t) => {
    const { api } = await start(t)
    const victim = new Browser()
    const attacker = new Browser()
    const answer = await logInThere(attacker, api, 'anna')
    await victim.ask(`${api.url}/api/v1/session/provider`)
    const stolen = await victim.ask(answer)
    assert.equal(stolen.headers.get('location'), '/login?failed=provider', 'log-in in another’s name')
    assert.equal((await victim.ask(`${api.url}/api/v1/session`)).status, 401)
    const forged = new URL(await logInThere(attacker, api, 'anna'))
    forged.searchParams.set('code', 'x')
    assert.equal((await attacker.ask(forged)).headers.get('location'), '/login?failed=provider')
    const good = await logInThere(new Browser(), api, 'anna')
    assert.equal((await new Browser().ask(good)).headers.get('location'), '/login?failed=provider')
  })

  test('takes over no account of the same name', async (t) => {
    const { api } = await start(t)
    const grants = [{ role: 'administrator', namespace: null }]
    await api.ask('/api/v1/accounts', { method: 'POST', body: { name: 'anna', grants } })
    const browser = new Browser()
    await browser.ask(await logInThere(browser, api, 'anna'))
    const session = (await (await browser.ask(`${api.url}/api/v1/session`)).json()) as Record<string, unknown>
    assert.match(String(session.name), /^anna-[0-9a-f]{8}$/)
    assert.deepEqual(session.grants, [{ role: 'security', namespace: null }])
  })

  test('is not there where no provider is configured, and says so where it does not answer', async (t) => {
    const without = await startApiServer(t)
    assert.equal((await without.ask('/api/v1/session/provider', { token: null })).status, 404)
    const oidc = {
      ...{ issuer: 'http://127.0.0.1:9', clientId: 'pavise', clientSecret: 'x', roleClaim: 'groups' },
      roles: new Map([['a', 'reader'] as const]),
    }
    const api = await startApiServer(t, { oidc })
    const answer = await api.ask('/api/v1/session/provider', { token: null })
    assert.equal(answer.status, 503)
    assert.match(answer.json.nextStep, /--oidc-issuer/)
  })
})
