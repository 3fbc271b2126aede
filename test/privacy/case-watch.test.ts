import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { CaseWatch } from '../../src/controller/cases/case-watch.ts'
import { silentLog } from '../../src/lib/log.ts'
import type { Notice } from '../../src/notify/notice.ts'
import { Notifier } from '../../src/notify/notifier.ts'
import { syslogChannel } from '../../src/notify/syslog.ts'
import { webhookChannel } from '../../src/notify/webhook.ts'
import type { ObservedFlow } from '../../src/privacy/map/observed-flow.ts'
import { eventually, startController } from '../controller/fixture.ts'
import { sketchOfPersons } from '../support/subject-sketches.ts'

const noon = Date.UTC(2026, 10, 20, 12)
const hour = 3_600_000

/** Whose data: persons `[first, end)`. */
const whose = (first: number, end: number): string =>
  sketchOfPersons(Array.from({ length: end - first }, (_, i) => first + i))

const flow = (change: Partial<ObservedFlow> = {}): ObservedFlow => ({
  ...{ application: 'HTTP', encrypted: false, flows: 3, bytesToServer: 1, bytesToClient: 1 },
  client: { kind: 'workload', id: 'docker:api', name: 'api' },
  server: { kind: 'server', id: '192.0.2.7:80', name: 'lab.example' },
  ...{ first: noon - hour, last: noon, addresses: [], dnsNames: [], tlsVersions: [], flowIds: [] },
  subjects: { toServer: whose(0, 620), toClient: '' },
  carried: [data('to-server')],
  ...change,
})

const data = (direction: 'to-server' | 'to-client'): ObservedFlow['carried'][number] => ({
  ...{ identifier: 'email', category: 'contact', direction, count: 900, last: noon },
  ...{ masked: 'j***@c***.org', field: 'http.body $.email' },
})

test('a case opens by a rule, once, and its clocks are spoken of, once, over a restart too', async (t) => {
  let now = noon
  const { controller } = await startController(t, { now: () => now })
  const { cases, ledger } = controller
  let flows: ObservedFlow[] = []
  const told: Notice[] = []
  const start = () => {
    const parts = { cases, ledger, persons: 500, now: () => now, log: silentLog, dataFlows: () => flows }
    const watch = new CaseWatch({ ...parts, notify: (notice) => told.push(notice) })
    t.after(() => watch.close())
    return watch
  }
  const watch = start()
  for (const few of [
    { subjects: { toServer: whose(0, 499), toClient: '' } },
    { encrypted: true },
    { server: { kind: 'workload', id: 'docker:db', name: 'db' } },
    { carried: [data('to-client')] },
  ] satisfies Partial<ObservedFlow>[]) {
    flows = [flow(few)]
    await watch.look()
  }
  assert.equal((await cases.list()).length, 0)
  // Each of them carries fewer than the rule asks for: together they are enough, and who is in both counts once.
  const outside = { kind: 'outside', id: 'outside', name: 'outside' } as const
  flows = [
    flow({ subjects: { toServer: whose(0, 400), toClient: '' } }),
    flow({
      ...{ client: outside, server: flow().client, carried: [data('to-client')] },
      subjects: { toServer: '', toClient: whose(300, 700) },
    }),
  ]
  await watch.look()
  await watch.look()
  const [opened, ...more] = await cases.list()
  assert.deepEqual([more.length, opened.workloads, opened.history[0].by], [0, ['docker:api'], 'pavise'])
  assert.match(opened.title, /about (69\d|70\d) persons left api in the clear/)
  assert.equal(opened.times.aware, undefined, 'of what one is aware a person says')
  assert.deepEqual(
    told.map(({ about, urgency }) => [about, urgency]),
    [[opened.id, 'critical']],
  )

  await cases.change(
    opened.id,
    { times: { aware: new Date(noon).toISOString() } },
    { by: 'anna', reason: '' },
  )
  now = noon + 67 * hour
  await watch.look()
  await watch.look()
  await start().look()
  assert.deepEqual(
    told.slice(1).map(({ title }) => title),
    ['GDPR Art. 33(1): less than 6h left'],
  )
  now = noon + 73 * hour
  await watch.look()
  assert.match(told.at(-1)?.title ?? '', /the time is over/)

  await cases.change(opened.id, { state: 'closed' }, { by: 'anna', reason: 'stopped' })
  await watch.look()
  assert.equal((await cases.list()).length, 1, 'what was seen before it was closed opens no other')
  flows = [flow({ last: now + hour })]
  await watch.look()
  assert.equal((await cases.list()).length, 2)
})

test('notices reach a webhook that was down, and syslog over UDP and TCP', async (t) => {
  const received = { webhook: [] as string[], udp: [] as string[], tcp: [] as string[] }
  let isDown = true
  const web = createHttpServer((request, response) => {
    void text(request).then((body) => {
      if (!isDown) received.webhook.push(body)
      response.writeHead(isDown ? 503 : 204).end()
      isDown = false
    })
  })
  const udp = createSocket('udp4', (message) => received.udp.push(message.toString()))
  const tcp = createServer((socket) => void text(socket).then((message) => received.tcp.push(message)))
  await Promise.all([
    new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve)),
  ])
  t.after(() => [web.close(), udp.close(), tcp.close()])
  const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port
  const notifier = new Notifier(
    [
      webhookChannel(`http://127.0.0.1:${portOf(web)}/hook?token=secret`),
      syslogChannel(`udp://127.0.0.1:${portOf(udp)}`),
      syslogChannel(`tcp://127.0.0.1:${portOf(tcp)}`),
    ],
    silentLog,
  )
  t.after(() => notifier.close())
  const notice: Notice = {
    ...{ at: '2026-11-20T12:00:00.000Z', urgency: 'critical', about: 'case-2026-0001' },
    ...{ title: 'the time is over', text: 'line\nbreak' },
  }
  notifier.send(notice)
  await eventually(() => Object.values(received).every((all) => all.length > 0), 'all have it')
  assert.deepEqual(JSON.parse(received.webhook[0]), { type: 'notice', ...notice })
  const message =
    /^<106>1 2026-11-20T12:00:00\.000Z \S+ pavise \d+ case-2026-0001 - \ufeffthe time is over: line break$/
  assert.match(received.udp[0], message)
  const [, length, rest] = /^(\d+) (.*)$/s.exec(received.tcp[0]) ?? []
  assert.match(rest, message)
  assert.equal(Number(length), Buffer.byteLength(rest))
})

test('of more notices than wait the oldest go, and that is told', async () => {
  const log: string[] = []
  const never = { name: 'never', send: () => Promise.reject(new Error('no')) }
  const notifier = new Notifier([never], (level, message) => log.push(`${level}: ${message}`))
  for (let i = 0; i < 205; i++)
    notifier.send({ at: '', urgency: 'information', about: `case-${i}`, title: 't', text: '' })
  await notifier.close()
  assert.equal(log.filter((line) => line.includes('too many wait')).length, 5)
  assert.equal(log.filter((line) => line.includes('Pavise stops')).length, 200)
})
