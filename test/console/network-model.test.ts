import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  askedText,
  emptyRule,
  fieldsOf,
  fieldsOfRule,
  newRulePath,
  originText,
  ruleOf,
} from '../../console/src/screens/network/rules/rule-model.ts'
import { linesOf, placesOf, stateText } from '../../console/src/screens/network/map/network-model.ts'
import { carriedBy } from '../../console/src/screens/workload/carried-model.ts'
import { type Entry, findEntries } from '../../console/src/ui/palette/palette-model.ts'
import { ruleForViolation } from '../../console/src/screens/events/violation-model.ts'
import type {
  DataFlow,
  MapLine,
  MapPlace,
  NetworkMap,
  PolicyRule,
  Violation,
} from '../../src/api/contract/types.ts'

suite('a rule in a form', () => {
  const base = { ...emptyRule, from: 'nv.a.x', to: 'nv.b.x' }
  const said = { from: 'nv.a.x', to: 'nv.b.x', action: 'allow', applications: [], ports: '', priority: 0 }
  const rows: [fields: Partial<typeof emptyRule>, expected: object][] = [
    [{}, said],
    [
      { from: ' nv.a.x ', applications: 'HTTP , SSL,, any', ports: ' tcp/80 ' },
      { ...said, applications: ['HTTP', 'SSL'], ports: 'tcp/80' },
    ],
    [{ priority: '250' }, { ...said, priority: 100 }],
    [{ priority: 'high' }, { ...said, priority: 0 }],
    [{ tls: 'any' }, { ...said, requirements: { encryption: {} } }],
    [{ tls: 'TLSv1.3' }, { ...said, requirements: { encryption: { minimumTlsVersion: 'TLSv1.3' } } }],
    [
      { data: 'allowed', categories: '' },
      { ...said, requirements: { personalData: { allowed: [] } } },
    ],
    [
      { data: 'forbidden', categories: 'health, special' },
      { ...said, requirements: { personalData: { forbidden: ['health', 'special'] } } },
    ],
    [
      { action: 'deny', tls: 'any', data: 'allowed' },
      { ...said, action: 'deny' },
    ],
  ]

  test('is what the API takes', () => {
    for (const [fields, expected] of rows) assert.deepEqual(ruleOf({ ...base, ...fields }), expected)
  })

  test('and what the API gives is the same in the form', () => {
    for (const [fields] of rows) {
      const rule = ruleOf({ ...base, ...fields })
      const shown = { id: 'user/1.1', order: 1, tier: 'user', ...rule } as PolicyRule
      assert.deepEqual(ruleOf(fieldsOfRule(shown)), rule)
    }
  })

  test('is read from the address, in which anything may stand', () => {
    const path = newRulePath({ from: 'nv.a.x', to: 'nv.b.x', applications: ['HTTP', 'unknown'] })
    const state = Object.fromEntries(new URLSearchParams(path.split('?')[1]))
    assert.deepEqual(ruleOf(fieldsOf(state)), { ...said, applications: ['HTTP'] })
    const wrong = fieldsOf({ action: 'drop', tls: 'SSLv3', data: 'constructor' })
    assert.deepEqual([wrong.action, wrong.tls, wrong.data], ['allow', '', ''])
  })

  test('says what it asks for, and whose it is', () => {
    const rule = { ...said, requirements: { encryption: {}, personalData: { forbidden: ['health'] } } }
    assert.equal(askedText(rule as unknown as PolicyRule), 'encrypted; not health')
    assert.equal(originText({ tier: 'yaml', source: 'a.yaml:1' }), 'yaml: a.yaml:1')
    assert.equal(originText({ tier: 'user', source: 'version 3 by a trial' }), 'the rule that is tried')
  })
})

test('lines of a map are in the order of concern, and places say what there is to look at', () => {
  const line = (from: string, change: Partial<MapLine>): MapLine => ({
    ...{ from, to: 'z', transport: 'clear', applications: ['HTTP'], flows: 1, bytes: 1 },
    ...{ last: '2026-11-21T12:00:00.000Z', carried: [], dataFlows: [], parts: [], ...change },
  })
  const edges = [
    line('many', { flows: 99 }),
    line('encrypted', { transport: 'encrypted', carried: [{ category: 'health', count: 9 }] }),
    line('contact', { carried: [{ category: 'contact', count: 9 }] }),
    line('health', { carried: [{ category: 'health', count: 1 }] }),
  ]
  const lines = linesOf({ nodes: [], edges })
  assert.deepEqual(
    lines.map(({ from }) => from),
    ['health', 'contact', 'encrypted', 'many'],
  )
  assert.equal(lines[0].description, 'health to z, HTTP, clear text: health')
  const workload = { id: 'workload a', kind: 'workload', name: 'a', namespace: 'clinic', stands: 1 }
  const counts = { workloads: 1, notSeen: 1, quarantined: 0, modes: ['Monitor'] }
  const [node] = placesOf({ nodes: [{ ...workload, ...counts } as MapPlace], edges: [] }, () => undefined)
  assert.deepEqual([node.place, node.detail], ['clinic', 'clinic, Monitor; ▲ not seen'])
  const place = { workloads: 2, notSeen: 1, quarantined: 1, modes: ['Protect', 'Discover'] }
  assert.equal(
    stateText(place as NetworkMap['nodes'][number]),
    '2 workloads, Discover and Protect; ▲ 1 not seen; ■ 1 cut off',
  )
})

test('what a workload sends and gets is added up by kind and direction, the most delicate first', () => {
  const party = (id: string) => ({ kind: 'workload', id, name: id, namespace: 'x' })
  const carried = { identifier: 'iban', category: 'financial', count: 2, last: '2026-11-21T12:00:00.000Z' }
  const flow = (client: string, server: string, encrypted: boolean, direction: string, more = {}) =>
    ({
      client: party(client),
      server: party(server),
      encrypted,
      carried: [{ ...carried, direction, ...more }],
    }) as DataFlow
  const rows = carriedBy(
    [
      flow('a', 'b', false, 'to-server'),
      flow('a', 'c', true, 'to-server'),
      flow('a', 'b', false, 'to-client'),
      flow('a', 'a', false, 'to-server'),
      flow('d', 'a', false, 'to-server', { identifier: 'diagnosis', category: 'health' }),
    ],
    'a',
  )
  assert.deepEqual(
    rows.map(({ identifier, direction, values, clear }) => [identifier, direction, values, clear]),
    [
      ['diagnosis', 'received', 2, 2],
      ['iban', 'sent', 4, 2],
      ['iban', 'received', 2, 2],
      ['iban', 'within itself', 2, 0],
    ],
  )
})

test('a rule for a connection that was not allowed names its services, and its port where it says nothing of itself', () => {
  const end = (port: number, groups: string[]) => ({ address: '10.0.0.1', port, groups })
  const violation = {
    ...{ client: end(40_000, ['containers', 'nv.web.x']), server: end(23, ['external']), transport: 'tcp' },
  }
  const ruleOfApplication = (application: string) =>
    ruleForViolation({ ...violation, application } as Violation)
  const ends = { from: 'nv.web.x', to: 'external' }
  assert.deepEqual(ruleOfApplication('HTTP'), { ...ends, applications: ['HTTP'], ports: '' })
  assert.deepEqual(ruleOfApplication('unknown'), { ...ends, applications: [], ports: 'tcp/23' })
})

test('what is typed is found by words, in any order, what begins with them first', () => {
  const entries = ['clinic-api', 'Overview', 'nv.clinic-api.default', 'api gateway'].map(
    (name, i): Entry => ({ name, kind: i === 2 ? 'group' : 'workload', run: () => undefined }),
  )
  const found = (typed: string) => findEntries(entries, typed).map(({ name }) => name)
  assert.deepEqual(found('api'), ['api gateway', 'clinic-api', 'nv.clinic-api.default'])
  assert.deepEqual(found('GROUP api'), ['nv.clinic-api.default'])
  assert.deepEqual(found('default clinic'), ['nv.clinic-api.default'])
  assert.deepEqual(found('lini').length, 2)
  assert.deepEqual(found('nothing'), [])
  assert.equal(found('').length, 4)
})
