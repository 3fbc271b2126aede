import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExceptionSuggestions } from './suggestions.ts'

type Told = Parameters<ExceptionSuggestions['add']>[0]

const told = (client: string, change: Partial<Told> = {}): Told => ({
  ...{ class: 'sql-injection', count: 2, place: 'query', field: 'q', masked: '*** union select ***' },
  ...{ first: '2026-11-20T10:00:00.000Z', last: '2026-11-21T10:00:00.000Z' },
  client: { address: client, port: 40_000 },
  request: { method: 'GET', path: '/search' },
  reasons: [{ class: 'sql-injection', rule: 'sql.union', weight: 5, what: 'a union' }],
  ...change,
})

function suggested(records: readonly Told[], group = 'nv.shop.default') {
  const suggestions = new ExceptionSuggestions()
  for (const record of records) suggestions.add(record, group)
  return suggestions.list()
}

const three = ['192.0.2.1', '192.0.2.2', '192.0.2.3']

test('what several clients send to the same place is suggested as an exception, with all that it would silence', () => {
  const talk = { class: 'sql-injection', rule: 'sql.talk', weight: 5, what: 'talk' }
  const records = [...three.map((client) => told(client)), told(three[0], { reasons: [talk], masked: 'x' })]
  assert.deepEqual(suggested(records), [
    {
      exception: {
        ...{ name: 'shop-default-search-query-q', rules: ['sql.talk', 'sql.union'] },
        ...{ place: 'query', path: '/search', parameter: 'q', groups: ['nv.shop.default'] },
      },
      ...{ classes: ['sql-injection'], requests: 8, clients: 3 },
      ...{ first: '2026-11-20T10:00:00.000Z', last: '2026-11-21T10:00:00.000Z' },
      samples: ['*** union select ***', 'x'],
    },
  ])
})

const exploit = { class: 'known-exploit', rule: 'exploit.x', weight: 5, what: 'x' }
const none: [behaviour: string, records: Told[]][] = [
  ['two clients may be two attackers', three.slice(1).map((client) => told(client, { count: 100 }))],
  ['a handful is chance', three.map((client) => told(client, { count: 1 }))],
  ['nobody exploits by mistake', three.map((client) => told(client, { reasons: [exploit] }))],
  [
    'who is told of at many places tries what there is',
    three.flatMap((client) => ['q', 'id', 'page', 'sort'].map((field) => told(client, { field }))),
  ],
]
for (const [behaviour, records] of none)
  test(`nothing is suggested: ${behaviour}`, () => assert.deepEqual(suggested(records), []))

test('a cookie is excepted on all paths, for it is sent with each', () => {
  const cookies = three.map((client, i) =>
    told(client, { place: 'cookie', field: 'prefs', request: { method: 'GET', path: `/page${i}` } }),
  )
  assert.deepEqual(
    suggested(cookies).map(({ exception }) => [exception.path, exception.parameter]),
    [[undefined, 'prefs']],
  )
})
