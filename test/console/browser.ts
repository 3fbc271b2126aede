import type { TestContext } from 'node:test'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { programPath } from '../../src/lib/program-path.ts'

/** Why a test in a browser cannot run here; false when it can. */
export const cannotBrowse =
  programPath('chromium') === undefined && 'chromium is not installed (Debian: chromium)'

export interface Screen {
  page: Page
  context: BrowserContext
  /** What the page said that it should not have: errors, and what its content security policy kept from it. */
  complaints: string[]
}

/** Debian's Chromium, until the test ends. As root it has no sandbox of its own: it opens nothing but our own pages. */
export async function openBrowser(t: Pick<TestContext, 'after'>): Promise<Browser> {
  const browser = await launchBrowser()
  t.after(() => browser.close())
  return browser
}

/** Whoever launches it closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = programPath('chromium') ?? ''
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']
  return chromium.launch({ executablePath, args })
}

export async function openScreen(browser: Browser, baseURL: string): Promise<Screen> {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ baseURL, viewport, ignoreHTTPSErrors: true })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints }
}

/**
 * What axe finds wrong by WCAG 2.2, levels A and AA, in light and in dark: theme, rule and place. It is there for as long as the page's
 * document is: it takes longer to load than to run. It leaves the page in dark, and runs in a world of its own, which the
 * page's content security policy is not for.
 */
export async function loadAxe(page: Page): Promise<() => Promise<string[]>> {
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id })
  const evaluate = async (expression: string) => {
    const given = { expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', given)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }
  await evaluate(`${axe.source};0`)
  const run = async () =>
    (await evaluate(`
      axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => id + ' ' + target + ': ' + failureSummary)))`)) as string[]
  return async () => {
    const problems: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      problems.push(...(await run()).map((problem) => `${colorScheme}: ${problem}`))
    }
    return problems
  }
}
