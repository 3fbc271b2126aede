import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { at, sampleFinding, sampleFlow, sampleState, sampleViolation } from '../records.ts'
import { type ApiChange, startApiServer } from './api-fixture.ts'
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
async function startClinic(t: TestContext, change: ApiChange = {}) {
  const running = await startApiServer(t, change)
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
  const found = async (path: string) => (await ask(`/api/v1/policy/${path}`)).json.items.length
  assert.deepEqual(
    await Promise.all(
      ['groups?find=API', 'groups?mode=Monitor', 'rules?find=http', 'rules?find=ftp'].map(found),
    ),
    [1, 1, 1, 0],
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

const given = { applications: ['HTTP'], ports: '', priority: 0 }
const webToApi = { from: 'nv.web.clinic', to: 'nv.api.clinic', ...given }

interface RuleShown {
  id: string
  tier: string
  from: string
  to: string
  action: string
  source?: string
  learned?: unknown
}

test('single rules are tried, added, changed and removed, each change a version that can be undone', async (t) => {
  const { ask } = await startClinic(t)
  const post = (path: string, body: object) => ask(`/api/v1/policy/${path}`, { method: 'POST', body })
  const listed = async () =>
    (await ask('/api/v1/policy/rules')).json.items.map(
      ({ id, tier, action, source }: RuleShown) => `${id} ${tier} ${action} ${source}`,
    )
  await post('changes', { files })
  const deny = { ...webToApi, action: 'deny' }
  const tried = await post('rules', { add: [deny], dryRun: true })
  assert.equal(
    tried.json.changes[0].details[0].after,
    'deny nv.web.clinic → nv.api.clinic: HTTP, any port (priority 0)',
  )
  assert.equal((await listed()).length, 1)
  assert.equal((await post('rules', { add: [deny], base: 1, reason: 'ticket 9' })).json.version, 2)
  assert.equal((await post('rules', { add: [deny], base: 1 })).status, 409)
  const file = 'clinic/nv.api.clinic/web yaml allow rules.yaml:1 spec.ingress.0'
  assert.deepEqual(await listed(), [file, 'user/2.1 user deny version 2 by account-1 (token t)'])
  const asked = {
    ...webToApi,
    action: 'allow',
    requirements: { encryption: { minimumTlsVersion: 'TLSv1.2' } },
  }
  await post('rules', { replace: [{ id: 'user/2.1', ...asked }] })
  assert.deepEqual((await listed())[1], 'user/2.1 user allow version 3 by account-1 (token t)')
  assert.match((await ask('/api/v1/policy/export')).json.yaml, /kind: "EgressRule"[^]*minimumTlsVersion/)
  assert.equal((await post('rules', { remove: ['user/2.1'] })).json.version, 4)
  assert.deepEqual(await listed(), [file])
  await post('undo', {})
  assert.equal((await listed()).length, 2)
  await post('changes', { files, only: true })
  assert.deepEqual(await listed(), [file], 'files alone are the policy')
})

const ruleRefusals: [name: string, body: object, status: number, detail: RegExp][] = [
  ['a group that there is not', { add: [{ ...webToApi, from: 'shop', action: 'deny' }] }, 422, /no group/],
  ['ports that are none', { add: [{ ...webToApi, ports: 'tcp/x', action: 'deny' }] }, 422, /ports/],
  [
    'a denial that asks for something',
    { add: [{ ...webToApi, action: 'deny', requirements: { encryption: {} } }] },
    422,
    /asks for nothing/,
  ],
  ['a rule that is not there', { remove: ['user/1.1'] }, 404, /no rule/],
  ['a learned rule that is not there', { promote: ['learned/x'] }, 404, /no rule/],
  ['what a rule has too much', { add: [{ ...webToApi, action: 'deny', tier: 'federal' }] }, 400, /tier/],
]
test('a rule that cannot be is refused, and nothing of what came with it is taken', async (t) => {
  const { ask, controller, tokenOf } = await startClinic(t)
  for (const [name, body, status, detail] of ruleRefusals) {
    const answer = await ask('/api/v1/policy/rules', { method: 'POST', body })
    assert.equal(answer.status, status, `${name}: ${answer.text}`)
    assert.match(answer.text, detail)
  }
  const token = await tokenOf([{ role: 'auditor', namespace: null }])
  const body = { add: [{ ...webToApi, action: 'deny' }] }
  assert.equal((await ask('/api/v1/policy/rules', { method: 'POST', body, token })).status, 403)
  assert.equal(controller.policy.history.number, 0)
})

test('a learned rule is promoted, and holds when what was learned is forgotten', async (t) => {
  let ahead = 0
  const { ask, client, controller } = await startClinic(t, { now: () => Date.now() + ahead })
  client.batch(1, [
    sampleFlow({ state: 'closed', start: new Date().toISOString(), end: new Date().toISOString() }),
  ])
  await client.acknowledged(1)
  ahead = 20_000 // By then it has settled.
  const rules = async () => (await ask('/api/v1/policy/rules')).json.items as RuleShown[]
  await eventually(async () => (await rules()).length === 1, 'a rule is learned', 20_000)
  const [{ id, tier }] = await rules()
  assert.equal(tier, 'learned')
  const post = (path: string, body: object) => ask(`/api/v1/policy/${path}`, { method: 'POST', body })
  assert.equal((await post('rules', { promote: [id], reason: 'looked at' })).status, 200)
  assert.deepEqual(
    (await rules()).map((rule) => rule.id),
    ['user/1.1'],
    'once, not twice',
  )
  assert.deepEqual((await post('learned/forget', { rules: [id] })).json.rules, [id])
  assert.deepEqual(
    (await rules()).map((rule) => rule.id),
    ['user/1.1'],
  )
  assert.equal(controller.policy.history.number, 1)
})

test('changed rules are tried on stored flows: who denies it, and whose rule it is', async (t) => {
  const { ask, client } = await startClinic(t)
  client.batch(1, day())
  await client.acknowledged(1)
  const body = { since: at(-60), rules: { add: [{ ...webToApi, action: 'deny' }] } }
  const { json } = await ask('/api/v1/policy/simulations', { method: 'POST', body })
  const denial = json.denials.find(({ to }: { to: string }) => to === 'nv.api.clinic')
  assert.deepEqual(
    [denial.explanation.decidedBy.rule.id, denial.explanation.decidedBy.rule.source],
    ['user/1.1', 'version 1 by a trial'],
  )
  assert.equal((await ask('/api/v1/policy')).json.version, 0, 'nothing was changed')
})

test('a workload is let go with a reason, which is in the audit log', async (t) => {
  const { ask } = await startClinic(t)
  await ask('/api/v1/quarantine', { method: 'POST', body: { workload: 'docker:api', reason: 'it scans' } })
  await ask('/api/v1/quarantine/docker:api?reason=looked+at', { method: 'DELETE' })
  const { json } = await ask('/api/v1/audit?action=releaseFromQuarantine')
  assert.deepEqual(
    json.items.map(({ target, reason }: Record<string, string>) => [target, reason]),
    [['docker:api', 'looked at']],
  )
})

test('the map has namespaces, and modes only for who may read the policy', async (t) => {
  const { ask, tokenOf } = await startClinic(t)
  const { json: closed } = await ask('/api/v1/network')
  assert.deepEqual([closed.namespaces, closed.nodes.length, closed.nodes[0].workloads], [['clinic'], 1, 2])
  const { json: opened } = await ask('/api/v1/network?namespace=clinic')
  assert.deepEqual(
    opened.nodes.map(({ name, modes }: { name: string; modes: string[] }) => [name, modes]),
    [
      ['nv.web.clinic', ['Discover']],
      ['nv.api.clinic', ['Discover']],
    ],
  )
  const token = await tokenOf([{ role: 'reader', namespace: 'clinic' }])
  const { json: read } = await ask('/api/v1/network?namespace=clinic', { token })
  assert.deepEqual(read.nodes[0].modes, [])
  const { json: own } = await ask('/api/v1/workloads?workload=docker:api')
  assert.deepEqual(
    own.items.map(({ workload }: { workload: { id: string } }) => workload.id),
    ['docker:api'],
  )
})
