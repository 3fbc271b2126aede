import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { suite, test, type TestContext } from 'node:test'
import { controllerLimits } from '../../src/controller/limits.ts'
import { sampleCoverage, sampleFinding, sampleFlow, sampleState } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { startApiServer } from './api-fixture.ts'
import { eventually } from './fixture.ts'

interface Event {
  id: string | undefined
  event: string | undefined
  data: string | undefined
}

/** Reads an event stream as the HTML standard says (section 9.2.6), as far as the server makes use of it. */
class EventReader {
  readonly response: IncomingMessage
  readonly events: Event[] = []
  /** All of it, as it came. */
  raw = ''
  #text = ''

  private constructor(response: IncomingMessage) {
    this.response = response
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => this.#read(chunk))
    response.on('error', () => undefined)
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
    const asked = request(url, { agent: false, headers })
    asked.end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return new EventReader(response)
  }

  names(): (string | undefined)[] {
    return this.events.map((event) => event.event)
  }

  close(): void {
    this.response.destroy()
  }

  #read(chunk: string): void {
    this.raw += chunk
    const blocks = (this.#text + chunk).split('\n\n')
    this.#text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2)
      if (field('event')) this.events.push({ id: field('id'), event: field('event'), data: field('data') })
    }
  }
}

async function start(t: TestContext) {
  const running = await startApiServer(t)
  const client = await EnforcerClient.join(running.socketPath)
  const open = async (query = '', headers = {}, token = running.token) => {
    const authorization = `Bearer ${token}`
    const reader = await EventReader.open(`${running.url}/api/v1/events${query}`, {
      authorization,
      ...headers,
    })
    t.after(() => reader.close())
    return reader
  }
  return { ...running, client, open }
}

suite('events', () => {
  test('what is stored is told as it happens', async (t) => {
    const { client, open } = await start(t)
    const reader = await open()
    assert.equal(reader.response.headers['content-type'], 'text/event-stream; charset=utf-8')
    client.send({ kind: 'workloads', complete: true, workloads: [sampleState()] })
    client.batch(1, [sampleFlow(), sampleFinding()])
    await eventually(() => reader.events.length === 3, 'three events')
    assert.deepEqual(reader.names(), ['workload', 'flow', 'personal-data'])
    const { transfers, ...flow } = JSON.parse(reader.events[1].data ?? '') as Record<string, unknown>
    assert.deepEqual(flow, sampleFlow())
    assert.deepEqual(Object.keys(transfers ?? {}), ['toServer', 'toClient'])
    assert.equal(JSON.parse(reader.events[0].data ?? '').workload.id, 'docker:web')
  })

  test('only the types that are asked for', async (t) => {
    const { client, open } = await start(t)
    const reader = await open('?types=personal-data,coverage')
    client.batch(1, [sampleFlow(), sampleFinding()])
    await eventually(() => reader.events.length === 1, 'one event')
    assert.deepEqual(reader.names(), ['personal-data'])
  })

  test('a reader that comes back goes on where it was', async (t) => {
    const { client, open } = await start(t)
    const first = await open()
    client.batch(1, [sampleFlow({ id: 'a', recordId: 'a' })])
    await eventually(() => first.events.length === 1, 'the first event')
    first.close()
    client.batch(
      2,
      ['b', 'c'].map((id) => sampleFlow({ id, recordId: id })),
    )
    await client.acknowledged(2)
    const second = await open('', { 'last-event-id': first.events[0].id })
    await eventually(() => second.events.length === 2, 'what it missed')
    assert.deepEqual(
      second.events.map((event) => JSON.parse(event.data ?? '').id),
      ['b', 'c'],
    )
  })

  test('where it cannot go on it is told to start over', async (t) => {
    const { open } = await start(t)
    for (const id of ['run-of-yesterday.5', 'x', '', '.', 'NaN']) {
      const reader = await open('', { 'last-event-id': id })
      await eventually(() => reader.events.length === 1, `resync after ${id}`)
      assert.deepEqual(reader.events[0], {
        id: undefined,
        event: 'resync',
        data: '{"type":"resync","missed":null}',
      })
    }
  })

  test('one that does not read is told what it missed, and costs no memory meanwhile', async (t) => {
    const { controller, open } = await start(t)
    const slow = await open()
    slow.response.pause()
    const large = { type: 'flow', text: 'x'.repeat(2_000) }
    for (let i = 0; i < controllerLimits.events * 3; i++) {
      controller.events.publish('flow', large)
      if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    assert.ok(controller.events.newest - controller.events.oldest < controllerLimits.events)
    slow.response.resume()
    await eventually(() => slow.names().includes('resync'), 'a resync')
    const { missed } = JSON.parse(slow.events.find((event) => event.event === 'resync')?.data ?? '{}')
    assert.ok(missed > 0)
    await eventually(() => slow.events.length + missed === controllerLimits.events * 3 + 1, 'the rest, whole')
  })

  test('a reader that leaves makes room, and too many are refused', async (t) => {
    const { controller, ask, open } = await start(t)
    const readers = await Promise.all(Array.from({ length: controllerLimits.subscribers }, () => open()))
    const refused = await ask('/api/v1/events')
    assert.equal(refused.status, 503)
    assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8')
    for (const reader of readers) reader.close()
    await eventually(() => controller.events.subscribers === 0, 'all have left')
  })

  test('a sign of life comes every 15 s and says how far the reader is', async (t) => {
    const { controller, client, open } = await start(t)
    t.mock.timers.enable({ apis: ['setInterval'] })
    const reader = await open('?types=coverage')
    client.batch(1, [sampleFlow(), sampleFinding()])
    await client.acknowledged(1)
    await new Promise((resolve) => setImmediate(resolve))
    t.mock.timers.tick(15_000)
    const expected = `: heartbeat\nid: ${controller.events.epoch}.2\n\n`
    await eventually(() => reader.raw.includes(expected), 'a heartbeat')
    assert.deepEqual(reader.events, [])
  })

  test('one that takes nothing for a minute loses its connection', async (t) => {
    const { controller, open } = await start(t)
    t.mock.timers.enable({ apis: ['setInterval'] })
    const stuck = await open()
    stuck.response.pause()
    for (let i = 0; i < controllerLimits.events; i++) controller.events.publish('flow', 'x'.repeat(2_000))
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
    t.mock.timers.tick(45_000)
    assert.equal(controller.events.subscribers, 1)
    t.mock.timers.tick(30_000)
    await eventually(() => controller.events.subscribers === 0, 'it is cut off')
  })

  test('the server’s end ends the streams', async (t) => {
    const { api, open } = await start(t)
    const reader = await open()
    const ended = once(reader.response, 'close')
    await api.close()
    await ended
  })

  test('a role in one namespace is told of its workloads only, and of how enforcers are', async (t) => {
    const { client, open, tokenOf } = await start(t)
    const token = await tokenOf([{ role: 'reader', namespace: 'clinic' }])
    const reader = await open('', {}, token)
    const all = await open()
    const other = sampleState({ id: 'docker:other', namespace: 'other' })
    const own = sampleState({ id: 'docker:web', namespace: 'clinic' })
    client.send({ kind: 'workloads', complete: true, workloads: [own, other] })
    client.batch(1, [
      sampleFlow({ id: 'own', workload: 'docker:web' }),
      sampleFlow({ id: 'other', workload: 'docker:other' }),
      sampleCoverage({ recordId: 'of-none' }),
    ])
    await client.acknowledged(1)
    await eventually(() => all.events.length === 5, 'all of them')
    const seen = reader.events.map(
      ({ event, data }) => `${event} ${(JSON.parse(data ?? '') as { id?: string }).id}`,
    )
    assert.deepEqual(seen, ['workload undefined', 'flow own'])
  })
})
