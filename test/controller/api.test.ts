import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { Check, Errors } from 'typebox/value'
import { Accounts } from '../../src/accounts/accounts.ts'
import type { Operation } from '../../src/api/contract/operation.ts'
import { documentKinds } from '../../src/model/document-words.ts'
import { operations } from '../../src/api/contract/operations.ts'
import { problem } from '../../src/api/contract/records.ts'
import { ApiServer } from '../../src/api/server.ts'
import { silentLog } from '../../src/lib/log.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { Store } from '../../src/store/store.ts'
import { at, sampleCoverage, sampleFinding, sampleFlow, sampleState } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { type Answer, type RunningApi, startApiServer } from './api-fixture.ts'
import { eventually, startController } from './fixture.ts'

interface Api extends RunningApi {
  client: EnforcerClient
  get: RunningApi['ask']
}

/** The real thing: an enforcer on the socket, a store on the disk, HTTP on the loopback. */
async function startApi(t: TestContext, change: { store?: (store: Store) => Store } = {}): Promise<Api> {
  const running = await startApiServer(t, change)
  return { ...running, client: await EnforcerClient.join(running.socketPath), get: running.ask }
}

function assertMatches(operation: Operation, answer: Answer): void {
  assert.equal(answer.status, 200, answer.text)
  assert.ok(
    Check(operation.response, answer.json),
    JSON.stringify(Errors(operation.response, answer.json).slice(0, 3)),
  )
}

async function fill(api: Api, count = 10): Promise<void> {
  const records: ObservedRecord[] = []
  for (let i = 0; i < count; i++) {
    const id = `flow-${i}`
    const encrypted = i % 2 === 1
    const workload = i % 3 === 0 ? 'docker:api' : 'docker:web'
    records.push(sampleFlow({ id, end: at(i), encrypted, workload, application: encrypted ? 'SSL' : 'HTTP' }))
    records.push(
      sampleFinding({ flow: id, workload, identifier: i % 5 === 0 ? 'email' : 'iban', last: at(i) }),
    )
  }
  records.push(sampleCoverage())
  const host = sampleState(
    { id: 'docker:host', name: 'host-1' },
    { coverage: 'host-network', detail: 'shares it' },
  )
  api.client.send({ kind: 'workloads', complete: true, workloads: [sampleState(), host] })
  api.client.batch(1, records)
  await api.client.acknowledged(1)
  await eventually(
    async () => (await api.store.workloads({ limit: 5 })).items.length === 2,
    'the workloads are stored',
  )
}

/** They lead a browser to an OpenID provider and back: test/security/oidc.test.ts. */
const elsewhere = new Set(['beginProviderLogIn', 'logInByProvider'])

suite('reading', () => {
  /** What operations have to be asked with. */
  const parameters: Record<string, string> = {
    inclusionProof: '?index=0&size=1',
    consistencyProof: '?first=1&second=1',
  }

  /** What stands in their paths. */
  const named: Record<string, string> = { number: '1', framework: 'gdpr', kind: documentKinds[0] }

  test('every answer is as its contract says', async (t) => {
    const api = await startApi(t)
    await fill(api)
    await api.controller.policy.setMode(
      'nv.web.clinic',
      { network: 'Monitor' },
      { author: 'ada', reason: '' },
    )
    for (const operation of Object.values<Operation>(operations)) {
      if (operation.contentType !== 'application/json' || operation.method !== 'GET') continue
      // What is of one thing is asked where that thing is made.
      if (elsewhere.has(operation.id) || /:(id|file)/.test(operation.path)) continue
      const path = operation.path.replace(/:(\w+)/, (_, name: string) => named[name])
      const answer = await api.get(path + (parameters[operation.id] ?? ''))
      assertMatches(operation, answer)
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
    }
  })

  test('a finding tells of its flow what it takes to understand it', async (t) => {
    const api = await startApi(t)
    await fill(api)
    const { json } = await api.get('/api/v1/findings?limit=1')
    assert.deepEqual(json.items[0].connection, {
      transport: 'tcp',
      client: { address: '10.1.0.2', port: 40_000 },
      server: { address: '10.1.0.3', port: 80 },
      application: 'SSL',
      encrypted: true,
      side: 'client',
    })
  })

  test('filters narrow, alone and together', async (t) => {
    const api = await startApi(t)
    await fill(api)
    const cases: [query: string, count: number][] = [
      ['flows?workload=docker:api', 4],
      ['flows?encrypted=true', 5],
      ['flows?encrypted=false&workload=docker%3Aapi', 2],
      ['flows?identifier=email', 2],
      ['flows?application=SSL', 5],
      [`flows?since=${at(8)}`, 2],
      [`flows?since=${at(3)}&until=${at(5)}`, 2],
      ['findings?identifier=iban', 8],
      ['findings?identifier=iban&encrypted=true&workload=docker:web', 2],
      ['findings?flow=flow-3', 1],
      ['findings?side=server', 0],
      ['flows?search=ssl%2010.1.0.', 5],
      ['findings?search=email', 2],
      ['coverage?search=kernel', 1],
      ['coverage?reason=ring-full', 1],
      ['coverage?workload=docker:web', 0],
      ['workloads?running=true', 2],
      ['workloads?running=false', 0],
      ['workloads?coverage=host-network', 1],
    ]
    for (const [query, count] of cases) {
      const answer = await api.get(`/api/v1/${query}`)
      assert.equal(answer.json.items?.length, count, `${query}: ${answer.text.slice(0, 200)}`)
      assert.deepEqual(answer.json.total, { count, exact: true }, query)
    }
  })

  test('following next goes through everything once', async (t) => {
    const api = await startApi(t)
    await fill(api, 25)
    const ids: string[] = []
    const totals: unknown[] = []
    let query = '/api/v1/flows?limit=4'
    for (let cursor: string | null = ''; cursor !== null; query = `/api/v1/flows?limit=4&cursor=${cursor}`) {
      const { json } = await api.get(query)
      ids.push(...json.items.map((item: { id: string }) => item.id))
      totals.push(json.total?.count)
      cursor = json.next
    }
    assert.deepEqual(
      ids,
      Array.from({ length: 25 }, (_, i) => `flow-${24 - i}`),
    )
    assert.deepEqual(totals, [25, ...Array.from({ length: 6 })], 'the first page says how many there are')
  })

  test('all of a listing comes as NDJSON or CSV, past the size of a page', async (t) => {
    const api = await startApi(t)
    const count = 1_500
    api.client.batch(
      1,
      Array.from({ length: count }, (_, i) => sampleFlow({ id: `flow-${i}`, end: at(i) })),
    )
    await api.client.acknowledged(1)
    const ndjson = await api.get('/api/v1/flows?format=ndjson&limit=3')
    assert.equal(ndjson.headers['content-type'], 'application/x-ndjson; charset=utf-8')
    const ids = ndjson.text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id)
    assert.equal(new Set(ids).size, count)
    const csv = await api.get(`/api/v1/flows?format=csv&since=${at(count - 2)}`)
    const [head, ...rows] = csv.text.trimEnd().split('\r\n')
    assert.match(head, /^type,id,start,end,transport,client\.address,client\.port,/)
    assert.equal(rows.length, 2)
    assert.match(rows[0], /^flow,flow-1499,/)
    assert.match(csv.headers['content-disposition'] ?? '', /^attachment; filename="flows.csv"$/)
  })

  test('data flows say who sends what to whom, kept to the namespaces of who asks', async (t) => {
    const api = await startApi(t)
    await fill(api)
    const { json } = await api.get('/api/v1/data-flows')
    assert.ok(json.items.length > 0)
    const [{ client, carried }] = json.items
    assert.equal(client.namespace, sampleState().workload.namespace)
    assert.equal(carried[0].category, 'financial')
    const { items, total, carrying, values, known } = json
    assert.deepEqual([total, known], [{ count: items.length, exact: true }, items.length])
    assert.ok(carrying > 0 && values > 0)
    const first = (await api.get('/api/v1/data-flows?order=concern&limit=1')).json
    assert.deepEqual(first.items[0].carried[0].category, 'financial')
    const none = (await api.get('/api/v1/data-flows?data=genetic')).json
    assert.deepEqual([none.items, none.total.count, none.known], [[], 0, items.length])
    const map = (await api.get('/api/v1/data-flows/map?data=financial')).json
    assert.equal(map.edges[0].parts[0].key, first.items[0].key)
    const token = await api.tokenOf([{ role: 'reader', namespace: 'nowhere' }])
    assert.deepEqual((await api.get('/api/v1/data-flows', { token })).json.items, [])
  })

  test('metrics are what Prometheus reads', async (t) => {
    const api = await startApi(t)
    await fill(api)
    const answer = await api.get('/metrics')
    assert.match(answer.headers['content-type'] ?? '', /^text\/plain; version=0\.0\.4/)
    for (const line of [
      /^pavise_info\{version="9\.9\.9"\} 1$/m,
      /^pavise_enforcer_connected\{enforcer="[^"]+"\} 1$/m,
      /^pavise_workloads\{coverage="host-network"\} 1$/m,
      /^pavise_personal_data_values\{category="financial",encrypted="false"\} \d+$/m,
      /^pavise_store_used_bytes \d+$/m,
    ])
      assert.match(answer.text, line)
    assert.doesNotMatch(answer.text, /undefined|NaN/)
  })

  test('a change with the same Idempotency-Key is made once', async (t) => {
    const api = await startApi(t)
    const headers = { 'idempotency-key': 'k1' }
    const add = (name: string) =>
      api.get('/api/v1/accounts', { method: 'POST', body: { name, grants: [] }, headers })
    const [one, two] = await Promise.all([add('anna'), add('anna')])
    assert.equal(one.text, two.text)
    assert.equal((await api.get('/api/v1/audit')).json.items.length, 1)
    assert.equal((await add('bob')).status, 422)
  })

  test('status names what is not seen, and why', async (t) => {
    const api = await startApi(t)
    await fill(api)
    const { json } = await api.get('/api/v1/status')
    assert.deepEqual(json.workloads, {
      running: 2,
      seen: 1,
      notSeen: [{ id: 'docker:host', name: 'host-1', coverage: 'host-network', detail: 'shares it' }],
    })
    assert.equal(json.enforcers[0].connected, true)
    assert.equal(json.version, '9.9.9')
  })

  test('a role in one namespace sees its workloads and nothing of others', async (t) => {
    const api = await startApi(t)
    const other = sampleState({ id: 'docker:other', namespace: 'other' })
    api.client.send({ kind: 'workloads', complete: true, workloads: [sampleState(), other] })
    api.client.batch(1, [
      sampleFlow({ id: 'own', workload: sampleState().workload.id }),
      sampleFlow({ id: 'other', workload: 'docker:other' }),
      sampleFinding({ flow: 'own', workload: sampleState().workload.id }),
      sampleFinding({ flow: 'other', workload: 'docker:other' }),
      sampleCoverage({ workload: 'docker:other' }),
    ])
    await api.client.acknowledged(1)
    await eventually(
      async () => (await api.store.workloads({ limit: 5 })).items.length === 2,
      'the workloads are stored',
    )
    const token = await api.tokenOf([{ role: 'reader', namespace: sampleState().workload.namespace }])
    const counts: Record<string, number> = {}
    for (const kind of ['flows', 'findings', 'coverage', 'workloads']) {
      const { json } = await api.get(`/api/v1/${kind}`, { token })
      counts[kind] = json.items.length
    }
    assert.deepEqual(counts, { flows: 1, findings: 1, coverage: 0, workloads: 1 })
    const hidden = await api.get('/api/v1/flows?workload=docker:other', { token })
    assert.deepEqual(hidden.json.items, [], 'asked for by name')
    assert.equal((await api.get('/api/v1/status', { token })).json.workloads.running, 1)
    const nowhere = await api.tokenOf([{ role: 'reader', namespace: 'nowhere' }])
    assert.deepEqual((await api.get('/api/v1/findings', { token: nowhere })).json.items, [])
  })

  test('text that traffic controls is text, and none of it reaches a terminal raw', async (t) => {
    const api = await startApi(t)
    const hostile = '\u001b[2J\u009b31m\u202e</script>\u0000'
    api.client.batch(1, [sampleFlow({ serverName: hostile }), sampleFinding({ field: hostile })])
    await api.client.acknowledged(1)
    const answer = await api.get('/api/v1/findings')
    assert.doesNotMatch(answer.text, /\p{Cc}|\u202e/u)
    assert.equal(answer.json.items[0].field, hostile)
    assert.equal(answer.json.items[0].connection.serverName, hostile)
  })
})

suite('refusing', () => {
  test('what is asked wrongly is answered with what was wrong', async (t) => {
    const api = await startApi(t)
    const cases: [path: string, status: number, detail: RegExp][] = [
      ['/api/v1/flows?limit=0', 400, /limit must be >= 1/],
      ['/api/v1/flows?limit=1001', 400, /limit must be <= 1000/],
      ['/api/v1/flows?limit=ten', 400, /limit must be integer/],
      ['/api/v1/flows?limit=1&limit=2', 400, /limit/],
      ['/api/v1/flows?workload=', 400, /workload/],
      [`/api/v1/flows?workload=${'x'.repeat(201)}`, 400, /workload/],
      ['/api/v1/flows?aplication=HTTP', 400, /aplication is not known here/],
      ['/api/v1/flows?encrypted=maybe', 400, /encrypted must be boolean/],
      ['/api/v1/flows?since=yesterday', 400, /since/],
      ['/api/v1/flows?since=2026-02-30T00:00:00Z', 400, /since/],
      [`/api/v1/flows?since=${at(5)}&until=${at(5)}`, 400, /until is not after since/],
      ['/api/v1/flows?cursor=abc', 400, /cursor is not one/],
      ['/api/v1/flows?side=middle', 400, /side/],
      ['/api/v1/findings?identifier=%00', 200, /^$/],
      ['/api/v1/workloads?coverage=great', 400, /coverage/],
      ['/api/v1/workloads?since=x', 400, /since is not known here/],
      ['/api/v1/events?types=flow,gossip', 400, /types/],
      ['/api/v1/status?verbose=1', 400, /verbose is not known/],
      ['/api/v1/nothing', 404, /nothing here/],
      ['/api/v1/flows/', 404, /nothing here/],
      ['/%ZZ', 400, /./],
      ['/', 404, /nothing here/],
    ]
    for (const [path, status, detail] of cases) {
      const answer = await api.get(path)
      assert.equal(answer.status, status, `${path}: ${answer.text}`)
      if (status === 200) continue
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', path)
      assert.ok(Check(problem, answer.json), `${path}: ${answer.text}`)
      assert.match(answer.json.detail, detail, path)
      assert.equal(answer.json.status, status)
    }
  })

  test('a method that a path does not take is refused with those it takes', async (t) => {
    const api = await startApi(t)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await api.get('/api/v1/flows', { method })
      assert.equal(answer.status, 405, method)
      assert.equal(answer.headers.allow, 'GET, HEAD')
    }
    assert.equal((await api.get('/api/v1/accounts/x', { method: 'PUT' })).headers.allow, 'PATCH, DELETE')
  })

  test('a name that points here from elsewhere reads nothing (DNS rebinding)', async (t) => {
    const api = await startApi(t)
    for (const path of ['/api/v1/findings', '/api/v1/events', '/healthz', '/nothing']) {
      const answer = await api.get(path, {
        headers: { host: 'evil.example:7440', origin: 'http://evil.example' },
      })
      assert.equal(answer.status, 421, path)
      assert.ok(Check(problem, answer.json))
    }
    assert.equal((await api.get('/healthz', { headers: { host: 'localhost:1' } })).status, 200)
  })

  test('it listens on the loopback only', async (t) => {
    const api = await startApi(t)
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address && !address.internal && address.family === 'IPv4')
    if (outside.length === 0) return t.skip('this machine has no address but the loopback')
    const url = new URL(api.url)
    for (const address of outside) {
      await assert.rejects(
        fetch(`http://${address?.address}:${url.port}/healthz`, { signal: AbortSignal.timeout(2_000) }),
      )
    }
  })

  test('a port that is taken is named with a way out', async (t) => {
    const { controller, folder } = await startController(t)
    const socketPath = join(folder, 'api.sock')
    const accounts = new Accounts(controller.store.accounts)
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { port } = other.address() as { port: number }
    await assert.rejects(
      ApiServer.start({
        controller,
        accounts,
        version: '1',
        port,
        tls: null,
        consoleFolder: '',
        socketPath,
        log: silentLog,
      }),
      {
        code: 'PORT_TAKEN',
        message: `Port ${port} on 127.0.0.1 is in use.`,
        nextStep: /--port/,
      },
    )
  })

  test('a store that fails makes it unready, and its inside is not told', async (t) => {
    const broken = (store: Store): Store =>
      new Proxy(store, {
        get(target, name: keyof Store) {
          if (name === 'statistics' || name === 'flows') {
            return () => Promise.reject(new Error('SELECT secret FROM /var/lib/pavise'))
          }
          const value: unknown = target[name]
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    const api = await startApi(t, { store: broken })
    assert.equal((await api.get('/readyz')).status, 503)
    assert.equal((await api.get('/healthz')).status, 200)
    const answer = await api.get('/api/v1/flows')
    assert.equal(answer.status, 500)
    assert.doesNotMatch(answer.text, /SELECT|secret|var/)
  })
})
