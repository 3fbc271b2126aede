import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { FlowRecord, PersonalDataRecord } from '../../src/model/records.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { onlyNamespaces, PaviseUp } from '../enforcer/pavise-up.ts'
import { needsRoot, NetworkLab } from '../support/network-lab.ts'
import { cannotStartPostgresql, startPostgresql } from '../support/postgresql-server.ts'
import { groups, type Datum } from './end-to-end/patients.ts'
import { ways, type Way } from './end-to-end/ways.ts'

/* A clinic, its database and its partner, each in a namespace of its own: every group of data every way it may go. */

const programs = new URL('end-to-end/programs.ts', import.meta.url).href

/** A program with what it is given, for Node's `-e`. Writes a line when it has begun, or is done. */
function program(name: 'partner' | 'sidecar' | 'clinic', given: unknown): string {
  const run = `import(${JSON.stringify(programs)}).then((all) => all.${name}(${JSON.stringify(given)}))`
  return `${run}.then(() => console.log('done'))`
}

function makeCertificate(folder: string): { key: string; cert: string } {
  const [key, cert] = ['key', 'cert'].map((name) => join(folder, name))
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', ...kind, '-subj', '/CN=lab.partner.example', ...files], {
    stdio: 'ignore',
  })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

interface Seen {
  flows: Map<string, FlowRecord>
  findings: PersonalDataRecord[]
}

/** A datum that goes a way, and where it stands there. */
interface Sent {
  way: Way
  datum: Datum
  field: string
}

/** What was found of what was sent, with the flow that it crossed. */
function findingOf({ flows, findings }: Seen, { way, datum, field }: Sent) {
  for (const finding of findings) {
    const isIt = finding.identifier === datum.identifier && finding.field === field
    if (!isIt || finding.direction !== way.direction) continue
    const flow = flows.get(finding.flow ?? '')
    const isToSidecar = flow?.server.address === '127.0.0.1'
    if (flow !== undefined && isToSidecar === (way.isToSidecar ?? false)) return { finding, flow }
  }
  return undefined
}

/** What the sidecar sends on. */
function onwardOf({ flows }: Seen): FlowRecord[] {
  return [...flows.values()].filter(({ server, encrypted }) => server.port === 443 && encrypted)
}

const cases = Object.entries(groups).flatMap(([group, data]) =>
  ways.map((way) => ({
    title: `${group}: ${way.name}`,
    sent: data.flatMap((datum, i) => sentBy(way, datum, i + 1)),
  })),
)

function sentBy(way: Way, datum: Datum, number: number): Sent[] {
  const field = way.fieldOf(datum, number)
  return field === undefined ? [] : [{ way, datum, field }]
}

/** Lets all of it go over the wire, and waits until it is found, or until it is clear that it is not. */
async function watch(t: TestContext): Promise<Seen> {
  const lab = new NetworkLab(t)
  const [clinic, database, partner] = [lab.add('clinic'), lab.add('database'), lab.add('partner')]
  const [{ user }] = await Promise.all([
    startPostgresql(t, database),
    lab.start(partner, program('partner', makeCertificate(temporaryFolder(t)))),
    lab.start(clinic, program('sidecar', partner.address)),
  ])
  const up = await PaviseUp.start(t, onlyNamespaces(lab.folder))
  const isSeen = (states: WorkloadState[]) =>
    states.filter(({ coverage }) => coverage === 'seen').length === 4
  const states = await up.until('workloads', isSeen, 'the namespaces are seen')
  const own = states.find(({ workload }) => workload.name === 'clinic')?.workload.id
  await lab.run(clinic, program('clinic', { partner: partner.address, database: database.address, user }))
  return seenAt(up, own)
}

async function seenAt(up: PaviseUp, workload: string | undefined): Promise<Seen> {
  const seen: Seen = { flows: new Map(), findings: [] }
  const isOwn = (record: { workload?: string }) => record.workload === workload
  const isAll = async () => {
    const flows = await up.get<FlowRecord>('flows?limit=1000')
    seen.flows = new Map(flows.filter(isOwn).map((flow) => [flow.id, flow]))
    seen.findings = (await up.get<PersonalDataRecord & { workload?: string }>('findings?limit=1000')).filter(
      isOwn,
    )
    if (onwardOf(seen).length === 0) return false
    return cases.every(({ sent }) => sent.every((each) => findingOf(seen, each) !== undefined))
  }
  // What is missing then, each case says for itself.
  for (const until = performance.now() + 8_000; !(await isAll()) && performance.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 50))
  return seen
}

suite('every group of personal data, end to end', { skip: needsRoot || cannotStartPostgresql }, () => {
  test('in a clinic', { timeout: 60_000 }, async (t) => {
    const seen = await watch(t)
    for (const { title, sent } of cases) {
      if (sent.length === 0) continue
      await t.test(title, () => {
        for (const each of sent) {
          const found = findingOf(seen, each)
          assert.ok(found, `${each.datum.identifier} in ${each.field}`)
          const { finding, flow } = found
          assert.equal(finding.category, each.datum.category)
          assert.equal(flow.application, each.way.application)
          assert.equal(flow.encrypted, false)
          assert.ok(!finding.masked.includes(each.datum.value))
        }
      })
    }
    await t.test('what the sidecar sends on is encrypted, and nothing of it is read', () => {
      const onward = onwardOf(seen)
      assert.ok(onward.length > 0)
      for (const { id, application, serverName } of onward) {
        assert.deepEqual([application, serverName], ['SSL', 'lab.partner.example'])
        assert.ok(!seen.findings.some(({ flow }) => flow === id))
      }
    })
  })
})
