import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ControllerMessage } from '../../src/model/enforcer-messages.ts'
import { fileOfPackets } from '../../src/capture/fixtures.ts'
import { sampleState } from '../records.ts'
import { startApiServer } from './api-fixture.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { eventually } from './fixture.ts'

const input = { workload: 'docker:web', filter: 'tcp port 80', reason: 'why it is slow' }

type Captures = Extract<ControllerMessage, { kind: 'captures' }>

async function start(t: Parameters<typeof startApiServer>[0]) {
  const api = await startApiServer(t, { captures: 'headers' })
  const enforcer = await EnforcerClient.join(api.socketPath)
  enforcer.send({ kind: 'workloads', workloads: [sampleState({ id: 'docker:web' })], complete: true })
  enforcer.enforced(null)
  await enforcer.until(({ kind }) => kind === 'captures')
  await eventually(() => api.controller.workloads().length === 1, 'the workload is known')
  const captures = () =>
    enforcer.received.filter((message): message is Captures => message.kind === 'captures')
  return { ...api, enforcer, captures }
}

test('an order goes to the enforcers, its file comes back, and opening it is on record with the reason', async (t) => {
  const { ask, enforcer, captures } = await start(t)
  assert.deepEqual(captures()[0], { kind: 'captures', automatic: 'headers', orders: [] })
  const { status, json: order } = await ask('/api/v1/captures', { method: 'POST', body: input })
  assert.equal(status, 200)
  await enforcer.until((message) => message.kind === 'captures' && message.orders.length === 1)
  const [sent] = captures()[1].orders
  assert.deepEqual([sent.id, sent.workloads, sent.filter], [order.id, ['docker:web'], 'tcp port 80'])
  assert.equal('reason' in sent, false, 'why is nothing to an enforcer')
  const about = {
    capture: order.id,
    workload: 'docker:web',
    since: '2026-11-21T12:00:00.000Z',
    headersOnly: false,
  }
  const data = Buffer.from('packets').toString('base64')
  enforcer.send({
    kind: 'capture',
    file: 'run-0-c1',
    part: 0,
    isLast: true,
    data,
    about,
    packets: 3,
    dropped: 0,
  })
  await eventually(async () => (await ask('/api/v1/captures')).json.files.length === 1, 'the file is there')
  const opened = await ask('/api/v1/captures/files/run-0-c1?reason=case%207')
  assert.deepEqual([opened.status, opened.text], [200, 'packets'])
  assert.match(opened.headers['content-disposition'] ?? '', /run-0-c1\.pcapng/)
  const { json: audit } = await ask('/api/v1/audit?action=openCapture')
  assert.deepEqual([audit.items[0].target, audit.items[0].reason], ['run-0-c1', 'case 7'])
  const shown = await ask('/api/v1/captures/files/run-0-c1/packets?reason=case%207')
  assert.deepEqual([shown.status, shown.json.count, shown.json.packets], [200, 0, []])
  assert.match(shown.json.problem, /neither a pcap/, 'what it holds here is the word “packets”')
  const { json: looked } = await ask('/api/v1/audit?action=capturePackets')
  assert.deepEqual([looked.items[0].target, looked.items[0].reason], ['run-0-c1', 'case 7'])
  const filesOf = async (query: string) => (await ask(`/api/v1/captures?${query}`)).json.files.length
  assert.deepEqual([await filesOf('workload=docker:web'), await filesOf('workload=docker:api')], [1, 0])
  assert.deepEqual([await filesOf(`at=${about.since}`), await filesOf('at=2026-11-21T11:59:59.000Z')], [1, 0])
  const stopped = await ask(`/api/v1/captures/${order.id}/stop`, { method: 'POST', body: {} })
  assert.equal(stopped.status, 200)
  await enforcer.until(
    (message) => message.kind === 'captures' && captures().length === 3 && message.orders.length === 0,
  )
})

test('a file is opened with the personal data in it masked where that is asked for, and the record says so', async (t) => {
  const { ask, enforcer } = await start(t)
  const about = { workload: 'docker:web', since: '2026-11-21T12:00:00.000Z', headersOnly: false }
  const data = Buffer.from(fileOfPackets([Buffer.from('to: anna.meier@example.org')])).toString('base64')
  const whole = { file: 'run-0-c1', part: 0, isLast: true, packets: 1, dropped: 0 }
  enforcer.send({ kind: 'capture', ...whole, data, about })
  await eventually(async () => (await ask('/api/v1/captures')).json.files.length === 1, 'the file is there')
  const open = (query: string) => ask(`/api/v1/captures/files/run-0-c1${query}`)
  assert.match((await open('?reason=case%207')).text, /anna\.meier@example\.org/)
  const masked = await open('?reason=case%207&masked=true')
  assert.equal(masked.status, 200)
  assert.match(masked.text, /Personal data masked: 1 places.*to: \*{4}\.\*{5}@\*{7}\.\*{3}/s)
  const { json: page } = await open('/packets?reason=case%207&masked=true')
  const [shown] = page.packets as { data: string; payloadAt: number }[]
  const payload = Buffer.from(shown.data, 'base64').subarray(shown.payloadAt).toString()
  assert.equal(payload, 'to: ****.*****@*******.***')
  const { json: audit } = await ask('/api/v1/audit?action=openCapture')
  const details = (audit.items as { detail: unknown }[]).map(({ detail }) => detail)
  assert.deepEqual(details, [{ masked: true }, null])
})

test('who may not open packets is refused, as is who gives no reason or asks for what cannot be', async (t) => {
  const { ask, tokenOf } = await start(t)
  for (const role of ['reader', 'auditor', 'privacy-officer'] as const) {
    const token = await tokenOf([{ role, namespace: null }])
    assert.equal((await ask('/api/v1/captures', { token })).status, 403, role)
    for (const path of ['', '/packets'])
      assert.equal((await ask(`/api/v1/captures/files/a${path}?reason=because`, { token })).status, 403, role)
  }
  const security = await tokenOf([{ role: 'security', namespace: null }])
  assert.equal((await ask('/api/v1/captures', { token: security })).status, 200)
  assert.equal((await ask('/api/v1/captures/files/a')).status, 400, 'no reason')
  assert.equal((await ask('/api/v1/captures/files/a?reason=because')).status, 404)
  const post = async (body: object) => (await ask('/api/v1/captures', { method: 'POST', body })).status
  assert.equal(await post({ ...input, filter: 'tcp prt 80' }), 400)
  assert.equal(await post({ ...input, workload: 'docker:other' }), 404)
  assert.equal(await post({ ...input, group: 'nv.web' }), 400, 'both a workload and a group')
  assert.equal(await post({ workload: 'docker:web' }), 400, 'no reason')
})
