import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import type { ResponseList } from '../../src/api/contract/response-operations.ts'
import { silentLog } from '../../src/lib/log.ts'
import type { ControllerMessage } from '../../src/model/enforcer-messages.ts'
import { Notifier } from '../../src/notify/notifier.ts'
import type { Notice } from '../../src/notify/notice.ts'
import { webhookChannel } from '../../src/notify/webhook.ts'
import { responseLimits } from '../../src/policy/limits.ts'
import { sampleProcess, sampleState, sampleThreat } from '../records.ts'
import { startApiServer } from './api-fixture.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { eventually } from './fixture.ts'

/** A web server that keeps what is posted to it. */
async function startReceiver(t: TestContext) {
  const received: Notice[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      received.push(JSON.parse(text) as Notice)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

const ruleOf = (name: string, spec: string) =>
  `---\napiVersion: pavise.dev/v1\nkind: ResponseRule\nmetadata: { name: ${name} }\nspec: ${spec}\n`

async function start(t: TestContext, rules: string) {
  const receiver = await startReceiver(t)
  const notifier = new Notifier([webhookChannel(receiver.url, 'siem')], silentLog)
  t.after(() => notifier.close())
  const api = await startApiServer(t, {
    captures: 'off',
    notify: (notice, addresses) => notifier.tell(notice, addresses),
  })
  const enforcer = await EnforcerClient.join(api.socketPath)
  enforcer.send({ kind: 'workloads', workloads: [sampleState({ id: 'docker:web' })], complete: true })
  enforcer.enforced(null)
  await eventually(() => api.controller.workloads().length === 1, 'the workload is known')
  const files = [{ name: 'responses.yaml', text: rules }]
  const applied = await api.ask('/api/v1/policy/changes', { method: 'POST', body: { files } })
  assert.equal(applied.status, 200, applied.text)
  const list = async () => (await api.ask('/api/v1/responses')).json as ResponseList
  const outcomesOf = async (count: number) => {
    let { outcomes } = await list()
    await eventually(async () => (outcomes = (await list()).outcomes).length >= count, `${count} outcomes`)
    return outcomes
  }
  return { ...api, enforcer, received: receiver.received, list, outcomesOf }
}

const sent = <Kind extends ControllerMessage['kind']>({ received }: EnforcerClient, kind: Kind) =>
  received.filter((message): message is Extract<ControllerMessage, { kind: Kind }> => message.kind === kind)

test('a threat has its workload cut off, its people told, its packets kept and its case opened, all on record', async (t) => {
  const { ask, enforcer, received, outcomesOf, controller } = await start(
    t,
    ruleOf(
      'isolate',
      `{ event: security-event, conditions: [{ type: level, value: Critical }],
        actions: [quarantine, webhook, capture, open-case], webhooks: [siem] }`,
    ),
  )
  enforcer.batch(1, [sampleThreat({ workload: 'docker:web', severity: 'critical' })])
  await enforcer.until((message) => message.kind === 'quarantine' && message.workloads.length === 1)
  enforcer.enforced(null, ['docker:web'])
  const outcomes = await outcomesOf(4)
  const done = new Map(outcomes.map(({ action, outcome, detail }) => [action, `${outcome}: ${detail}`]))
  assert.equal(done.get('quarantine'), 'done: cut off by node-1')
  assert.match(done.get('webhook') ?? '', /^done: told http:\/\/127\.0\.0\.1/)
  assert.match(done.get('capture') ?? '', /^done: capture /)
  assert.match(done.get('open-case') ?? '', /^done: case-\d{4}-0001 was opened/)
  assert.equal(received.length, 1)
  assert.match(received[0].title, /^syn-flood \(Critical\): /)
  assert.equal((await ask('/api/v1/cases')).json.items[0].workloads[0], 'docker:web')
  assert.equal(controller.captures?.orders()[0].by, 'ResponseRule/isolate')
  const { json: audit } = await ask('/api/v1/audit?action=response%20quarantine')
  assert.deepEqual(
    [audit.items[0].actor.kind, audit.items[0].actor.name, audit.items[0].target, audit.items[0].outcome],
    ['rule', 'ResponseRule/isolate', 'docker:web', 'done'],
  )
  const { json: evidence } = await ask('/api/v1/evidence/entries?kind=response')
  assert.equal(evidence.items.length, 4)
})

test('ten thousand events of a storm are as many webhooks as a rule may send, and the rest is counted', async (t) => {
  const { enforcer, received, list, outcomesOf } = await start(
    t,
    ruleOf(
      'tell',
      '{ event: security-event, conditions: [{ type: name, value: TCP.* }], actions: [webhook], webhooks: [siem] }',
    ),
  )
  for (let batch = 0; batch < 10; batch++) {
    const records = Array.from({ length: 1_000 }, (_, i) => {
      const recordId = `threat-${batch}-${i}`
      return sampleThreat({ recordId, id: recordId, name: `TCP.${i}`, workload: 'docker:web' })
    })
    enforcer.batch(batch + 1, records)
  }
  await enforcer.acknowledged(10)
  const most = responseLimits.pace.webhook.ofRule.most
  await outcomesOf(most)
  const [rule] = (await list()).rules
  assert.equal(rule.matched, 10_000)
  assert.ok(received.length >= most && received.length <= most + 1, `${received.length} of ${most}`)
  assert.equal(rule.done + rule.heldBack, 10_000)
})

test('programs are ended by who told of them, what is suppressed is told to nobody, and failures are outcomes', async (t) => {
  const { ask, enforcer, outcomesOf, controller } = await start(
    t,
    ruleOf(
      'end',
      '{ event: security-event, conditions: [{ type: process, value: nc }], actions: [kill-process] }',
    ) +
      ruleOf(
        'quiet',
        '{ event: security-event, conditions: [{ type: name, value: quiet }], actions: [suppress-log] }',
      ) +
      ruleOf(
        'nobody',
        `{ event: security-event, conditions: [{ type: name, value: loud }], actions: [webhook],
          webhooks: [pager] }`,
      ),
  )
  const process = { pid: 7, name: 'nc', path: '/bin/busybox', arguments: [], user: { id: 0 }, ancestors: [] }
  enforcer.batch(1, [sampleProcess({ workload: 'docker:web', process, pids: [7, 77], action: 'reported' })])
  await enforcer.until(({ kind }) => kind === 'kill')
  const [{ order, ...asked }] = sent(enforcer, 'kill')
  assert.deepEqual(asked, { kind: 'kill', workload: 'docker:web', pids: [7, 77], path: '/bin/busybox' })
  enforcer.send({ kind: 'killed', order, outcome: 'refused', detail: 'process 77 is another one by now' })
  const [killed] = await outcomesOf(1)
  assert.deepEqual([killed.outcome, killed.detail], ['failed', 'process 77 is another one by now'])

  const [events, incidents] = [controller.events.newest, controller.incidents().length]
  enforcer.batch(2, [sampleThreat({ name: 'quiet', workload: 'docker:web' })])
  await enforcer.acknowledged(2)
  await eventually(async () => (await ask('/api/v1/threats')).json.items.length === 1, 'it is stored')
  assert.deepEqual([controller.events.newest, controller.incidents().length], [events, incidents])

  enforcer.batch(3, [sampleThreat({ name: 'loud', id: 't2', recordId: 't2', workload: 'docker:web' })])
  const [{ outcome, detail }] = await outcomesOf(2)
  assert.deepEqual([outcome, detail], ['failed', 'there is no webhook "pager"'])
})
