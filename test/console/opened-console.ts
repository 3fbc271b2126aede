import assert from 'node:assert/strict'
import { after, type TestContext } from 'node:test'
import type { Browser } from 'playwright-core'
import { localCaller } from '../../src/accounts/caller.ts'
import type { Role } from '../../src/model/permissions.ts'
import { type ApiChange, type RunningApi, startApiServer } from '../controller/api-fixture.ts'
import { launchBrowser, openScreen, type Screen } from './browser.ts'
import { openClinic } from './clinic.ts'

/** The built console, served by a controller that an enforcer told of the clinic, and a browser to look at it with. */
export interface Opened {
  api: RunningApi
  browser: Browser
  /** Logs the first administrator in, once. */
  link: string
}

export async function openConsole(t: TestContext, change: ApiChange = {}): Promise<Opened> {
  const api = await startApiServer(t, { console: true, ...change })
  await api.store.accounts.remove('account-1')
  await openClinic(api)
  const link = await api.accounts.firstLink()
  assert.ok(link)
  const browser = await (launched ??= launchBrowser())
  t.after(async () => {
    for (const context of browser.contexts()) await context.close()
  })
  return { api, browser, link }
}

/** One for a file of tests: it takes a second to start. */
let launched: Promise<Browser> | undefined
after(async () => (await launched)?.close())

/** A page that is logged in, as whoever has the link of the first start. */
export async function enter(opened: Opened): Promise<Screen> {
  const made = await opened.api.accounts.firstLink()
  return enterBy(opened, made ?? opened.link)
}

/** A page that is logged in as a new account that has a role. */
export async function enterAs(opened: Opened, role: Role): Promise<Screen> {
  const { accounts } = opened.api
  const { link } = await accounts.add(localCaller, role, [{ role, namespace: null }])
  return enterBy(opened, link)
}

async function enterBy(opened: Opened, link: string): Promise<Screen> {
  const screen = await openScreen(opened.browser, opened.api.url)
  await screen.page.goto(`/login#${link}`)
  await screen.page.getByRole('button', { name: 'Log in', exact: true }).click()
  await screen.page.getByRole('heading', { name: 'Your account' }).waitFor()
  return screen
}
