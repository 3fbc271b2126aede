import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { ObservedRecord } from '../src/model/enforcer-messages.ts'
import { cannotBrowse, openBrowser, openScreen } from '../test/console/browser.ts'
import { type RunningApi, startApiServer } from '../test/controller/api-fixture.ts'
import { EnforcerClient } from '../test/controller/enforcer-client.ts'
import { eventually } from '../test/controller/fixture.ts'
import { sampleFlow, sampleState } from '../test/records.ts'

/* What the console feels like, in Debian's Chromium without a graphics card: how soon it is there, and how smooth a full map is. */

const GROUPS = 140
const FLOWS = 300
const LOADS = 5
const PAN_MS = 3_000

export async function run(): Promise<void> {
  if (cannotBrowse !== false) return console.log(cannotBrowse)
  const endings: (() => unknown)[] = []
  // What a test has of its context is all that these need.
  const t = { after: (end: () => unknown) => endings.push(end) } as unknown as TestContext
  try {
    const api = await startApiServer(t, { console: true })
    await fill(api)
    const { page } = await openScreen(await openBrowser(t), api.url)
    await logIn(page, api)
    await measureLoad(page)
    await measurePanning(page)
  } finally {
    for (const end of endings.toReversed()) await end()
  }
}

/** A namespace of as many services as a map may show, each of which speaks with a few others. */
async function fill({ socketPath, store }: RunningApi): Promise<void> {
  const client = await EnforcerClient.join(socketPath)
  const address = (i: number) => `10.1.${i >> 8}.${(i & 255) + 1}`
  const workloads = Array.from({ length: GROUPS }, (_, i) =>
    sampleState({ id: `docker:${i}`, name: `s${i}`, service: `s${i}`, addresses: [address(i)] }),
  )
  client.send({ kind: 'workloads', complete: true, workloads })
  await eventually(
    async () => (await store.workloads({ limit: GROUPS })).items.length === GROUPS,
    'workloads',
  )
  const flows = Array.from({ length: FLOWS }, (_, i): ObservedRecord => {
    const [from, to] = [i % GROUPS, (i * 7 + 1) % GROUPS]
    const ends = {
      client: { address: address(from), port: 40_000 },
      server: { address: address(to), port: 80 },
    }
    return sampleFlow({ id: `flow-${i}`, workload: `docker:${from}`, ...ends })
  })
  client.batch(1, flows)
  await client.acknowledged(1)
}

async function logIn(page: Page, { accounts, store }: RunningApi): Promise<void> {
  await store.accounts.remove('account-1')
  await page.goto(`/login#${await accounts.firstLink()}`)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
}

async function measureLoad(page: Page): Promise<void> {
  const paints: number[] = []
  const answers: number[] = []
  for (let i = 0; i < LOADS; i++) {
    await page.goto('/')
    await page.getByText('What is not seen?').waitFor()
    answers.push(await page.evaluate('performance.now()'))
    paints.push(
      await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`),
    )
  }
  console.log(`  first paint of the overview       ${ms(median(paints))}`)
  console.log(`  overview with its answers         ${ms(median(answers))}`)
}

async function measurePanning(page: Page): Promise<void> {
  await page.goto('/network?namespace=clinic')
  const began = performance.now()
  await page
    .locator('.react-flow__node')
    .nth(GROUPS - 1)
    .waitFor()
  console.log(
    `  map of ${GROUPS} groups, ${FLOWS} flows       ${ms(performance.now() - began)} until it is drawn`,
  )
  const box = await page.locator('.map').boundingBox()
  if (box === null) return
  const [x, y] = [box.x + 20, box.y + 20]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.evaluate(countFrames)
  const until = performance.now() + PAN_MS
  for (let i = 0; performance.now() < until; i++)
    await page.mouse.move(x + 200 * Math.sin(i / 10) ** 2, y + 100 * Math.sin(i / 7) ** 2)
  const gaps = await page.evaluate<number[]>('window.frameGaps')
  await page.mouse.up()
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  console.log(`  panning it                        ${((1000 * gaps.length) / total).toFixed(0)} frames/s`)
  console.log(
    `  between two frames                ${ms(median(gaps))} (median), ${ms(Math.max(...gaps))} (most)`,
  )
}

/** In the page: milliseconds between frames, as they come. */
const countFrames = `
  window.frameGaps = []
  let last = performance.now()
  const frame = (now) => { window.frameGaps.push(now - last); last = now; requestAnimationFrame(frame) }
  requestAnimationFrame(frame); 0`

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}
