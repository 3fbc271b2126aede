import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { scopeOf } from '../../src/controller/cases/scope/scope-of.ts'
import type { Suspects } from '../../src/controller/cases/scope/suspects.ts'
import { ControllerPolicy } from '../../src/controller/policy/controller-policy.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { CaseScope } from '../../src/privacy/case.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { at, sampleAttack, sampleCoverage, sampleFinding, sampleFlow, sampleWorkload } from '../records.ts'
import { sketchOfPersons } from '../support/subject-sketches.ts'
import { temporaryFolder } from './fixture.ts'

const intruder = '203.0.113.9'
const hash = '0f'.repeat(16)

/** Workloads of the clinic, by name: address, and the machine where that is another. */
const clinic = {
  web: ['10.1.0.2'],
  api: ['10.1.0.3'],
  db: ['10.1.0.4'],
  mail: ['10.1.0.5'],
  idle: ['10.1.0.6'],
  locked: ['10.1.0.7'],
  cache: ['10.1.0.8'],
  far: ['10.9.0.2', 'node-2'],
} as const
type Name = keyof typeof clinic

const workload = (name: Name) =>
  sampleWorkload({
    ...{ id: `docker:${name}`, name, service: name, namespace: 'clinic', addresses: [clinic[name][0]] },
    ...{ netns: Object.keys(clinic).indexOf(name), startedAt: at(-3_600) },
  })

/** A connection from one to another, seen at the client's end, or at the server's where the client is none of ours. */
function flow(id: string, from: Name | typeof intruder, to: Name, seconds: number, change: object = {}) {
  const isOwn = from !== intruder
  const [client, server] = [isOwn ? clinic[from][0] : from, clinic[to][0]]
  return sampleFlow({
    ...{ id, start: at(seconds), end: at(seconds + 1), state: 'closed' },
    ...{ client: { address: client, port: 40_000 }, server: { address: server, port: 80 } },
    ...{ workload: `docker:${isOwn ? from : to}`, side: isOwn ? 'client' : 'server' },
    ...change,
  })
}

const persons = (count: number) => ({
  dataSubjects: {
    ...{ toServer: 0, toClient: count },
    sketches: { toClient: sketchOfPersons(Array.from({ length: count }, (_, i) => i)) },
  },
})

const records: ObservedRecord[] = [
  flow('early', 'web', 'mail', 5),
  flow('in', intruder, 'web', 10, persons(40)),
  sampleFinding({
    flow: 'in',
    direction: 'to-client',
    category: 'health',
    first: at(10),
    last: at(10),
    count: 40,
  }),
  flow('scanned', intruder, 'mail', 8, { state: 'attempted', bytesToServer: 60, bytesToClient: 0 }),
  flow('others', 'idle', 'web', 11),
  flow('on', 'web', 'api', 20),
  flow('refused', 'web', 'locked', 21, { state: 'attempted', bytesToServer: 60, bytesToClient: 0 }),
  flow('deep', 'api', 'db', 30, {
    ...{ application: 'PostgreSQL', postgresql: { user: 'clinic', statements: 1, rows: 9, errors: 0 } },
    ...persons(300),
  }),
  sampleFinding({ flow: 'deep', workload: 'docker:api', direction: 'to-client', last: at(30), count: 300 }),
  flow('deep@db', 'api', 'db', 30, {
    ...{ workload: 'docker:db', side: 'server', application: 'PostgreSQL', ...persons(300) },
    postgresql: { user: 'clinic', statements: 1, rows: 9, errors: 0 },
  }),
  sampleFinding({ flow: 'deep@db', workload: 'docker:db', direction: 'to-client', last: at(30), count: 300 }),
  flow('token', 'idle', 'cache', 40),
  sampleFinding({ flow: 'token', workload: 'docker:idle', category: 'credential', last: at(40), hash }),
  sampleAttack({ flow: 'in', client: { address: intruder, port: 40_000 }, last: at(10) }),
  sampleCoverage({ at: at(12), reason: 'stopped', detail: 'Pavise was stopped' }),
  sampleCoverage({ at: at(13), workload: 'docker:idle', reason: 'ring-full', detail: '' }),
]

const rules = `
apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: { name: nv.db.clinic, namespace: clinic }
spec:
  target:
    policymode: Protect
    selector: { name: nv.db.clinic, criteria: [{ key: service, op: "=", value: db.clinic }, { key: domain, op: "=", value: clinic }] }
  ingress: []
  egress:
    - name: to-cache
      action: allow
      applications: [any]
      ports: tcp/6379
      priority: 0
      selector: { name: nv.cache.clinic, criteria: [{ key: service, op: "=", value: cache.clinic }, { key: domain, op: "=", value: clinic }] }
`

/** A store in which all of that was seen, and modes that were given before and in between. */
async function scopeFrom(
  t: Parameters<typeof temporaryFolder>[0],
  suspects: Partial<Suspects>,
  prepare: (policy: ControllerPolicy, setTime: (seconds: number) => void) => Promise<void> = async () => {},
): Promise<CaseScope> {
  const store = await SqliteStore.open(join(temporaryFolder(t), 'store.db'))
  t.after(() => store.close())
  for (const enforcer of ['node-1', 'node-2']) {
    const names = (Object.keys(clinic) as Name[]).filter((name) => (clinic[name][1] ?? 'node-1') === enforcer)
    const states = names.map((name) => ({ workload: workload(name), coverage: 'seen' as const }))
    await store.saveWorkloads({ enforcer, at: Date.parse(at(0)), complete: true, states })
  }
  await store.append({ enforcer: 'node-1', run: 'r', sequence: 1, records })
  let now = Date.parse(at(-7_200))
  const policy = await ControllerPolicy.load(store, () => now)
  await prepare(policy, (seconds) => (now = Date.parse(at(seconds))))
  const names = new Map((Object.keys(clinic) as Name[]).map((name) => [clinic[name][0] as string, name]))
  const window = { since: Date.parse(at(0)), until: Date.parse(at(100)) }
  const asked = { suspects: { workloads: [], addresses: [], credentials: [], ...suspects }, window }
  return scopeOf({ store, policy, names: () => names, countryOf: () => 'US' }, asked, now)
}

const by = { author: 'anna', reason: '' }
const ends = ({ reach }: CaseScope) =>
  (reach?.ends ?? []).map(({ name, how, hops, via, why, by: what }) =>
    [how, name, hops, via ?? '-', why ?? '', what].join(' ').trim(),
  )

suite('how far a breach came', () => {
  test('from an address, over connections that follow each other in time', async (t) => {
    const scope = await scopeFrom(t, { addresses: [intruder] })
    assert.deepEqual(ends(scope).slice(0, 4), [
      `suspect ${intruder} 0 -`,
      `reached web 1 ${intruder}`,
      'reached api 2 docker:web',
      'reached db 3 docker:api',
    ])
    const edges = scope.reach?.edges.map(({ from, to, categories, persons: count }) => [
      ...[from, to, categories.join(), count],
    ])
    assert.deepEqual(edges, [
      ['docker:api', 'docker:db', 'financial', 300],
      [intruder, 'docker:web', 'health', 40],
      ['docker:web', 'docker:api', '', 0],
    ])
    assert.deepEqual([scope.persons, scope.values], [40, 40], 'what went to it, and nothing else')
    assert.deepEqual(
      scope.recipients.map(({ name, country }) => [name, country]),
      [[intruder, 'US']],
    )
    const controls = scope.controls?.map(({ control, state, subject }) => `${control} ${state} ${subject}`)
    assert.ok(controls?.includes('attacks failed sql-injection'), String(controls))
    assert.deepEqual(
      scope.gaps.map(({ reason }) => reason),
      ['stopped'],
      'of what it did not come to nothing is said; that nothing at all was seen is',
    )
  })

  test('further it could have come as far as modes and rules of that time, and machines, let it', async (t) => {
    const discover = await scopeFrom(t, { workloads: ['docker:db'] })
    const all = ['api', 'cache', 'idle', 'locked', 'mail', 'web']
    assert.deepEqual(ends(discover), [
      'suspect db 0 -',
      ...all.slice(0, 2).map((name) => `reachable ${name} 1 docker:db mode Discover`),
      'reachable external 1 docker:db mode Discover',
      ...all.slice(2).map((name) => `reachable ${name} 1 docker:db mode Discover`),
    ])
    const strict = await scopeFrom(t, { workloads: ['docker:db'] }, async (policy) => {
      await policy.setSettings({ newServiceMode: 'Protect' }, by)
      const texts = [{ name: 'rules.yaml', text: rules }]
      const { warnings } = await policy.apply({ texts, only: false, dryRun: false, ...by })
      assert.deepEqual(warnings, [])
    })
    assert.match(ends(strict).join('\n'), /^suspect db 0 -\nreachable cache 1 docker:db rule \S+$/)
  })

  test('from a credential, by its hash or the user of a database, to where it was used', async (t) => {
    const scope = await scopeFrom(t, { credentials: ['user:clinic', hash] })
    assert.deepEqual(
      ends(scope).filter((text) => !text.startsWith('reachable')),
      [
        `suspect ${hash} 0 -`,
        'suspect user:clinic 0 -',
        'reached api 1 user:clinic',
        `reached idle 1 ${hash}`,
        `reached cache 2 docker:idle`,
        'reached db 2 docker:api',
      ],
    )
    assert.deepEqual([scope.persons, scope.values], [300, 300], 'what the database answered, once')
    assert.deepEqual(
      scope.recipients.map(({ name }) => name),
      ['api'],
    )
  })

  test('controls are those of that time, each with the part of it in which it held', async (t) => {
    const scope = await scopeFrom(t, { workloads: ['docker:web'] }, async (policy, setTime) => {
      await policy.setMode('nv.web.clinic', { network: 'Protect' }, by)
      setTime(50)
      await policy.setMode('nv.web.clinic', { network: 'Monitor' }, by)
      setTime(60)
      await policy.setSettings({ detection: { attacksOff: ['webshell'] } }, by)
      setTime(500)
      await policy.setMode('nv.web.clinic', { network: 'Protect' }, by)
    })
    const told = scope.controls?.filter(({ control }) => control !== 'attacks' && control !== 'encryption')
    assert.deepEqual(
      told?.map(({ control, state, subject, since = '', until = '' }) =>
        [control, state, subject, since, until].join(' ').trim(),
      ),
      [
        `policy held 1  ${at(50)}`,
        `policy held 2 ${at(50)} ${at(60)}`,
        `policy held 3 ${at(60)}`,
        `mode failed nv.web.clinic: Protect  ${at(50)}`,
        `mode off nv.web.clinic: Monitor ${at(50)}`,
        `detector off attack webshell: off ${at(60)}`,
        'sight held web',
        'sight failed stopped',
      ],
    )
  })

  test('where nothing is suspicious but a time, all that ran is where it begins', async (t) => {
    const scope = await scopeFrom(t, {})
    const suspects = ends(scope).filter((text) => text.startsWith('suspect'))
    assert.equal(suspects.length, Object.keys(clinic).length)
  })
})
