import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gatherFacts } from '../../src/controller/reports/gather-facts.ts'
import { StateChecks } from '../../src/controller/reports/state-checks.ts'
import { assess } from '../../src/report/assessment/assess.ts'
import { frameworks } from '../../src/report/frameworks/index.ts'
import { startController } from '../controller/fixture.ts'
import { sampleState } from '../records.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'

const day = 24 * 60 * 60_000

test('what is known of the present only is put on record each day, and tells of that day when it is over', async (t) => {
  const begun = Date.now()
  let now = begun
  const { controller, socketPath } = await startController(t, { now: () => now })
  const client = await EnforcerClient.join(socketPath)
  client.send({ kind: 'workloads', complete: true, workloads: [sampleState()] })
  client.batch(1, [])
  await client.acknowledged(1)
  const complaints: string[] = []
  const checks = new StateChecks(controller, { now: () => now, log: (_level, text) => complaints.push(text) })
  t.after(() => checks.stop())
  await checks.look()
  now += day / 2
  await checks.look()
  now += day / 2
  await Promise.all([checks.look(), checks.look()])
  const entries = await controller.ledger.entries({ from: 0, kind: 'check', limit: 9 })
  assert.deepEqual([entries.length, complaints], [2, []], 'once a day')

  now = begun + 30 * day
  const facts = await gatherFacts(controller, { since: begun - day, until: begun + 2 * day }, now)
  assert.equal(facts.now, null)
  const { controls } = assess(frameworks.pci, facts, now)
  const inventory = controls.find(({ id }) => id === '12.5.1') ?? assert.fail('12.5.1')
  assert.deepEqual(inventory.history, ['not-assessable', 'met', 'met'])
  assert.deepEqual(
    inventory.objectives[0].evidence.map(({ kind, id }) => `${kind} ${id}`),
    [`ledger-entry ${entries[1].header.index}`],
  )
})
