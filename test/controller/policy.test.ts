import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EnforcedPolicy } from '../../src/enforcer/policy/enforced-policy.ts'
import type { ControllerMessage } from '../../src/model/enforcer-messages.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { at, sampleFlow, sampleProcess, sampleState } from '../records.ts'
import { eventually, startController, temporaryFolder } from './fixture.ts'

type PolicyMessage = Extract<ControllerMessage, { kind: 'policy' }>

const by = { author: 'ada', reason: 'a test' }
const trial = { only: false, dryRun: false }

function rule(name: string, port: number, action = 'allow'): string {
  return `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: ${name}, namespace: clinic}
spec:
  target:
    selector: {name: ${name}, criteria: [{key: service, op: =, value: ${name.slice(3)}}, {key: domain, op: =, value: clinic}]}
  ingress:
  - {name: web, action: ${action}, ports: tcp/${port}, selector: {name: nv.web.clinic}}
`
}

const apply = (text: string) => ({ ...by, ...trial, texts: [{ name: 'rules.yaml', text }] })

const policies = ({ received }: EnforcerClient) =>
  received.filter((message): message is PolicyMessage => message.kind === 'policy')

test('an enforcer that says what it goes by is sent the policy, then each change, one at a time', async (t) => {
  const { controller, socketPath } = await startController(t)
  await controller.policy.apply(apply(rule('nv.api.clinic', 80)))
  const client = await EnforcerClient.join(socketPath)
  client.enforced(null)
  await client.until((message) => message.kind === 'policy')
  const [first] = policies(client)
  assert.match(first.text, /tcp\/80/)
  await controller.policy.apply(apply(rule('nv.api.clinic', 81)))
  await controller.policy.apply(apply(rule('nv.api.clinic', 82)))
  client.enforced(first.digest)
  await client.until((message) => message.kind === 'policy' && message.text.includes('tcp/82'))
  assert.equal(policies(client).length, 2, 'what changed while one was under way follows as one')
  assert.equal(policies(client)[1].version, 3)
})

test('an enforcer that comes back with the policy that holds is sent nothing', async (t) => {
  const { controller, socketPath } = await startController(t)
  await controller.policy.apply(apply(rule('nv.api.clinic', 80)))
  const before = await EnforcerClient.join(socketPath)
  before.enforced(null)
  await before.until((message) => message.kind === 'policy')
  const [{ digest }] = policies(before)
  before.destroy()
  const after = await EnforcerClient.join(socketPath, { run: 'run-2' })
  after.enforced(digest)
  await controller.quarantine.add('docker:web', 'by hand')
  await after.until((message) => message.kind === 'quarantine')
  assert.deepEqual(policies(after), [])
})

test('a policy that an enforcer cannot use is not sent again, the next one is', async (t) => {
  const { controller, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.enforced(null)
  await client.until((message) => message.kind === 'policy')
  client.enforced(null)
  await controller.policy.setMode('nv.api.clinic', { network: 'Protect' }, by)
  await client.until((message) => message.kind === 'policy' && message.text.includes('Protect'))
  assert.equal(policies(client).length, 2)
})

test('a large policy comes whole to a real receiver', async (t) => {
  const { controller, socketPath } = await startController(t)
  const texts = Array.from({ length: 1_500 }, (_, i) => rule(`nv.api-${i}.clinic`, 1000 + i))
  const policy = new EnforcedPolicy({ node: 'node-1', folder: temporaryFolder(t), log: assert.fail })
  const client = await EnforcerClient.join(socketPath)
  client.enforced(null)
  await client.until((message) => message.kind === 'policy')
  await controller.policy.apply(apply(texts.join('---\n')))
  client.enforced(policies(client)[0].digest)
  await client.until(
    (message) => message.kind === 'policy' && message.parts > 1 && message.part === message.parts,
  )
  for (const message of policies(client)) policy.receive(message)
  assert.deepEqual(policy.live.definition, controller.policy.definition)
  assert.equal(policy.version, 1)
})

test('quarantine reaches enforcers, lasts over a restart of the controller, and ends by release', async (t) => {
  const { controller, socketPath, folder } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.enforced(null)
  await controller.quarantine.add('docker:web', 'it scans')
  await client.until(
    (message) => message.kind === 'quarantine' && message.workloads[0]?.reason === 'it scans',
  )
  await controller.close()
  const again = await startController(t, { folder })
  assert.deepEqual(
    again.controller.quarantine.workloads.map(({ workload }) => workload),
    ['docker:web'],
  )
  const second = await EnforcerClient.join(again.socketPath)
  second.enforced(null)
  await second.until((message) => message.kind === 'quarantine' && message.workloads.length === 1)
  assert.equal(await again.controller.quarantine.release('docker:web'), true)
  await second.until((message) => message.kind === 'quarantine' && message.workloads.length === 0)
  assert.equal(await again.controller.quarantine.release('docker:web'), false)
})

test('what is wrong is refused as a whole, with all that is wrong in it', async (t) => {
  const { controller } = await startController(t)
  const wrong = `${rule('nv.api.clinic', 80)}---\n${rule('nv.db.clinic', 99_999)}---\n${rule('nv.x.clinic', 80, 'perhaps')}`
  await assert.rejects(
    controller.policy.apply(apply(wrong)),
    (error: { code: string; problems: unknown[] }) => {
      assert.equal(error.code, 'POLICY_INVALID')
      assert.equal(error.problems.length, 2)
      return true
    },
  )
  assert.equal(controller.policy.history.number, 0)
  assert.deepEqual(controller.policy.definition.rules, [])
})

test('files may refer to what was applied before, and are held against it', async (t) => {
  const { controller } = await startController(t)
  const { policy } = controller
  const group = (image: string) =>
    `apiVersion: neuvector.com/v1\nkind: NvGroupDefinition\nmetadata: {name: lab}\nspec: {selector: {name: lab, criteria: [{key: image, op: =, value: ${image}}]}}\n`
  const toLab = rule('nv.api.clinic', 80).replace('{name: nv.web.clinic}', '{name: lab, name_referral: true}')
  await assert.rejects(policy.apply(apply(toLab)), {
    code: 'POLICY_INVALID',
    message: /rules\.yaml:8: .*no group "lab"/,
  })
  await policy.apply(apply(group('a')))
  assert.deepEqual((await policy.apply(apply(toLab))).warnings, [])
  assert.equal(policy.definition.rules[0].from, 'lab')
  const other = rule('nv.db.clinic', 80).replace(
    '{name: nv.web.clinic}',
    '{name: lab, criteria: [{key: image, op: =, value: b}]}',
  )
  await assert.rejects(policy.apply(apply(other)), {
    code: 'POLICY_INVALID',
    message: /lab has other criteria/,
  })
  await policy.apply(apply(group('c')))
  assert.equal(policy.definition.groups.find(({ name }) => name === 'lab')?.criteria[0].value, 'c')
  await assert.rejects(
    policy.apply({ ...apply(toLab), only: true }),
    { code: 'POLICY_INVALID' },
    'the group would go',
  )
})

test('versions are durable, and undone one by one', async (t) => {
  const { controller, folder } = await startController(t)
  const { policy } = controller
  const ports = () => policy.definition.rules.map(({ ports: each }) => each).join()
  for (const port of [80, 81, 82]) await policy.apply(apply(rule('nv.api.clinic', port)))
  assert.deepEqual((await policy.apply(apply(rule('nv.api.clinic', 82)))).changes, [], 'nothing new')
  assert.equal(policy.history.number, 3)
  await policy.undo({ ...by, dryRun: false })
  assert.equal(ports(), 'tcp/81')
  await policy.undo({ ...by, dryRun: false })
  assert.equal(ports(), 'tcp/80')
  await policy.undo({ ...by, dryRun: false, to: 3 })
  assert.equal(ports(), 'tcp/82')
  const [detail] = (await policy.history.version(3)).changes[0].details
  assert.deepEqual(detail, { path: 'spec.ingress[web].ports', before: 'tcp/81', after: 'tcp/82' })
  await controller.close()
  const again = (await startController(t, { folder })).controller.policy
  assert.equal(again.history.number, 6)
  assert.equal(again.definition.rules[0].ports, 'tcp/82')
  assert.equal(again.definition.rules[0].source, 'rules.yaml:1 spec.ingress.0')
  await again.undo({ ...by, dryRun: false, to: 0 })
  assert.deepEqual(again.definition.rules, [])
  await assert.rejects(again.undo({ ...by, dryRun: false }), { code: 'POLICY_NO_VERSION' })
})

test('a trial says what would change and changes nothing', async (t) => {
  const { controller } = await startController(t)
  const tried = await controller.policy.apply({ ...apply(rule('nv.api.clinic', 80)), dryRun: true })
  assert.deepEqual(
    tried.changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`),
    ['added NvSecurityRule clinic/nv.api.clinic'],
  )
  assert.equal(tried.number, 0)
  assert.equal(controller.policy.history.number, 0)
})

test('what was made for another version than the one that holds is refused', async (t) => {
  const { controller } = await startController(t)
  await controller.policy.apply(apply(rule('nv.api.clinic', 80)))
  const late = { ...apply(rule('nv.api.clinic', 81)), base: 0 }
  await assert.rejects(controller.policy.apply(late), { code: 'POLICY_CHANGED' })
})

test('two changes at once are made one after the other, and neither is lost', async (t) => {
  const { controller } = await startController(t)
  const names = ['nv.a.clinic', 'nv.b.clinic', 'nv.c.clinic']
  await Promise.all(names.map((name) => controller.policy.apply(apply(rule(name, 80)))))
  assert.equal(controller.policy.history.number, 3)
  assert.deepEqual(
    controller.policy.content.objects.map(({ object }) => object.metadata.name).toSorted(),
    names,
  )
})

test('with only, what is not in the files goes', async (t) => {
  const { controller } = await startController(t)
  await controller.policy.apply(apply(`${rule('nv.a.clinic', 80)}---\n${rule('nv.b.clinic', 80)}`))
  const result = await controller.policy.apply({ ...apply(rule('nv.b.clinic', 80)), only: true })
  assert.deepEqual(
    result.changes.map(({ change, name }) => `${change} ${name}`),
    ['removed clinic/nv.a.clinic'],
  )
})

test('a mode given by hand goes before the one that a file said, until a file says it again', async (t) => {
  const { controller } = await startController(t)
  const { policy } = controller
  const file = rule('nv.api.clinic', 80).replace('target:', 'target:\n    policymode: Monitor')
  const mode = () => policy.definition.groups.find(({ name }) => name === 'nv.api.clinic')?.mode
  await policy.apply(apply(file))
  assert.equal(mode(), 'Monitor')
  await policy.setMode('nv.api.clinic', { network: 'Protect', profile: 'Discover' }, by)
  assert.equal(mode(), 'Protect')
  const result = await policy.apply(apply(file))
  assert.equal(mode(), 'Monitor')
  assert.deepEqual(
    result.changes.map(({ kind, name, details }) => [kind, name, details[0].before]),
    [['Mode', 'nv.api.clinic', 'Protect']],
  )
  await assert.rejects(async () => policy.setMode('external', { network: 'Protect' }, by), {
    code: 'POLICY_NO_GROUP',
  })
})

test('what is enforced follows what is stored: an enforcer that is connected learns of a change in time', async (t) => {
  const { controller, socketPath } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.enforced(null)
  await client.until((message) => message.kind === 'policy')
  client.enforced(policies(client)[0].digest)
  await controller.policy.setSettings({ strictGroupMode: true }, by)
  await eventually(
    () => policies(client).at(-1)?.text.includes('"strictGroupMode":true') === true,
    'the change',
  )
})

test('what is seen in Discover is learned, kept over a restart, sent to enforcers, and forgotten when asked', async (t) => {
  let now = Date.parse(at(0))
  const { controller, socketPath, folder } = await startController(t, { now: () => now })
  const client = await EnforcerClient.join(socketPath)
  const states = ['web', 'api'].map((service, i) =>
    sampleState({ id: `docker:${service}`, service, namespace: 'clinic', addresses: [`10.1.0.${i + 2}`] }),
  )
  client.send({ kind: 'workloads', workloads: states, complete: true })
  client.enforced(null)
  client.batch(1, [sampleFlow({ state: 'closed' })])
  await client.acknowledged(1)
  now += 60_000
  await eventually(() => controller.learning.rules().length === 1, 'a rule')
  const [{ rule }] = controller.learning.rules()
  assert.deepEqual([rule.from, rule.to, rule.applications], ['nv.web.clinic', 'nv.api.clinic', ['HTTP']])
  client.enforced(policies(client)[0].digest)
  await client.until((message) => message.kind === 'policy' && message.text.includes('learned/nv.web.clinic'))
  assert.equal(controller.policy.history.number, 0, 'learning is no version')
  await controller.close()

  const again = (await startController(t, { folder, now: () => now })).controller
  assert.deepEqual(again.policy.definition.rules, [rule])
  assert.equal(again.groups.first('nv.web.clinic'), Date.parse(at(0)))
  assert.equal(await again.learning.forget(rule.id), true)
  assert.deepEqual(again.policy.definition.rules, [])
  assert.deepEqual(
    await again.store.learned().then((rows) => rows.filter(({ id }) => id.startsWith('learned/'))),
    [],
  )
})

test('programs that groups run in Discover are learned, kept and exported', async (t) => {
  const { controller, socketPath, folder } = await startController(t)
  const client = await EnforcerClient.join(socketPath)
  client.send({
    kind: 'workloads',
    workloads: [sampleState({ service: 'web', namespace: 'clinic' })],
    complete: true,
  })
  client.batch(1, [
    sampleProcess({ action: 'learned', reason: 'not-listed', count: 3 }),
    sampleProcess({ id: 'p2', action: 'reported', reason: 'suspicious' }),
  ])
  await client.acknowledged(1)
  const learned = () =>
    controller.policy.definition.groups.find(({ name }) => name === 'nv.web.clinic')?.profile
  await eventually(() => learned()?.processes.length === 1, 'a program')
  const [{ name, path, tier }] = learned()?.processes ?? []
  assert.equal(tier, 'learned')
  const yaml = await controller.policy.export({ learned: true })
  assert.match(yaml, new RegExp(`process:\\n +- action: "allow"\\n +name: "${name}"\\n +path: "${path}"`))
  await controller.policy.apply(apply(yaml))
  assert.equal(learned()?.processes.length, 1, 'what a file says is not there twice')
  await controller.close()
  const again = (await startController(t, { folder })).controller
  assert.equal(again.learning.processesOf('nv.web.clinic')[0].flows, 3)
  const [{ id }] = again.learning.processesOf('nv.web.clinic')
  assert.equal(await again.learning.forget(id), true)
})
