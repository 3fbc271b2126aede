import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AttackExceptionList } from '../../src/api/contract/attack-operations.ts'
import { sampleAttack, sampleState } from '../records.ts'
import { pavise } from '../support/pavise-command.ts'
import { startApiServer } from './api-fixture.ts'
import { EnforcerClient } from './enforcer-client.ts'

test('what is likely no attack is suggested as an exception, which the command line writes and the policy takes in', async (t) => {
  const api = await startApiServer(t)
  const enforcer = await EnforcerClient.join(api.socketPath)
  enforcer.send({ kind: 'workloads', workloads: [sampleState({ id: 'docker:web' })], complete: true })
  const clients = ['192.0.2.1', '192.0.2.2', '192.0.2.3']
  const last = new Date().toISOString()
  const seen = clients.map((address, i) =>
    sampleAttack({ id: `attack-${i}`, client: { address, port: 40_000 }, count: 3, last }),
  )
  enforcer.batch(1, [...seen, sampleAttack({ id: 'attack-9', field: 'id', last })])
  await enforcer.acknowledged(1)
  const path = '/api/v1/attacks/exceptions'
  const list = async () => (await api.ask(path)).json as AttackExceptionList
  const found = await list()
  assert.deepEqual([found.records, found.incomplete, found.exceptions], [4, false, []])
  const [{ exception, requests, clients: senders }] = found.suggestions
  assert.deepEqual(
    [exception.rules, exception.path, exception.parameter],
    [['sql.tautology'], '/items/*', 'sort'],
  )
  assert.deepEqual([found.suggestions.length, requests, senders], [1, 9, 3])
  const elsewhere = await api.tokenOf([{ role: 'reader', namespace: 'elsewhere' }])
  assert.deepEqual((await api.ask(path, { token: elsewhere })).json.suggestions, [])

  // Where the command line looks for it.
  mkdirSync(join(api.folder, 'run'))
  symlinkSync('../api.sock', join(api.folder, 'run', 'api.sock'))
  const suggest = (...more: string[]) => pavise('attacks', 'suggest', '--state-dir', api.folder, ...more)
  const [shown, written] = await Promise.all([suggest(), suggest('--yaml', '--owner', 'shop team')])
  assert.equal(shown.errors, '')
  assert.match(shown.output, /\/items\/\* query sort +sql\.tautology +9 +3/)
  const files = [{ name: 'exceptions.yaml', text: written.output }]
  const applied = await api.ask('/api/v1/policy/changes', { method: 'POST', body: { files } })
  assert.equal(applied.status, 200, applied.text)
  const after = await list()
  assert.deepEqual(after.suggestions, [], 'nothing that is excepted is suggested')
  assert.deepEqual(
    after.exceptions.map(({ owner, isOver, groups }) => [owner, isOver, groups]),
    [['shop team', false, exception.groups]],
  )
})
