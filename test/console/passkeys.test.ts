import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { startApiServer } from '../controller/api-fixture.ts'
import { cannotBrowse, openBrowser, openScreen } from './browser.ts'

/** A device with a passkey store, whose owner says yes to everything; as Chromium has one for tests. */
async function plugIn(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

async function start(t: TestContext) {
  const api = await startApiServer(t, { console: true })
  await api.store.accounts.remove('account-1')
  const link = (await api.accounts.firstLink()) ?? ''
  const browser = await openBrowser(t)
  const site = api.url.replace('127.0.0.1', 'localhost')
  const { page, complaints } = await openScreen(browser, site)
  await plugIn(page)
  await page.goto(`/login#${link}`)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor()
  return { api, page, complaints, browser, link }
}

suite('passkeys', { skip: cannotBrowse }, () => {
  test('one that was added logs in, by itself, until it is removed', async (t) => {
    const { api, page, complaints } = await start(t)
    await page.getByLabel(/Name of a new passkey/).fill('laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText(/laptop, last used/).waitFor()
    assert.equal(await api.accounts.firstLink(), null, 'somebody can log in now')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await page.getByRole('link', { name: 'admin' }).waitFor()
    await page.goto('/account')
    await page.getByRole('button', { name: 'Remove laptop' }).click()
    await page.getByText(/laptop, last used/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await page
      .getByRole('alert')
      .getByText(/does not log in/)
      .waitFor()
    // The browser itself tells of the one refusal that was to be.
    assert.deepEqual(
      complaints.filter((text) => !/401/.test(text)),
      [],
    )
  })

  test('an answer is good once, and of another site never', async (t) => {
    const { api, page } = await start(t)
    await page.getByLabel(/Name of a new passkey/).fill('laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText(/laptop, last used/).waitFor()
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/v1/session/passkey'))
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    const body = (await sent).postDataJSON() as { answer: { id: string } }
    await page.getByRole('link', { name: 'admin' }).waitFor()
    const again = await api.ask('/api/v1/session/passkey', { method: 'POST', body, token: null })
    assert.equal(again.status, 401)
    const unknown = { answer: { ...body.answer, id: 'AAAA' } }
    assert.equal(
      (await api.ask('/api/v1/session/passkey', { method: 'POST', body: unknown, token: null })).text,
      again.text,
    )
  })

  test('by an address none can be had, and the answer says by which name', async (t) => {
    const { api } = await start(t)
    const asked = await api.ask('/api/v1/session/passkey/challenge', { method: 'POST', token: null })
    assert.equal(asked.status, 400)
    assert.match(asked.json.nextStep, /^Open http:\/\/localhost:\d+ /)
  })
})
