import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PolicyRule } from '../../src/api/contract/policy-schemas.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { needsRoot } from '../support/network-lab.ts'
import { cannotStartPostgresql } from '../support/postgresql-server.ts'
import { cannotRun } from '../runtimes/engines/programs.ts'
import { cannotBrowse } from '../console/browser.ts'
import { journey } from './journey.ts'

/* `npm start -- --demo` as a newcomer runs it: findings within a minute, and nothing left afterwards. */

const start = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
const FIRST_FINDINGS_MS = 60_000
const clinicFolder = '/run/pavise-clinic'

type Flow = FlowRecord & { workload: string }
type Finding = PersonalDataRecord & { workload: string }

class Demo {
  readonly child: ChildProcess
  readonly exited: Promise<unknown>
  readonly startedAt = performance.now()
  readonly state: string
  output = ''

  constructor(t: TestContext, args: readonly string[]) {
    this.state = join(temporaryFolder(t), 'state')
    const own = ['--port', '0', '--state-dir', this.state]
    this.child = spawn(process.execPath, [start, ...args, ...own], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.exited = once(this.child, 'close')
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    t.after(async () => {
      this.child.kill('SIGTERM')
      await this.exited
    })
  }

  async get<Item>(path: string): Promise<Item[]> {
    if (!this.output.includes('Pavise is watching')) return []
    return (await new LocalApi(this.state).get<{ items: Item[] }>(`/api/v1/${path}`)).items
  }

  /** Asks until it is so; says what was printed where it does not come to it. */
  async until(what: string, isSo: () => Promise<boolean>, ms = FIRST_FINDINGS_MS): Promise<void> {
    await eventually(isSo, what, ms).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.output}`)
    })
  }
}

/** What the demonstration is there to show, as `<workload> <identifier> <direction> <place>`. */
const expected = [
  'clinic-client iban to-server http.form',
  'clinic-client email to-server http.cookie',
  'clinic-web payment-card to-server http.body',
  'clinic-api iban to-server sql.parameter',
  'clinic-api email to-client sql.column',
  // Only what is copied out has it.
  'clinic-api us-ssn to-client sql.column',
  'clinic-api iban to-server http.body',
  'clinic-partner payment-card to-server http.body',
  // Health and genes; the last one is on the loopback, on its way to the sidecar.
  'clinic-client blood-group to-server http.form',
  'clinic-api diagnosis to-server sql.parameter',
  'clinic-api medication to-client sql.column',
  'clinic-partner de-kvnr to-server http.body',
  'clinic-api genetic-variant to-server http.body',
  // Online and location.
  'clinic-client advertising-id to-server http.body',
  'clinic-web coordinates to-server http.body',
  'clinic-api ip-address to-server sql.parameter',
  // Special categories, and children.
  'clinic-client religion to-server http.form',
  'clinic-api religion to-client sql.column',
  'clinic-web child to-server http.body',
]

async function shows(demo: Demo): Promise<void> {
  const names = new Map<string, string>()
  const missing = new Set(expected)
  await demo.until(`findings: ${expected.join('; ')}`, async () => {
    for (const { workload } of await demo.get<WorkloadState>('workloads'))
      names.set(workload.id, workload.name)
    for (const { workload, identifier, direction, field } of await demo.get<Finding>('findings?limit=1000'))
      missing.delete(`${names.get(workload)} ${identifier} ${direction} ${field.split(' ')[0]}`)
    return missing.size === 0
  })
  await demo.until('an encrypted flow to the partner', async () => {
    const flows = await demo.get<Flow>('flows?limit=500&application=SSL')
    return flows.some(({ workload, side, encrypted, tls }) => {
      const isPartner = names.get(workload) === 'clinic-api' && side === 'client'
      return isPartner && encrypted && tls?.sni === 'lab.partner.example' && tls.version === 'TLSv1.3'
    })
  })
}

/** Who speaks what to whom in the clinic, as it is learned. */
const learned = [
  ['client', 'web', 'HTTP'],
  ['web', 'api', 'HTTP'],
  ['api', 'database', 'PostgreSQL'],
  ['api', 'partner', 'HTTP'],
  ['api', 'partner', 'SSL'],
]

/** @param groupOf name of the group of a role */
async function learns(demo: Demo, groupOf: (role: string) => string): Promise<void> {
  const wanted = learned.map(([from, to, application]) => `${groupOf(from)} ${groupOf(to)} ${application}`)
  await demo.until(`rules: ${wanted.join('; ')}`, async () => {
    const rules = await demo.get<PolicyRule>('policy/rules?tier=learned')
    const known = new Set(
      rules.flatMap(({ from, to, applications }) => applications.map((each) => `${from} ${to} ${each}`)),
    )
    return wanted.every((rule) => known.has(rule))
  })
}

/** Processes of the clinic, whoever started them. */
function processes(): string[] {
  return [...withText('examples/clinic'), ...withText(clinicFolder)]
}

/** Command lines of all processes in which this stands, by number. */
function withText(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(text))
    .map((pid) => `${pid} ${commandLine(pid)}`)
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function namespaces(): string[] {
  return existsSync('/run/netns')
    ? readdirSync('/run/netns').filter((name) => name.startsWith('clinic-'))
    : []
}

/** What the clinic in containers has on the host. */
const bridge = '/sys/class/net/pavise-clinic'

function isAllGone(): boolean {
  const left = [processes(), namespaces(), [clinicFolder, bridge].filter((path) => existsSync(path))]
  return left.flat().length === 0
}

function assertNothingLeft(): void {
  assert.deepEqual(processes(), [])
  assert.deepEqual(namespaces(), [])
  for (const path of [clinicFolder, bridge]) assert.ok(!existsSync(path), `${path} is gone`)
}

/** As a machine does that runs out of memory: what was to tidy up is the first to go. */
async function killAll(demo: Demo): Promise<void> {
  const isCloser = (line: string) => /clinic\/main\.ts|dockerd|scripts\/start/.test(line)
  for (const line of [...processes(), ...withText(demo.state)].filter(isCloser))
    process.kill(Number.parseInt(line, 10), 'SIGKILL')
  await demo.exited
}

async function isOpen(demo: Demo): Promise<void> {
  await demo.until('the clinic is open', async () => /the clinic is open/.test(demo.output))
}

async function end(demo: Demo): Promise<void> {
  demo.child.kill('SIGTERM')
  await demo.exited
  assert.equal(demo.child.exitCode, 0, demo.output)
  assertNothingLeft()
}

const skip = needsRoot || cannotStartPostgresql
const noDocker = skip || cannotRun('dockerd', 'docker')
const places = [
  {
    args: ['--demo'],
    where: 'in network namespaces, on a machine without containers',
    skip,
    firstMade: 'cable',
  },
  { args: ['--demo=docker'], where: 'in containers', skip: noDocker, firstMade: 'image.tar' },
]

suite('the demonstration', () => {
  for (const { args, where, skip, firstMade } of places) {
    const options = { skip, timeout: 120_000 }

    test(where, { skip, timeout: 240_000 }, async (t) => {
      const demo = new Demo(t, args)
      await shows(demo)
      t.diagnostic(`all found after ${((performance.now() - demo.startedAt) / 1000).toFixed(1)} s`)
      const isDocker = args.includes('--demo=docker')
      if (isDocker) await assertContainers(demo)
      await learns(demo, (role) => (isDocker ? `nv.${role}.clinic` : `nv.clinic-${role}.default`))
      if (!isDocker)
        await t.test('what a newcomer does in the console', { skip: cannotBrowse }, (t) => journey(t, demo))
      await end(demo)
    })

    test(`${args[0]}: killed, it takes its clinic along`, options, async (t) => {
      const demo = new Demo(t, args)
      await isOpen(demo)
      demo.child.kill('SIGKILL')
      await eventually(() => isAllGone() && withText(demo.state).length === 0, 'all is closed', 30_000)
    })

    test(`${args[0]}: what is left where nothing could tidy up, the next one does`, options, async (t) => {
      const killed = new Demo(t, args)
      await isOpen(killed)
      await killAll(killed)
      assert.ok(!isAllGone(), 'there is something to tidy up')
      const demo = new Demo(t, ['--demo']) // whichever it was
      await isOpen(demo)
      await end(demo)
    })

    test(`${args[0]}: a signal that comes while it opens`, options, async (t) => {
      const demo = new Demo(t, args)
      await demo.until('it opens', async () => existsSync(join(clinicFolder, firstMade)))
      await end(demo)
      assert.doesNotMatch(demo.output, /the clinic is open/)
    })
  }

  test('a service that dies ends it, and why is said', { skip, timeout: 120_000 }, async (t) => {
    const demo = new Demo(t, ['--demo'])
    await demo.until('Pavise watches', async () => /is watching/.test(demo.output))
    const [web] = withText('clinic/services/web.ts')
    process.kill(Number.parseInt(web, 10), 'SIGKILL')
    await demo.exited
    assert.equal(demo.child.exitCode, 4)
    assert.match(demo.output, /clinic: web ended: SIGKILL; \/run\/pavise-clinic\/log says why/)
    assert.deepEqual([processes(), namespaces(), readdirSync(clinicFolder)], [[], [], ['log']])
    rmSync(clinicFolder, { recursive: true })
  })

  test('there is one on a machine', { skip, timeout: 120_000 }, async (t) => {
    const demo = new Demo(t, ['--demo'])
    await isOpen(demo)
    const second = new Demo(t, ['--demo'])
    await second.exited
    assert.equal(second.child.exitCode, 4)
    assert.match(second.output, /clinic: the clinic runs already, as process \d+; stop it first/)
    assert.equal(namespaces().length, 5)
    await end(demo)
  })

  test('a namespace of the same name that is someone else’s stays', { skip, timeout: 120_000 }, async (t) => {
    execFileSync('ip', ['netns', 'add', 'clinic-web'])
    t.after(() => execFileSync('ip', ['netns', 'delete', 'clinic-web']))
    const demo = new Demo(t, ['--demo'])
    await demo.exited
    assert.equal(demo.child.exitCode, 4)
    assert.match(demo.output, /there is a network namespace clinic-web already, and it is not the clinic's/)
    assert.deepEqual(namespaces(), ['clinic-web'])
    assert.ok(!existsSync(clinicFolder), `${clinicFolder} is gone`)
  })
})

async function assertContainers(demo: Demo): Promise<void> {
  const states = await demo.get<WorkloadState>('workloads')
  const names = states
    .filter(({ workload }) => workload.runtime === 'docker')
    .map(({ workload }) => workload.name)
  const roles = ['api', 'client', 'database', 'partner', 'sidecar', 'web']
  assert.deepEqual(
    names.toSorted(),
    roles.map((role) => `clinic-${role}`),
  )
}
