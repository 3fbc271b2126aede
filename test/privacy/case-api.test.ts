import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { type RunningApi, startApiServer } from '../controller/api-fixture.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import { sampleAttack, sampleCoverage, sampleFinding, sampleFlow, sampleViolation } from '../records.ts'

const hourMs = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

/** A Pavise that has seen one workload send something, an hour ago. */
async function start(t: TestContext): Promise<RunningApi> {
  const api = await startApiServer(t)
  const client = await EnforcerClient.join(api.socketPath)
  const seen = { first: ago(hourMs), last: ago(hourMs - 1_000) }
  client.batch(1, [
    sampleFlow({ start: seen.first, end: seen.last, serverName: 'partner.example' }),
    sampleFinding({ ...seen, count: 7 }),
    sampleViolation(seen),
    sampleCoverage({ at: seen.last, workload: 'docker:web' }),
  ])
  await client.acknowledged(1)
  return api
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer as it came
async function open({ ask }: RunningApi, body: object): Promise<any> {
  const { status, json } = await ask('/api/v1/cases', { method: 'POST', body })
  assert.equal(status, 200, JSON.stringify(json))
  return json
}

suite('cases over the API', () => {
  test('come by the clock that ends next, page by page, those that are overdue first', async (t) => {
    const api = await start(t)
    for (const [title, aware] of [
      ['in time', hourMs],
      ['overdue', 80 * hourMs],
      ['not aware yet', null],
      ['nearly due', 70 * hourMs],
    ] as const) {
      await open(api, { title, ...(aware !== null && { times: { aware: ago(aware) } }) })
    }
    const closed = await open(api, { title: 'closed', times: { aware: ago(90 * hourMs) } })
    const body = { state: 'closed', reason: 'a false alarm' }
    await api.ask(`/api/v1/cases/${closed.id}`, { method: 'PATCH', body })

    const pages: string[][] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const { json } = await api.ask(`/api/v1/cases?order=due&limit=2${query}`)
      pages.push(json.items.map(({ title }: { title: string }) => title))
      cursor = json.next
    }
    assert.deepEqual(pages, [['overdue', 'nearly due'], ['in time', 'not aware yet'], ['closed']])
    const overdue = await api.ask('/api/v1/cases?overdue=true')
    assert.deepEqual(
      overdue.json.items.map(({ title }: { title: string }) => title),
      ['overdue'],
    )
    assert.equal((await api.ask('/api/v1/cases?state=closed')).json.items.length, 1)
    assert.equal((await api.ask('/api/v1/cases?cursor=nonsense')).status, 400)
  })

  test('a choice of severity holds until it is taken back', async (t) => {
    const api = await start(t)
    const { id, severity } = await open(api, { title: 'one' })
    const choose = async (choice: object) =>
      (await api.ask(`/api/v1/cases/${id}`, { method: 'PATCH', body: { severity: choice } })).json
    assert.deepEqual([severity.ease.isSuggested, severity.score], [true, 2])
    const chosen = await choose({ ease: 1, malicious: true })
    assert.deepEqual(chosen.severityChoices, { ease: 1, malicious: true })
    assert.deepEqual([chosen.severity.ease.isSuggested, chosen.severity.score], [false, 4])
    const part = chosen.severity.circumstances.parts.find(
      (each: { name: string }) => each.name === 'malicious',
    )
    assert.deepEqual(part, { name: 'malicious', value: 0.5, isSuggested: false })
    const back = await choose({ ease: null, malicious: null })
    assert.deepEqual([back.severityChoices, back.severity], [{}, severity])
  })

  test('a timeline has what was said, done and seen, in order, each with its record', async (t) => {
    const api = await start(t)
    const { id } = await open(api, {
      title: 'one',
      workloads: ['docker:web'],
      times: { began: ago(2 * hourMs) },
      reason: 'the log says so',
    })
    const { json } = await api.ask(`/api/v1/cases/${id}/timeline`)
    const kinds = json.items.map(({ kind }: { kind: string }) => kind)
    assert.deepEqual([kinds[0], kinds.at(-1)], ['time', 'handled'])
    assert.deepEqual(kinds.slice(1, -1).toSorted(), ['finding', 'gap', 'violation'])
    const times = json.items.map(({ at }: { at: string }) => at)
    assert.deepEqual(times, times.toSorted())
    const finding = json.items.find(({ kind }: { kind: string }) => kind === 'finding')
    assert.match(finding.text, /iban \(financial\) in .* to partner\.example: 7 times/)
    const listed = (await api.ask('/api/v1/findings')).json.items[0]
    assert.equal(finding.record, listed.recordId)
    const { entry } = json.items.at(-1)
    const entries = (await api.ask(`/api/v1/evidence/entries?from=${entry}&limit=1`)).json
    assert.equal(entries.items[0].body.case.id, id)
  })

  test('is found on record however much about other cases lies between, and a closed one ends with its last step', async (t) => {
    const api = await start(t)
    const { ledger } = api.controller
    const { id } = await open(api, { title: 'one' })
    const other = { kind: 'case', actor: 'anna', body: { what: 'opened', case: { id: 'another' } } } as const
    await Promise.all(Array.from({ length: 501 }, () => ledger.append({ ...other, at: Date.now() })))
    const body = { state: 'closed', reason: 'a false alarm' }
    await api.ask(`/api/v1/cases/${id}`, { method: 'PATCH', body })
    const closed = ledger.size
    await ledger.append({ ...other, at: Date.now() })
    const { json } = await api.ask(`/api/v1/cases/${id}/timeline`)
    const entries = json.items.flatMap(({ entry }: { entry: number | null }) => entry ?? [])
    assert.deepEqual([entries.length, entries.at(-1)], [2, closed - 1])
    assert.equal((await api.controller.cases.entriesOf(id)).end, closed)
    assert.equal((await api.ask('/api/v1/cases?cursor=WzAsIngiXQ')).status, 400, 'a case that is not there')
  })

  test('begins at suspicious addresses and credentials, and is computed anew where others are named', async (t) => {
    const api = await start(t)
    const times = { began: ago(2 * hourMs) }
    const breach = await open(api, {
      title: 'one',
      times,
      addresses: ['2001:DB8:0::1'],
      credentials: ['user:a'],
    })
    assert.deepEqual([breach.addresses, breach.scope.addresses], [['2001:db8::1'], ['2001:db8::1']])
    assert.deepEqual([breach.scope.credentials, breach.scope.values], [['user:a'], 0])
    const { server } = sampleFlow()
    const body = { addresses: [server.address], credentials: [] }
    const { json } = await api.ask(`/api/v1/cases/${breach.id}`, { method: 'PATCH', body })
    assert.deepEqual(
      [json.scope.values, json.scope.reach.ends.map(({ id, how }: { id: string; how: string }) => [how, id])],
      [
        7,
        [
          ['suspect', server.address],
          ['reached', '10.1.0.2'],
        ],
      ],
    )
    for (const refused of [{ addresses: ['example.com'] }, { credentials: ['hunter2'] }]) {
      const asked = { title: 'one', ...refused }
      assert.equal((await api.ask('/api/v1/cases', { method: 'POST', body: asked })).status, 400)
    }
    const draft = (await api.ask(`/api/v1/cases/${breach.id}/drafts/record?language=de`)).json
    const { text } = draft.items.find(({ part }: { part: string }) => part === 'reach')
    assert.match(text, /^- Verdächtig: 10\.1\.0\.3\n- Erreicht: 10\.1\.0\.2 \(Schritt 1, ab /)
  })

  test('says what was sent, in phases, and why persons are not told', async (t) => {
    const api = await start(t)
    const { id } = await open(api, { title: 'one', times: { aware: ago(3 * hourMs) } })
    const change = async (body: object) =>
      (await api.ask(`/api/v1/cases/${id}`, { method: 'PATCH', body })).json
    const first = await change({
      sent: { duty: 'gdpr-authority', at: ago(2 * hourMs) },
      reason: 'by the portal',
    })
    assert.deepEqual([first.sent.length, first.sent[0].reason], [1, 'by the portal'])
    assert.ok(first.sent[0].missing.includes('measures'), String(first.sent[0].missing))
    assert.equal(first.times.notified[0].at, first.sent[0].at)
    assert.notEqual(first.clocks[0].doneAt, null)
    const second = await change({ sent: { duty: 'gdpr-authority' }, measures: 'Stopped.' })
    assert.deepEqual([second.sent.length, second.times.notified.length], [2, 1])
    assert.equal(second.history.at(-1).what, 'sent gdpr-authority, changed measures')
    const excepted = await change({ exception: 'unintelligible', reason: 'the key is ours' })
    assert.deepEqual(
      [excepted.exception.kind, excepted.exception.reason],
      ['unintelligible', 'the key is ours'],
    )
    assert.equal((await change({ exception: null })).exception, undefined)
    const refused = { sent: { duty: 'gdpr-authority', at: '2026-02-31T00:00:00Z' } }
    assert.equal((await api.ask(`/api/v1/cases/${id}`, { method: 'PATCH', body: refused })).status, 400)
  })

  test('says who looked at a case, once a day, who changed it and who was given what of it', async (t) => {
    const api = await start(t)
    const { id } = await open(api, { title: 'one' })
    await open(api, { title: 'another' })
    const officer = await api.tokenOf([{ role: 'privacy-officer', namespace: null }])
    for (const token of [api.token, officer, officer]) await api.ask(`/api/v1/cases/${id}`, { token })
    await api.ask(`/api/v1/cases/${id}/drafts/authority/file`, { token: officer })
    const { json } = await api.ask(`/api/v1/cases/${id}/access`)
    const seen = json.items.map(
      ({ by, action, target }: Record<string, string>) => `${by} ${action} ${target}`,
    )
    assert.deepEqual(seen, [
      `account-2 (token t) caseDraftFile ${id}/authority`,
      `account-2 (token t) lookAtCase ${id}`,
      `account-1 (token t) lookAtCase ${id}`,
      `account-1 (token t) openCase ${id}`,
    ])
    assert.equal((await api.ask('/api/v1/cases/case-2026-9999/access')).status, 404)
  })

  test('from an attack begins with the first of whoever attacks, whichever of them it is opened from', async (t) => {
    const api = await startApiServer(t)
    const client = await EnforcerClient.join(api.socketPath)
    const times = [2, 1, 30].map((hours) => ago(hours * hourMs))
    const attack = (id: string, first: string, address = '198.51.100.7') =>
      sampleAttack({ id, first, last: first, client: { address, port: 40_000 } })
    client.batch(1, [
      attack('first', times[0]),
      attack('second', times[1]),
      attack('long-ago', times[2]),
      attack('others', ago(3 * hourMs), '198.51.100.70'),
    ])
    await client.acknowledged(1)
    const breach = await open(api, { title: 'one', event: 'second' })
    assert.deepEqual([breach.times.began[0].at, breach.times.detected[0].at], [times[0], times[1]])
  })
})
