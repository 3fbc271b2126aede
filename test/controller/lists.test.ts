import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { TSchema } from 'typebox'
import type { Operation } from '../../src/api/contract/operation.ts'
import { operations } from '../../src/api/contract/operations.ts'
import { type RunningApi, startApiServer } from './api-fixture.ts'

/* Every list of the contract, whatever it is of. */

const properties = ({ response }: Operation) =>
  'properties' in response ? (response.properties as Record<string, TSchema>) : {}

/** What has items is a list, but for parts of one case: its paragraphs, and what happened in its time. */
const lists = Object.values<Operation>(operations).filter(
  (operation) =>
    operation.method === 'GET' && 'items' in properties(operation) && !operation.path.includes('/:id'),
)

/** Of the ledger entries are numbered, and one goes on by their number. */
const numbered = new Set(['evidenceEntries', 'evidenceCheckpoints'])

async function ask(api: RunningApi, path: string) {
  for (;;) {
    const answer = await api.ask(path)
    if (answer.status !== 429) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

suite('every list', () => {
  test('is paged by the same parameters, with what comes next', () => {
    assert.ok(lists.length > 20)
    for (const operation of lists) {
      const { id, query } = operation
      const asked = Object.keys(query.properties)
      assert.ok('next' in properties(operation), `${id} says where the next page is`)
      assert.ok(asked.includes('limit') && asked.includes('format'), `${id}: ${asked.join()}`)
      assert.ok(asked.includes(numbered.has(id) ? 'to' : 'cursor'), id)
    }
  })

  test('comes whole as NDJSON and CSV, as many as its pages have, one to a page too', async (t) => {
    const api = await startApiServer(t)
    await api.tokenOf([{ role: 'reader', namespace: null }])
    for (const { id, path } of lists) {
      const { json, status, text } = await ask(api, path)
      assert.equal(status, 200, `${id} ${text}`)
      const whole = await ask(api, `${path}?format=ndjson`)
      assert.match(whole.headers['content-type'] ?? '', /^application\/x-ndjson/, id)
      const lines = whole.text.split('\n').filter((line) => line !== '')
      const table = await ask(api, `${path}?format=csv`)
      assert.match(table.headers['content-type'] ?? '', /^text\/csv/, id)
      if (json.next === null) assert.equal(lines.length, json.items.length, id)
      const one = (await ask(api, `${path}?limit=1`)).json
      assert.equal(one.items.length, Math.min(1, lines.length), id)
      // A full page of what is numbered may be the last.
      if (!numbered.has(id) || lines.length > 1) assert.equal(one.next !== null, lines.length > 1, id)
      if (json.items.length > 0) assert.notEqual(table.text.indexOf('\r\n'), -1, id)
    }
  })

  test('refuses a place that no page gave, and goes on from those that one did', async (t) => {
    const api = await startApiServer(t)
    for (const name of ['b', 'c']) await api.store.accounts.add({ id: name, name, grants: [], createdAt: 0 })
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
      const { json } = await ask(api, `/api/v1/accounts?limit=1${cursor}`)
      assert.equal('total' in json, next === '')
      seen.push(...json.items.map(({ name }: { name: string }) => name))
      next = json.next
    }
    assert.deepEqual(seen, ['account-1', 'b', 'c'])
    for (const { id, path } of lists.filter((each) => !numbered.has(each.id))) {
      const { status, headers } = await ask(api, `${path}?cursor=nonsense`)
      assert.equal(status, 400, id)
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, id)
    }
  })
})
