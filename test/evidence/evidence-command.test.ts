import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LocalApi } from '../../src/cli/local-api.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { pavise, startUp } from '../support/pavise-command.ts'

const dataFlows = '/api/v1/data-flows'

interface Status {
  size: number
  key: string
}

test('what happened is handed out, and checked elsewhere with the public key alone', async (t) => {
  const folder = temporaryFolder(t)
  const state = join(folder, 'state')
  const bundle = join(folder, 'bundle.zip')
  const first = await startUp(t, state, dataFlows)
  const before = await new LocalApi(state).get<Status>('/api/v1/evidence')
  const rotated = await pavise('evidence', 'rotate-key', '--reason', 'tried', '--state-dir', state)
  assert.equal(rotated.code, 0, rotated.errors)
  first.kill('SIGTERM')
  await once(first, 'close')
  const keys = join(state, 'evidence-bodies.keys')
  const day = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10)
  const next = new Date(Date.now() - 9 * 86_400_000).toISOString().slice(0, 10)
  appendFileSync(keys, `${day} ${'07'.repeat(32)}\n`)
  const second = await startUp(t, state, dataFlows)
  const erase = ['evidence', 'erase', '--state-dir', state, '--until', next, '--reason', 'tried']
  assert.match((await pavise(...erase)).errors, /--yes/)
  const erased = await pavise(...erase, '--yes')
  assert.match(erased.output, new RegExp(`contents of all entries of 1 day, ${day} to ${day}`), erased.errors)
  assert.ok(!readFileSync(keys, 'utf8').includes(day))

  const exported = await pavise('evidence', 'export', '--state-dir', state, '-o', bundle)
  assert.equal(exported.code, 0, exported.errors)
  const status = await new LocalApi(state).get<Status>('/api/v1/evidence')
  assert.notEqual(status.key, before.key)
  assert.ok(status.size > before.size)

  const checked = await pavise('evidence', 'verify', bundle, '--key', before.key, '--json')
  const report = JSON.parse(checked.output) as {
    fits: boolean
    keyKnown: boolean
    entries: number
    heads: number
  }
  assert.deepEqual([checked.code, report.fits, report.keyKnown], [0, true, true])
  assert.ok(report.heads > 0, 'a head that was signed when Pavise stopped')

  const entries = await new LocalApi(state).get<{ items: { kind: string; body: unknown }[] }>(
    '/api/v1/evidence/entries',
  )
  const kinds = new Set(entries.items.map(({ kind }) => kind))
  for (const kind of ['run', 'findings', 'key', 'audit', 'export', 'erasure'])
    assert.ok(kinds.has(kind), kind)
  const audit = entries.items.find(({ kind }) => kind === 'audit')
  assert.match(JSON.stringify(audit), /"reason":"tried","action":"rotateEvidenceKey"/)
  const findings = entries.items.find(({ kind }) => kind === 'findings')
  assert.match(JSON.stringify(findings), /"identifier":"iban"/)

  const bytes = readFileSync(bundle)
  bytes[Math.floor(bytes.length / 2)] ^= 4
  writeFileSync(join(folder, 'changed.zip'), bytes)
  const changed = await pavise('evidence', 'verify', join(folder, 'changed.zip'), '--key', status.key)
  assert.equal(changed.code, 1)
  assert.match(changed.output, /does not fit/)

  const again = await pavise('evidence', 'export', '--state-dir', state, '-o', bundle)
  assert.equal(again.code, 2, 'a file that is there is not written over')
  assert.match(again.errors, /Name another file/)
  second.kill('SIGKILL')
})

test('killed at any time, the ledger goes on whole', async (t) => {
  const folder = temporaryFolder(t)
  const state = join(folder, 'state')
  let size = 0
  for (let round = 0; round < 2; round++) {
    const up = await startUp(t, state, dataFlows)
    const status = await new LocalApi(state).get<Status>('/api/v1/evidence')
    assert.ok(status.size > size)
    size = status.size
    up.kill('SIGKILL')
    await once(up, 'close')
  }
  const last = await startUp(t, state, dataFlows)
  const bundle = join(folder, 'bundle.zip')
  assert.equal((await pavise('evidence', 'export', '--state-dir', state, '-o', bundle)).code, 0)
  const { code, output } = await pavise('evidence', 'verify', bundle)
  assert.equal(code, 0, output)
  assert.match(output, /Not given with --key/)
  last.kill('SIGKILL')
})

test('what cannot be is told with what to do', async (t) => {
  const folder = temporaryFolder(t)
  const cases: [parameters: string[], code: number, message: RegExp][] = [
    [['verify', join(folder, 'none.zip')], 3, /none\.zip.*\n.*evidence export/],
    [['verify', join(folder, 'none.zip'), '--key', 'secret'], 2, /no public key.*\n.*evidence status/],
    [['export', '-o', join(folder, 'b.zip'), '--since', 'yesterday'], 2, /no time.*\n.*2026-11-01/],
    [['export', '-o', join(folder, 'b.zip'), '--state-dir', folder], 4, /No Pavise answers.*\n.*pavise up/],
  ]
  for (const [parameters, code, message] of cases) {
    const ended = await pavise('evidence', ...parameters)
    assert.equal(ended.code, code, parameters.join(' '))
    assert.match(ended.errors, message)
  }
})
