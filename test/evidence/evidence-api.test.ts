import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { suite, test, type TestContext } from 'node:test'
import { fromBufferPromise } from 'yauzl'
import { verifyBundle } from '../../src/evidence/bundle/verify-bundle.ts'
import { leafHash } from '../../src/evidence/merkle/hashing.ts'
import { isConsistent, isIncluded } from '../../src/evidence/merkle/proofs.ts'
import { openNote, parseVerifierLine, rawPublicKey } from '../../src/evidence/signed-note.ts'
import { type RunningApi, startApiServer } from '../controller/api-fixture.ts'

const path = '/api/v1/evidence'
const base64 = (text: string) => Buffer.from(text, 'base64')

/** A ledger with `count` entries beside those that a start makes. */
async function start(t: TestContext, count: number): Promise<RunningApi> {
  const api = await startApiServer(t)
  const { ledger } = api.controller
  for (let i = 0; i < count; i++)
    await ledger.append({ kind: 'coverage', actor: 'test', at: Date.parse('2026-11-01') + i, body: { i } })
  return api
}

/** Names and contents of what is in the bundle of everything. */
async function bundleFiles(api: RunningApi): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(await bundleOf(api), { lazyEntries: true })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return files
}

async function bundleOf({ url, token }: RunningApi): Promise<Buffer> {
  const response = await fetch(`${url}${path}/bundle`, { headers: { authorization: `Bearer ${token}` } })
  return Buffer.from(await response.arrayBuffer())
}

suite('the ledger over the API', () => {
  test('says which head was signed last, and the fingerprint of its key', async (t) => {
    const { ask } = await start(t, 3)
    const note = (await ask(`${path}/checkpoint`)).text
    const { json } = await ask(path)
    assert.equal(json.checkpoint.note, note)
    assert.equal(json.checkpoint.size, json.size)
    const verifier = parseVerifierLine(json.key)
    assert.ok(verifier && openNote(note, [verifier]) !== undefined)
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), rawPublicKey(verifier.key)])
    assert.equal(json.fingerprint, hash('sha256', der))
  })

  test('comes newest or oldest first, of a kind or a time, page by page, each once', async (t) => {
    const { ask, controller } = await start(t, 9)
    const all = Array.from({ length: controller.ledger.size }, (_, i) => i)
    const read = async (query: string, next: 'from' | 'to') => {
      const indices: number[] = []
      for (let at: number | null = -1; at !== null;) {
        const from: string = at < 0 ? '' : `&${next}=${at}`
        const { json, status } = await ask(`${path}/entries?limit=4&${query}${from}`)
        assert.equal(status, 200)
        indices.push(...json.items.map(({ index }: { index: number }) => index))
        at = json.next
      }
      return indices
    }
    assert.deepEqual(await read('', 'from'), all)
    assert.deepEqual(await read('order=newest', 'to'), all.toReversed())
    const coverage = (await read('kind=coverage', 'from')).toReversed()
    assert.ok(coverage.length >= 9)
    assert.deepEqual(await read('kind=coverage&order=newest', 'to'), coverage)
    const until = '2026-11-01T00:00:00.004Z'
    assert.ok((await read(`until=${until}`, 'from')).length < all.length)
  })

  test('gives heads newest first, between any two of which it can be proved to have only grown', async (t) => {
    const { ask, controller } = await start(t, 2)
    await ask(`${path}/checkpoint`)
    await controller.ledger.append({ kind: 'coverage', actor: 'test', at: Date.now(), body: {} })
    await ask(`${path}/checkpoint`)
    const { items } = (await ask(`${path}/checkpoints`)).json
    const [second, first] = items
    assert.ok(second.size > first.size)
    const query = `first=${first.size}&second=${second.size}`
    const { proof } = (await ask(`${path}/proofs/consistency?${query}`)).json
    const head = ({ size, root }: { size: number; root: string }) => ({ size, root: base64(root) })
    assert.ok(isConsistent(head(first), head(second), proof.map(base64)))
    const older = (await ask(`${path}/checkpoints?to=${second.size - 1}&limit=1`)).json
    assert.equal(older.items[0].size, first.size)

    const entry = (await ask(`${path}/entries?from=1&limit=1`)).json.items[0]
    const asked = await ask(`${path}/proofs/inclusion?index=1&size=${second.size}`)
    const place = { index: 1, size: second.size }
    const leaf = leafHash(Buffer.from(entry.header))
    assert.ok(isIncluded(leaf, place, asked.json.proof.map(base64), head(second).root))
  })

  test('a bundle has the versions of the policy that were in force, and no others', async (t) => {
    const api = await start(t, 1)
    const { policy, ledger } = api.controller
    const { history } = policy
    for (const reason of ['first', 'second'])
      await history.add({ author: 'anna', reason, action: 'settings', content: policy.content })
    await ledger.append({ kind: 'coverage', actor: 'test', at: Date.now() + 1, body: {} })
    const names = async (query: string) => {
      const { text } = await api.ask(`${path}/bundle?${query}`)
      return [...new Set(text.match(/policy\/version-\d{4}\.yaml/g))].toSorted()
    }
    const both = ['policy/version-0001.yaml', 'policy/version-0002.yaml']
    assert.deepEqual(await names(''), both)
    assert.deepEqual(await names('until=2026-11-02T00:00:00Z'), [], 'there was none yet')
  })

  test('a bundle has the state of the controls then, and the packets that were recorded, encrypted', async (t) => {
    const api = await startApiServer(t, { captures: 'payload' })
    const { captures, ledger } = api.controller
    const now = Date.now()
    for (const [file, since] of [
      ['run-0-c1', now],
      ['run-0-c2', now + 86_400_000],
    ] as const) {
      const about = { workload: 'docker:web', since: new Date(since).toISOString(), headersOnly: false }
      const data = Buffer.from('packets with a name in them').toString('base64')
      captures?.take('node', { file, part: 0, isLast: true, data, about, packets: 3, dropped: 0 })
    }
    await ledger.append({ kind: 'coverage', actor: 'test', at: now + 1_000, body: {} })
    const files = await bundleFiles(api)
    const [sealed, list] = ['run-0-c1.sealed', 'captures.ndjson'].map((name) => files.get(`captures/${name}`))
    assert.ok(sealed !== undefined && sealed.length > 0 && !sealed.includes('packets with'))
    assert.ok(!files.has('captures/run-0-c2.sealed'), 'it was recorded later')
    const said = JSON.parse(String(list)) as { file: string; packets: number; sha256: string }
    assert.deepEqual([said.file, said.packets, said.sha256], ['run-0-c1', 3, hash('sha256', sealed)])
    const gdpr = JSON.parse(String(files.get('controls/gdpr.json'))) as { controls: { state: string }[] }
    assert.ok(gdpr.controls.length > 10 && gdpr.controls.every(({ state }) => state !== ''))
    const page = String(files.get('index.html'))
    assert.match(page, /captures\/run-0-c1\.sealed/)
    assert.match(page, /<summary>Pavise started<\/summary>/)
  })

  test('contents of days that are erased are gone, here and in bundles, and all that is left still fits', async (t) => {
    const api = await start(t, 3)
    const erase = (body: object) =>
      api.ask(`${path}/erasure`, { method: 'POST', body: { reason: 'closed', ...body } })
    const today = new Date().toISOString().slice(0, 10)
    assert.equal((await erase({ before: '2999-01-01' })).status, 400, 'its key is in use')
    assert.equal((await erase({ from: today, before: today })).status, 400)
    assert.deepEqual((await erase({ from: '2026-11-02', before: today })).json.days, [])
    const { status, json } = await erase({ before: '2026-11-02' })
    assert.deepEqual([status, json.days], [200, ['2026-11-01']])
    const { items } = (await api.ask(`${path}/entries?kind=coverage`)).json
    const old = items.filter((each: { actor: string }) => each.actor === 'test')
    assert.deepEqual(
      [old.length, new Set(old.map(({ body }: { body: unknown }) => body))],
      [3, new Set([null])],
    )
    const erasure = (await api.ask(`${path}/entries?kind=erasure`)).json.items
    assert.deepEqual(
      [erasure[0].actor, erasure[0].body],
      ['account-1 (token t)', { days: ['2026-11-01'], reason: 'closed' }],
    )
    const file = join(api.folder, 'bundle.zip')
    writeFileSync(file, await bundleOf(api))
    const { problems, erased, entries } = await verifyBundle(file, { key: api.controller.ledger.signer })
    assert.deepEqual([problems, erased, entries > 3], [[], 3, true])
    const officer = await api.tokenOf([{ role: 'privacy-officer', namespace: null }])
    const refused = await api.ask(`${path}/erasure`, {
      method: 'POST',
      body: { reason: 'x', before: today },
      token: officer,
    })
    assert.equal(refused.status, 403)
  })

  test('is handed out as a bundle of a case, to the role that may', async (t) => {
    const api = await start(t, 2)
    const body = { title: 'one', times: { began: '2026-10-31T00:00:00Z' } }
    const { id } = (await api.ask('/api/v1/cases', { method: 'POST', body })).json
    const officer = await api.tokenOf([{ role: 'privacy-officer', namespace: null }])
    const given = await api.ask(`${path}/bundle?case=${id}`, { token: officer })
    assert.equal(given.status, 200)
    assert.match(given.headers['content-disposition'] ?? '', new RegExp(`evidence-${id}\\.zip`))
    const last = (await api.ask(`${path}/entries?order=newest&limit=1`)).json.items[0]
    assert.deepEqual([last.kind, last.actor, last.body.case], ['export', 'account-2 (token t)', id])
    assert.equal((await api.ask(`${path}/bundle?case=case-2026-9999`)).status, 404)
    assert.equal((await api.ask(`${path}/bundle?case=${id}&since=2026-11-01T00:00:00Z`)).status, 400)
    const reader = await api.tokenOf([{ role: 'reader', namespace: null }])
    assert.equal((await api.ask(`${path}/bundle?case=${id}`, { token: reader })).status, 403)
  })
})
