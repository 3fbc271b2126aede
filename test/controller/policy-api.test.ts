import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { at, sampleFinding, sampleFlow, sampleState, sampleViolation } from '../records.ts'
import { startApiServer } from './api-fixture.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { eventually } from './fixture.ts'

const rules = `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: nv.api.clinic, namespace: clinic}
spec:
  target:
    policymode: Monitor
    selector: {name: nv.api.clinic, criteria: [{key: service, op: =, value: api.clinic}, {key: domain, op: =, value: clinic}]}
  ingress:
  - {name: web, action: allow, applications: [HTTP], ports: any, selector: {name: nv.web.clinic}}
`
const files = [{ name: 'rules.yaml', text: rules }]

interface GroupShown {
  name: string
  mode: string | null
  modeFrom: string
  members: unknown[]
}

/** The API with an enforcer that runs a web and an api in the clinic. */
async function startClinic(t: TestContext) {
  const running = await startApiServer(t)
  const client = await EnforcerClient.join(running.socketPath)
  const workloads = ['web', 'api'].map((service, i) =>
    sampleState({
      id: `docker:${service}`,
      name: service,
      service,
      namespace: 'clinic',
      addresses: [`10.1.0.${i + 2}`],
    }),
  )
  client.send({ kind: 'workloads', workloads, complete: true })
  await eventually(() => running.controller.workloads().length === 2, 'workloads')
  return { ...running, client }
}

test('files are applied, shown, changed and taken back over HTTP', async (t) => {
  const { ask, accounts: _accounts } = await startClinic(t)
  const post = (path: string, body: object) => ask(`/api/v1/policy/${path}`, { method: 'POST', body })
  const tried = await post('changes', { files, dryRun: true })
  assert.deepEqual([tried.status, tried.json.version, tried.json.changes.length], [200, 0, 1])
  const applied = await post('changes', { files, reason: 'ticket 17', base: 0 })
  assert.deepEqual([applied.status, applied.json.version], [200, 1])
  assert.equal((await post('changes', { files, base: 0 })).status, 409)
  const { json: versions } = await ask('/api/v1/policy/versions')
  assert.deepEqual(
    versions.items.map(({ number, action, reason, author }: Record<string, unknown>) => [
      number,
      action,
      reason,
      author,
    ]),
    [[1, 'apply', 'ticket 17', 'account-1 (token t)']],
  )
  const { json: groups } = await ask('/api/v1/policy/groups?workload=docker:api')
  assert.deepEqual(
    groups.items.map(({ name, mode, modeFrom, members }: GroupShown) => [
      name,
      mode,
      modeFrom,
      members.length,
    ]),
    [
      ['containers', null, 'new-services', 2],
      ['nv.api.clinic', 'Monitor', 'file', 1],
    ],
  )
  const { json: listed } = await ask('/api/v1/policy/rules?group=nv.web.clinic')
  assert.equal(listed.items[0].source, 'rules.yaml:1 spec.ingress.0')
  const mode = await ask('/api/v1/policy/groups/nv.web.clinic/mode', {
    method: 'PUT',
    body: { mode: 'Protect' },
  })
  assert.equal(mode.json.version, 2)
  const settings = await ask('/api/v1/policy/settings', {
    method: 'PATCH',
    body: { newServiceMode: 'Monitor', promoteDiscoverAfterMs: 86_400_000 },
  })
  assert.equal(settings.json.version, 3)
  assert.equal((await ask('/api/v1/policy')).json.settings.promoteDiscoverAfterMs, 86_400_000)
  const never = await ask('/api/v1/policy/settings', {
    method: 'PATCH',
    body: { promoteDiscoverAfterMs: null },
  })
  assert.equal(never.status, 200)
  assert.equal('promoteDiscoverAfterMs' in (await ask('/api/v1/policy')).json.settings, false)
  assert.match((await ask('/api/v1/policy/export')).json.yaml, /policymode: "Monitor"/)
  assert.equal((await post('undo', { to: 1 })).json.version, 5)
  assert.equal((await ask('/api/v1/policy')).json.settings.newServiceMode, 'Discover')
  assert.equal((await ask('/api/v1/policy/versions?limit=2')).json.items.length, 2)
})

test('pages of versions, groups and rules come one after the other', async (t) => {
  const { ask } = await startClinic(t)
  await ask('/api/v1/policy/changes', { method: 'POST', body: { files } })
  for (const mode of ['Monitor', 'Protect'])
    await ask('/api/v1/policy/groups/nodes/mode', { method: 'PUT', body: { mode } })
  for (const [path, keyOf] of [
    ['versions', ({ number }: { number: number }) => number],
    ['groups', ({ name }: { name: string }) => name],
  ] as const) {
    const { json: whole } = await ask(`/api/v1/policy/${path}`)
    const seen: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const { json: page } = await ask(`/api/v1/policy/${path}?limit=1${query}`)
      seen.push(...page.items.map(keyOf))
      cursor = page.next
    }
    assert.deepEqual(seen, whole.items.map(keyOf), path)
    assert.ok(seen.length >= 3)
  }
})

const refusals: [
  name: string,
  method: string,
  path: string,
  body: object | undefined,
  status: number,
  detail: RegExp,
][] = [
  [
    'rules that are wrong',
    'POST',
    'policy/changes',
    { files: [{ name: 'a.yaml', text: rules.replace('any,', 'tcp/x,') }] },
    422,
    /a\.yaml:9/,
  ],
  [
    'what is no YAML',
    'POST',
    'policy/changes',
    { files: [{ name: 'a.yaml', text: '{' }] },
    422,
    /not valid YAML/,
  ],
  ['what the body has too much', 'POST', 'policy/changes', { files, force: true }, 400, /force/],
  ['to undo nothing', 'POST', 'policy/undo', {}, 404, /nothing to undo/],
  ['a version that is not there', 'GET', 'policy/versions/9', undefined, 404, /no version 9/],
  [
    'a mode of what can have none',
    'PUT',
    'policy/groups/external/mode',
    { mode: 'Protect' },
    404,
    /cannot have a mode/,
  ],
  [
    'a mode of a group that there is not',
    'PUT',
    'policy/groups/nv.web.clinc/mode',
    { mode: 'Protect' },
    404,
    /There is no group/,
  ],
  ['a mode that is none', 'PUT', 'policy/groups/nodes/mode', { mode: 'Strict' }, 400, /mode/],
  ['no mode at all', 'PUT', 'policy/groups/nodes/mode', {}, 400, /fewer than 1/],
  ['quarantine of what does not run', 'POST', 'quarantine', { workload: 'docker:gone' }, 404, /no workload/],
  ['release of what is not in quarantine', 'DELETE', 'quarantine/docker:api', undefined, 404, /no workload/],
  ['a simulation of no time', 'POST', 'policy/simulations', { since: 'yesterday' }, 400, /date-time/],
]
for (const [name, method, path, body, status, detail] of refusals) {
  test(`refused: ${name}`, async (t) => {
    const { ask, controller } = await startClinic(t)
    const answer = await ask(`/api/v1/${path}`, { method, ...(body && { body }) })
    assert.equal(answer.status, status, answer.text)
    assert.match(answer.text, detail)
    assert.equal(controller.policy.history.number, 0)
  })
}

test('a workload is cut off and let go again, and it is told which enforcer does it', async (t) => {
  const { ask, client } = await startClinic(t)
  client.enforced(null)
  await client.until(({ kind }) => kind === 'policy')
  const answer = await ask('/api/v1/quarantine', {
    method: 'POST',
    body: { workload: 'docker:api', reason: 'it scans' },
  })
  assert.deepEqual(
    [answer.status, answer.json.items[0].reason, answer.json.items[0].enforcedBy],
    [200, 'it scans', []],
  )
  client.enforced(null, ['docker:api'])
  await eventually(
    async () => (await ask('/api/v1/quarantine')).json.items[0].enforcedBy.includes('node-1'),
    'the enforcer has said it',
  )
  assert.deepEqual((await ask('/api/v1/quarantine/docker:api', { method: 'DELETE' })).json.items, [])
})

test('violations are listed by workload and action', async (t) => {
  const { ask, client } = await startClinic(t)
  client.batch(1, [
    sampleViolation(),
    sampleViolation({ id: 'v2', workload: 'docker:api', action: 'blocked' }),
  ])
  await client.acknowledged(1)
  const ids = async (query: string) =>
    (await ask(`/api/v1/violations${query}`)).json.items.map(({ id }: { id: string }) => id)
  assert.deepEqual(await ids(''), ['violation-1', 'v2'])
  assert.deepEqual(await ids('?action=blocked'), ['v2'])
  assert.deepEqual(await ids('?workload=docker:web'), ['violation-1'])
})

/** Flows of a day: a request, the same seen at its other end, a try at a closed port, and a lab that gets health data. */
function day() {
  const lab = { client: { address: '10.1.0.2', port: 41_000 }, server: { address: '192.0.2.10', port: 443 } }
  return [
    sampleFlow({ state: 'closed' }),
    sampleFlow({ id: 'flow-1b', state: 'closed', side: 'server', workload: 'docker:api' }),
    sampleFlow({
      id: 'flow-2',
      state: 'attempted',
      application: 'unknown',
      server: { address: '10.1.0.3', port: 81 },
    }),
    sampleFlow({ id: 'flow-3', state: 'closed', ...lab, dnsName: 'lab.example' }),
    sampleFinding({ flow: 'flow-3', identifier: 'diagnosis', category: 'health' }),
  ]
}

const partner = `apiVersion: pavise.dev/v1
kind: Processor
metadata: {name: lab}
spec: {name: Lab, role: processor, country: DE, categories: [identity], addresses: [lab.example]}
---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: lab}
spec: {from: nv.web.clinic, toProcessor: lab, personalData: {declared: true}}
`

test('stored flows are held against rules: each once, without attempts, with what was found in them', async (t) => {
  const { ask, client } = await startClinic(t)
  client.batch(1, day())
  await client.acknowledged(1)
  const simulate = async (body: object) =>
    (await ask('/api/v1/policy/simulations', { method: 'POST', body: { since: at(-60), ...body } })).json
  const all = await simulate({})
  assert.deepEqual([all.flows, all.denied, all.attempts, all.allowed], [3, 2, 1, 0])
  const allowed = [...files, { name: 'partner.yaml', text: partner }]
  const { denials, ...counts } = await simulate({ files: allowed })
  assert.deepEqual([counts.allowed, counts.denied, counts.incomplete], [1, 1, false])
  const [denial] = denials
  assert.deepEqual(
    [denial.from, denial.to, denial.flows, denial.workloads],
    ['nv.web.clinic', '192.0.2.10', 1, ['web']],
  )
  assert.equal(denial.explanation.decidedBy.rule.id, 'EgressRule/lab')
  const open = allowed.map((file) => ({
    ...file,
    text: file.text.replace('[identity]', '[identity, health]'),
  }))
  assert.equal((await simulate({ files: open })).denied, 0)
  assert.equal((await simulate({ files: [] })).denied, 2)
  assert.deepEqual((await simulate({ since: at(60) })).flows, 0)
})

test('what is blocked today cannot break', async (t) => {
  const { ask, client } = await startClinic(t)
  client.batch(1, day())
  await client.acknowledged(1)
  for (const name of ['nv.web.clinic', 'nv.api.clinic'])
    await ask(`/api/v1/policy/groups/${name}/mode`, { method: 'PUT', body: { mode: 'Protect' } })
  const { json } = await ask('/api/v1/policy/simulations', { method: 'POST', body: { since: at(-60) } })
  assert.deepEqual([json.denied, json.blockedToday], [0, 2])
})
