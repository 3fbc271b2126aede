import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { computeScope } from '../../src/controller/cases/scope/case-scope.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { at, sampleAttack, sampleCoverage, sampleFinding, sampleFlow, sampleViolation } from '../records.ts'
import { sketchOfPersons } from '../support/subject-sketches.ts'
import { temporaryFolder } from './fixture.ts'

const partner = { address: '192.0.2.7', port: 80 }
const api = { address: '10.1.0.3', port: 80 }

/** A flow of the web workload that carries the data of persons to a server, and its finding. */
function sent(
  id: string,
  to: typeof partner,
  persons: readonly number[],
  category: 'financial' | 'health' = 'financial',
) {
  const dataSubjects = {
    toServer: persons.length,
    toClient: 0,
    sketches: { toServer: sketchOfPersons(persons) },
  }
  return [
    sampleFlow({ id, server: to, dataSubjects }),
    sampleFinding({
      flow: id,
      category,
      identifier: category === 'health' ? 'diagnosis' : 'iban',
      count: persons.length,
    }),
  ]
}

async function storeOf(
  t: Parameters<typeof temporaryFolder>[0],
  records: ObservedRecord[],
): Promise<SqliteStore> {
  const store = await SqliteStore.open(join(temporaryFolder(t), 'store.db'))
  t.after(() => store.close())
  await store.append({ enforcer: 'n', run: 'r', sequence: 1, records })
  return store
}

const request = {
  suspects: { workloads: ['docker:web'], addresses: [] as string[], credentials: [] },
  window: { since: Date.parse(at(0)) - 60_000, until: Date.parse(at(0)) + 600_000 },
  ...{ uses: [], met: [] },
  names: new Map([[api.address, 'api']]),
  countryOf: (address: string) => (address === partner.address ? 'US' : null),
  stood: {
    policies: [{ version: 3 }],
    modes: [{ group: 'web', mode: 'Monitor' }],
    ...{ detectorsOff: [], sights: [] },
  },
}

test('a scope says whose data went where, each person once', async (t) => {
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
  const store = await storeOf(t, [
    ...sent('a', partner, range(0, 300)),
    ...sent('b', partner, range(200, 450), 'health'),
    ...sent('c', api, range(0, 50)),
    // What comes back from the server is not lost by the client.
    sampleFlow({ id: 'd' }),
    sampleFinding({ flow: 'd', direction: 'to-client', count: 1_000 }),
    sampleCoverage({ workload: 'docker:web', reason: 'ring-full' }),
    sampleViolation({ workload: 'docker:web' }),
    sampleAttack({ workload: 'docker:web', class: 'sql-injection', count: 2 }),
  ])
  const scope = await computeScope(store, request)
  assert.equal(scope.persons, 450)
  assert.equal(scope.values, 600)
  assert.deepEqual(
    scope.recipients.map(({ name, isExternal, country, isEncrypted, flows, persons, categories }) => [
      ...[name, isExternal, country, isEncrypted, flows, persons],
      categories.toSorted(),
    ]),
    [
      ['192.0.2.7', true, 'US', false, 2, 450, ['financial', 'health']],
      ['api', false, null, false, 1, 50, ['financial']],
    ],
  )
  assert.deepEqual(
    scope.categories.map(({ category, identifiers, values }) => [category, identifiers, values]),
    [
      ['financial', ['iban'], 350],
      ['health', ['diagnosis'], 250],
    ],
  )
  assert.deepEqual(
    scope.gaps.map(({ reason, count }) => [reason, count]),
    [['ring-full', 1]],
  )
  assert.equal(scope.violations.length, 1)
  assert.deepEqual(
    scope.controls?.map(({ control, state, subject, count }) => `${control} ${state} ${subject} ${count}`),
    [
      'policy held 3 0',
      'mode off web: Monitor 0',
      'sight failed ring-full 1',
      'attacks failed sql-injection 2',
      'rules failed no-rule 1',
      'encryption failed 192.0.2.7 2',
    ],
  )
  assert.equal(scope.isCut, false)
})

test('what lies outside of its time or its workloads is not in it', async (t) => {
  const store = await storeOf(t, sent('a', partner, [1, 2, 3]))
  const empty = [
    { ...request, suspects: { ...request.suspects, workloads: ['docker:other'] } },
    { ...request, window: { since: Date.parse(at(5_000)), until: Date.parse(at(9_000)) } },
  ]
  for (const asked of empty) {
    const { persons, recipients, values } = await computeScope(store, asked)
    assert.deepEqual([persons, recipients, values], [0, [], 0])
  }
  const everybody = { ...request, suspects: { ...request.suspects, workloads: [] } }
  assert.equal((await computeScope(store, everybody)).persons, 3)
})
